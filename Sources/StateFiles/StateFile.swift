import Glibc
import SystemPackage

/// A file of the program's own: read whole, replaced whole, never lost.
struct StateFile: Sendable {
  /// The file's path, with every link in it followed: what is replaced is the file and not a link.
  let path: String

  /// Larger than any that the program writes.
  static let sizeLimit = 16 << 20

  /// - Throws: `StateError.refused` for a link that leads nowhere.
  init(_ path: String) throws(StateError) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else {
      self.path = path
      return
    }
    guard let real = realpath(path, nil) else {
      throw .refused(path, "a link that leads nowhere")
    }
    defer { free(real) }
    self.path = String(cString: real)
  }

  /// The file's bytes; nil where there is no file. Never waits, whatever stands there.
  /// - Throws: `StateError` for what is no file, is too large or cannot be read.
  func read() throws(StateError) -> [UInt8]? {
    var status = stat()
    // Asked before it is opened: opening a device may already do something.
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

  /// What stands where a file should, as a person calls it; nil for a file.
  private static func kind(_ status: stat) -> String? {
    switch status.st_mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }

  /// Gives the file another name, to which `reason` and the time are added, and which nothing had
  /// before; what it holds is kept.
  /// - Returns: the new path.
  /// - Throws: `StateError` when that cannot be done; the file then stays where it is.
  func setAside(as reason: String, at time: String, _ system: FileSystem) throws(StateError)
    -> String
  {
    // A name is taken by making a file of it: then no other can have it.
    for count in 1...1000 {
      let name = "\(path).\(reason)-\(time)" + (count > 1 ? "-\(count)" : "")
      let descriptor: Int32
      do throws(Errno) {
        descriptor = try system.create(name)
      } catch .fileExists {
        continue
      } catch {
        throw .system("could not be set aside", path, error)
      }
      do throws(Errno) {
        try system.close(descriptor)
        try system.rename(path, name)
        return name
      } catch {
        unlink(name)
        throw .system("could not be set aside", path, error)
      }
    }
    throw .system("could not be set aside", path, .fileExists)
  }
}
