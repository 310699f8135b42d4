internal import Glibc

/// A new folder of a test's own, which goes with the object and whatever is in it.
public final class TemporaryFolder {
  /// Its path.
  public let path: String

  /// Makes the folder.
  public init() throws(TestTerminalError) {
    var template = Array("/tmp/lockstep-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw TestTerminalError(call: "mkdtemp", errno: errno)
    }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  deinit { Self.remove(path) }

  /// The names of what is in the folder, or in one below it, in order; none where there is none.
  public func names(in below: String = "") -> [String] { Self.names(in: "\(path)/\(below)") }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in names(in: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
