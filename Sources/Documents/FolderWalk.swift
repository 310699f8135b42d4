import Glibc
import LessonKit
import Platform
public import SystemPackage

/// Finds the documents in a folder and in the folders below it, in the order of a course.
public struct FolderWalk {
  /// The limits of a walk.
  struct Limits {
    /// The most documents.
    var documents = 500
    /// The deepest level of folders.
    var depth = 8
    /// The most names to look at.
    var names = 50_000
  }

  /// The paths of the documents, each starting with the folder's own path.
  public private(set) var documents: [FilePath] = []
  /// All folders that were searched.
  private(set) var folders: [FilePath] = []
  /// Messages about what was left out.
  public private(set) var notices: [String] = []

  private let root: FilePath
  private let boundary: FolderBoundary
  private let limits: Limits

  /// - Throws: `Unreadable` if the folder itself cannot be read.
  public init(_ root: FilePath) throws(Unreadable) {
    try self.init(root, limits: Limits())
  }

  init(_ root: FilePath, limits: Limits) throws(Unreadable) {
    self.root = root
    boundary = FolderBoundary(root)
    self.limits = limits
    var looked = 0
    // Level by level, so that a limit cuts off the deepest folders.
    var level: [FilePath] = [root]
    var depth = 0
    while !level.isEmpty {
      guard depth <= limits.depth else {
        notices.append(
          "folders more than \(limits.depth) deep in \(name(root)) are left out")
        break
      }
      var next: [FilePath] = []
      for folder in level {
        guard let entries = FolderEntries(folder, limit: limits.names - looked) else {
          let reason = String(cString: strerror(errno))
          guard folder != root else { throw Unreadable("\(name(root)) cannot be read: \(reason)") }
          notices.append("\(name(folder)) cannot be read: \(reason)")
          continue
        }
        folders.append(folder)
        looked += entries.names.count
        for entry in entries.names { take(folder.appending(entry), entry, &next) }
        if entries.isCut {
          notices.append(
            "\(name(root)) has more than \(limits.names) names; the rest is left out")
          next = []
          break
        }
      }
      level = next
      depth += 1
    }
    documents.sort(by: NaturalOrder.isBefore)
    if documents.count > limits.documents {
      notices.append(
        "\(name(root)) has \(documents.count) documents; "
          + "the first \(limits.documents) are opened")
      documents.removeLast(documents.count - limits.documents)
    }
  }

  private mutating func take(
    _ path: FilePath, _ entry: FilePath.Component, _ folders: inout [FilePath]
  ) {
    guard entry.string.first != ".", !Self.isFromTool(entry.string) else { return }
    var status = stat()
    guard path.withPlatformString({ lstat($0, &status) }) == 0 else { return }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    if isLink, path.withPlatformString({ stat($0, &status) }) != 0 {
      if Self.isDocument(entry) { notices.append("\(name(path)) is a broken link") }
      return
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      // A link may lead out of the folder, or in a circle.
      if isLink {
        notices.append("\(name(path)) is a link to a folder, which is not followed")
      } else {
        folders.append(path)
      }
    } else if Self.isDocument(entry) {
      guard !isLink || !boundary.isLeft(by: path) else {
        notices.append(boundary.refusal(of: path))
        return
      }
      documents.append(path)
    }
  }

  private func name(_ path: FilePath) -> String { String(decoding: path) }

  private static let endings = MarkdownName.endings.union(MarkupName.endings).union([
    "txt", "text",
  ])
  /// Common names of documents without an ending.
  private static let names: Set = [
    "readme", "index", "notes", "todo", "changelog", "changes", "news", "history", "contributing",
    "install", "hacking", "faq",
  ]

  /// Whether a folder belongs to a tool, so that its texts are not documents of the course.
  private static func isFromTool(_ name: String) -> Bool {
    ["node_modules", "__pycache__", "site-packages"].contains(name)
      || name.hasSuffix(".egg-info") || name.hasSuffix(".dist-info")
  }

  /// Whether a name is that of a document.
  public static func isDocument(_ entry: FilePath.Component) -> Bool {
    guard let ending = entry.extension else { return names.contains(entry.string.lowercased()) }
    return endings.contains(ending.lowercased())
  }
}
