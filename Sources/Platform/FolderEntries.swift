import Glibc
public import SystemPackage

/// The names in a folder, without `.` and `..`.
public struct FolderEntries {
  public private(set) var names: [FilePath.Component] = []
  /// Whether the folder has more names than the limit.
  public private(set) var isCut = false

  /// Reads the names, at most `limit` of them. Nil if the folder cannot be read; `errno` says why.
  public init?(_ folder: FilePath, limit: Int) {
    guard let stream = folder.withPlatformString({ opendir($0) }) else { return nil }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      guard names.count < limit else {
        isCut = true
        return
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          FilePath.Component(platformString: $0)
        }
      }
      if let name, name.kind == .regular { names.append(name) }
    }
  }
}
