import Glibc
import Platform
import SystemPackage

/// A file of the program. It is read and replaced as a whole, and never lost.
///
/// It may be a link, as managers of dotfiles make them. Then the link stays, and the file that it
/// leads to gets the new content.
struct StateFile: Sendable {
  /// The real path, without a link.
  let path: String
  /// The path of the link, or the same as `path`.
  let name: String

  var isLink: Bool { path != name }

  /// The most bytes to read, more than the program ever writes. Reading more would delay the start.
  static let sizeLimit = 4 << 20

  /// - Throws: `StateError.refused` for a broken link.
  init(_ path: String) throws(StateError) {
    name = path
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else {
      self.path = path
      return
    }
    guard let real = realpath(path, nil) else {
      throw .refused(path, "a broken link")
    }
    defer { free(real) }
    self.path = String(cString: real)
  }

  /// The bytes of the file, or nil if it does not exist. Never blocks, even on a pipe.
  /// - Throws: `StateError` if it is not a file, is too large or cannot be read.
  func read() throws(StateError) -> [UInt8]? {
    var status = stat()
    // Check before opening: opening a device may do something.
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw .system("cannot be read", path, Errno(rawValue: errno))
    }
    if let kind = Self.kind(status) { throw .refused(path, kind) }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .system("cannot be read", path, Errno(rawValue: errno))
    }
    defer { close(descriptor) }
    guard fstat(descriptor, &status) == 0 else {
      throw .system("cannot be read", path, Errno(rawValue: errno))
    }
    if let kind = Self.kind(status) { throw .refused(path, kind) }
    guard status.st_size <= Self.sizeLimit else {
      throw .damaged(path, "it is larger than \(Self.sizeLimit >> 20) MB")
    }
    do throws(Errno) {
      return try Self.bytes(descriptor, count: Int(status.st_size))
    } catch {
      throw .system("cannot be read", path, error)
    }
  }

  private static func bytes(_ descriptor: Int32, count: Int) throws(Errno) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      var span = bytes.mutableSpan
      let read = try span.withUnsafeMutableBytes { buffer throws(Errno) in
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        return try FileSystem.check { Glibc.read(descriptor, rest.baseAddress, rest.count) }
      }
      guard read > 0 else { break }
      filled += read
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// The kind of a file that is not a regular file, or nil.
  private static func kind(_ status: stat) -> String? {
    switch status.st_mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }

  /// Renames the file to a new name with `reason` and the time in it, so that its content is kept.
  /// The content of a link's target is copied instead, to a file beside the link.
  /// - Returns: the new path.
  /// - Throws: `StateError` if it cannot be renamed or copied. The file stays where it is then.
  func setAside(as reason: String, at time: String, _ system: FileSystem) throws(StateError)
    -> String
  {
    // Creating a file under the name reserves it.
    for count in 1...1000 {
      let aside = "\(name).\(reason)-\(time)" + (count > 1 ? "-\(count)" : "")
      let descriptor: Int32
      do throws(Errno) {
        descriptor = try system.create(aside)
      } catch .fileExists {
        continue
      } catch {
        throw .system("cannot be renamed", name, error)
      }
      do throws(Errno) {
        if isLink { try copy(to: descriptor, system) }
        try system.close(descriptor)
        if !isLink { try system.rename(path, aside) }
        return aside
      } catch {
        unlink(aside)
        throw .system("cannot be renamed", name, error)
      }
    }
    throw .system("cannot be renamed", name, .fileExists)
  }

  /// Copies the whole file, whatever its size.
  private func copy(to descriptor: Int32, _ system: FileSystem) throws(Errno) {
    let source = Descriptor(
      try FileSystem.check { open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) })
    while true {
      let piece = try Self.bytes(source.number, count: 1 << 20)
      if piece.isEmpty { return }
      try system.writeAll(piece, to: descriptor)
    }
  }
}
