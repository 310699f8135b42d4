import Glibc
import Testing

/// A folder of a test's own, gone with all that is in it when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/lockstep-test-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(Array(path.utf8)) }

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
