import Glibc
import TestTerminal
import Testing

/// What tests put into their folders.
extension TemporaryFolder {
  /// The path of a name in it.
  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    try write(bytes, toPath: Array("\(path)/\(name)".utf8))
  }

  /// Writes a file whose name need not be UTF-8; gives its path.
  @discardableResult
  func write(_ bytes: [UInt8], toPath path: [UInt8]) throws -> [UInt8] {
    let name = (path + [0]).map { CChar(bitPattern: $0) }
    let descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      try #require(count > 0)
      sent += count
    }
    return path
  }

  func makeFolder(_ name: String) throws { try #require(mkdir(self(name), 0o700) == 0) }

  func link(_ name: String, to target: String) throws {
    try #require(symlink(target, self(name)) == 0)
  }
}
