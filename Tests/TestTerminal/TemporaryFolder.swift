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

  deinit { Self.remove(Array(path.utf8)) }

  /// The names of what is in the folder, or in one below it, in order; none where there is none.
  public func names(in below: String = "") -> [String] {
    Self.names(in: Array("\(path)/\(below)".utf8)).map { String(decoding: $0, as: UTF8.self) }
      .sorted()
  }

  /// A path as the system takes it: a name need not be UTF-8.
  private static func terminated(_ path: [UInt8]) -> [CChar] {
    (path + [0]).map { CChar(bitPattern: $0) }
  }

  private static func names(in folder: [UInt8]) -> [[UInt8]] {
    guard let directory = opendir(terminated(folder)) else { return [] }
    defer { closedir(directory) }
    var names: [[UInt8]] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names
  }

  private static func remove(_ path: [UInt8]) {
    // Of a folder this fails, and a link goes without what it leads to.
    if unlink(terminated(path)) == 0 { return }
    for name in names(in: path) { remove(path + [UInt8(ascii: "/")] + name) }
    rmdir(terminated(path))
  }
}
