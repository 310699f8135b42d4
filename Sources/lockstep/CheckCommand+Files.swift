import Glibc
import LessonKit
import SystemPackage

/// The files that a check reads: those that were named, and what stands in named folders.
struct CheckedFiles {
  enum Content {
    case bytes([UInt8])
    /// Why it is not read.
    case refused(String)
  }

  typealias Document = (name: String, content: Content)

  private(set) var documents: [Document] = []
  /// The Python files in the folders that hold a document.
  private(set) var listings: [(name: String, text: String)] = []
  private(set) var notes: [String] = []

  /// Folders are entered so deep, and so many documents are read, before it is likely that the
  /// wrong folder was named.
  private static let depth = 16
  private static let most = 2000
  private static let endings = [".md", ".markdown"]

  /// - Throws: `Failure` for a path that is not there.
  init(paths: [String]) throws {
    for path in paths {
      if path == "-" {
        add("-", Self.content(of: FileDescriptor.standardInput))
      } else if Self.isFolder(path) {
        walk(path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path, depth: 0)
      } else if Self.isThere(path) {
        add(path, Self.content(of: path))
      } else {
        throw Failure("there is no file or folder \(path)", .wrongUsage)
      }
    }
    if documents.isEmpty {
      notes.append("there is no document (.md) in \(paths.joined(separator: ", "))")
    }
    if documents.count >= Self.most {
      notes.append("only the first \(Self.most) documents were read")
    }
  }

  private mutating func add(_ name: String, _ content: Content) {
    guard documents.count < Self.most, !documents.contains(where: { $0.name == name }) else {
      return
    }
    documents.append((name, content))
  }

  private mutating func walk(_ folder: String, depth: Int) {
    let names = Self.names(in: folder)
    let paths = names.map { "\(folder == "/" ? "" : folder)/\($0)" }
    let found = paths.filter { path in
      Self.endings.contains { path.lowercased().hasSuffix($0) } && !Self.isFolder(path)
    }
    for path in found { add(path, Self.content(of: path)) }
    if !found.isEmpty {
      for path in paths where path.hasSuffix(".py") {
        if let text = Self.listing(path) { listings.append((path, text)) }
      }
    }
    guard depth < Self.depth, documents.count < Self.most else { return }
    for path in paths where Self.isFolder(path) && !Self.isLink(path) {
      walk(path, depth: depth + 1)
    }
  }

  /// The names in a folder, sorted; those that begin with a dot are hidden and stay so.
  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  // MARK: One file

  static func isThere(_ path: String) -> Bool { status(path) != nil }

  /// The folder that a path's last part stands in; nothing for the working directory.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  static func tooLarge(_ bytes: Int, _ limit: Int) -> String {
    "\(bytes) bytes are more than the \(limit) that a lesson may have; split it"
  }

  /// The text of a Python file; nil where there is none or it is longer than any lesson's.
  static func listing(_ path: String) -> String? {
    guard path.hasSuffix(".py"), case .bytes(let bytes) = content(of: path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func anchors(_ path: String) -> Set<String>? {
    guard case .bytes(let bytes) = content(of: path) else { return nil }
    return LessonLint.anchors(of: String(decoding: bytes, as: UTF8.self))
  }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  private static func isFolder(_ path: String) -> Bool {
    status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private static func content(of path: String) -> Content {
    // A pipe or a device in a folder could be waited for without end.
    guard let status = status(path), status.st_mode & S_IFMT == S_IFREG else {
      return .refused("this is not a file")
    }
    guard status.st_size <= limit else { return .refused(tooLarge(Int(status.st_size), limit)) }
    do {
      let descriptor = try FileDescriptor.open(
        FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
      defer { try? descriptor.close() }
      return content(of: descriptor)
    } catch {
      return .refused("this cannot be read: \(error)")
    }
  }

  private static let limit = DocumentLimits().bytes

  private static func content(of descriptor: FileDescriptor) -> Content {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    do {
      while bytes.count <= limit {
        let count = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
        guard count > 0 else { return .bytes(bytes) }
        bytes += buffer[..<count]
      }
      return .refused("more than \(limit) bytes, the most that a lesson may have; split it")
    } catch {
      return .refused("this cannot be read: \(error)")
    }
  }
}
