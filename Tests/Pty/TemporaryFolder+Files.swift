internal import Glibc

/// What tests put into their folders.
extension TemporaryFolder {
  /// The path of a name in it.
  public func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  public func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  public func write(_ bytes: [UInt8], to name: String) throws {
    try write(bytes, toPath: Array("\(path)/\(name)".utf8))
  }

  /// Writes a file whose name need not be UTF-8; gives its path.
  @discardableResult
  public func write(_ bytes: [UInt8], toPath path: [UInt8]) throws -> [UInt8] {
    let name = (path + [0]).map { CChar(bitPattern: $0) }
    let descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw PtyError(call: "open", errno: errno) }
    defer { close(descriptor) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else { throw PtyError(call: "write", errno: errno) }
      sent += count
    }
    return path
  }

  public func makeFolder(_ name: String) throws {
    guard mkdir(self(name), 0o700) == 0 else {
      throw PtyError(call: "mkdir", errno: errno)
    }
  }

  public func link(_ name: String, to target: String) throws {
    guard symlink(target, self(name)) == 0 else {
      throw PtyError(call: "symlink", errno: errno)
    }
  }
}
