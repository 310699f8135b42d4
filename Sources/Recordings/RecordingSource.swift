import Glibc
import Shell
import SystemPackage

/// Reads a recording piece by piece from a file, a pipe, a device or standard input. It never maps a
/// file, so the file may grow, shrink or be deleted meanwhile.
public struct RecordingSource: ~Copyable {
  /// Its name in messages.
  public let name: String
  /// The size in bytes, or nil if it is not a file.
  public let size: Int?
  /// The last piece is at the start of this buffer. `next` returns its length.
  public private(set) var bytes = [UInt8](repeating: 0, count: pieceSize)
  private let descriptor: Int32
  /// Takes a message if the first piece is slow to come. Called once.
  private var onWait: ((String) -> Void)?

  private static let pieceSize = 256 << 10
  /// The wait for the first piece until `onWait` is called, in milliseconds.
  private static let patience: Int32 = 500

  /// - Parameters:
  ///   - path: a file's path, or `-` for standard input.
  ///   - onWait: takes a message that says what the reading waits for.
  /// - Throws: `Failure` if it cannot be opened.
  public init(_ path: String, onWait: ((String) -> Void)? = nil) throws {
    let isInput = path == "-"
    let name = isInput ? "standard input" : path
    self.onWait = onWait
    // Opening a pipe without a writer must not block. `next` waits instead.
    descriptor = isInput ? dup(0) : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    self.name = name
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      size = nil
      // As for a document that does not exist.
      throw errno == ENOENT
        ? Failure("\(name) does not exist", .wrongUsage)
        : Failure("\(name) cannot be read: \(Errno(rawValue: errno))")
    }
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    if status.st_mode & S_IFMT == S_IFDIR { throw Failure("\(name) is a folder, not a recording") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits for the next piece and reads it into `bytes`.
  /// - Parameter wake: a descriptor that ends the wait when it becomes readable.
  /// - Returns: the length of the piece, 0 at the end, or nil if `wake` ended the wait.
  /// - Throws: `Failure` if reading fails.
  public mutating func next(orUntil wake: Int32 = -1) throws -> Int? {
    while true {
      var polled = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&polled, 2, onWait == nil ? -1 : Self.patience) == 0 {
        onWait?("waiting for \(name): nothing has been written to it yet; ^C stops")
        onWait = nil
      }
      if polled[1].revents != 0 { return nil }
      guard polled[0].revents != 0 else { continue }
      let count = read(descriptor, &bytes, bytes.count)
      if count >= 0 {
        onWait = nil
        return count
      }
      guard errno == EINTR || errno == EAGAIN else {
        throw Failure("\(name) cannot be read: \(Errno(rawValue: errno))")
      }
    }
  }
}
