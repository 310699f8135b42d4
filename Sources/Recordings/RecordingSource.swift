import Shell
import Glibc
import SystemPackage

/// Where a recording is read from, piece by piece: a file, a pipe, a device, standard input. Always
/// by reading, so that a file may grow, shrink or go meanwhile.
public struct RecordingSource: ~Copyable {
  /// What a person calls it.
  public let name: String
  /// How many bytes there are; nil where that shows only at the end.
  public let size: Int?
  /// The last piece, in the first bytes; `next` says in how many.
  public private(set) var bytes = [UInt8](repeating: 0, count: pieceSize)
  private let descriptor: Int32

  private static let pieceSize = 256 << 10

  /// - Parameter path: a file's path, or `-` for standard input.
  /// - Throws: `Failure` for what cannot be read.
  public init(_ path: String) throws {
    let isInput = path == "-"
    let name = isInput ? "standard input" : path
    // A pipe that nobody writes to yet must not hold the opening up; `next` waits instead.
    descriptor = isInput ? dup(0) : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    self.name = name
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      size = nil
      throw Failure("\(name) cannot be read: \(Errno(rawValue: errno))")
    }
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    if status.st_mode & S_IFMT == S_IFDIR { throw Failure("\(name) is a folder, no recording") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits for the next piece, which then begins `bytes`.
  /// - Parameter wake: a descriptor that ends the wait when it becomes readable.
  /// - Returns: the length of the piece, 0 at the end; nil where the wait was ended.
  /// - Throws: `Failure` where nothing more can be read.
  public mutating func next(orUntil wake: Int32 = -1) throws -> Int? {
    while true {
      var polled = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&polled, 2, -1)
      if polled[1].revents != 0 { return nil }
      guard polled[0].revents != 0 else { continue }
      let count = read(descriptor, &bytes, bytes.count)
      if count >= 0 { return count }
      guard errno == EINTR || errno == EAGAIN else {
        throw Failure("\(name) cannot be read: \(Errno(rawValue: errno))")
      }
    }
  }
}
