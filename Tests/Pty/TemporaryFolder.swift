internal import Glibc

/// A new folder for a test. It is deleted with its content when the object is destroyed.
public final class TemporaryFolder {
  /// The path of the folder.
  public let path: String

  /// Makes the folder.
  public init() throws(PtyError) {
    var template = Array("/tmp/lockstep-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw PtyError(call: "mkdtemp", errno: errno)
    }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  deinit { Self.remove(Array(path.utf8)) }

  /// The sorted names of the entries in the folder or a subfolder. Empty if the folder is missing.
  public func names(in subfolder: String = "") -> [String] {
    Pty.names(inFolder: "\(path)/\(subfolder)")
  }

  private static func remove(_ path: [UInt8]) {
    let terminated = (path + [0]).map { CChar(bitPattern: $0) }
    guard let stream = opendir(terminated) else {
      unlink(terminated)
      return
    }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      names.append(withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) })
    }
    closedir(stream)
    for name in names where name != Array(".".utf8) && name != Array("..".utf8) {
      let inner = path + [UInt8(ascii: "/")] + name
      var status = stat()
      _ = lstat((inner + [0]).map { CChar(bitPattern: $0) }, &status)
      if status.st_mode & S_IFMT == S_IFDIR {
        remove(inner)
      } else {
        unlink((inner + [0]).map { CChar(bitPattern: $0) })
      }
    }
    rmdir(terminated)
  }
}
