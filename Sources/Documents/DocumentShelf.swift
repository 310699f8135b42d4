import Catalog
import Glibc
public import LessonKit
public import SystemPackage

/// A source of documents.
public enum DocumentSource: Equatable, Sendable {
  case file(FilePath)
  case folder(FilePath)
  /// The content of standard input, which can be read only once.
  case standardInput([UInt8])

  public var isStandardInput: Bool {
    if case .standardInput = self { true } else { false }
  }
}

/// The open documents as one course. Reads changed documents again.
public struct DocumentShelf: Sendable {
  /// One document and its lessons.
  struct Document {
    let path: FilePath?
    let lessons: [Lesson]
    let size: Int
    /// The fingerprint of the bytes. Saving the same text again changes nothing.
    let digest: UInt64
    var identity: FileIdentity?
  }

  /// A source and its documents.
  struct Shelf {
    let source: DocumentSource
    var documents: [Document] = []
    /// The folders that were searched.
    var folders: [FilePath] = []
  }

  /// The result of reading the documents.
  public struct News: Equatable, Sendable {
    /// The names of documents with a new text.
    var changed: [String] = []
    var added: [String] = []
    var removed: [String] = []
    /// Messages for the user.
    public var notices: [String] = []
    /// Whether something is missing that may come back in a moment.
    var isUnsettled = false

    public init() {}

    /// Whether the course has changed.
    var hasLessons: Bool { !changed.isEmpty || !added.isEmpty || !removed.isEmpty }

    mutating func add(_ later: News) {
      changed += later.changed
      added += later.added
      removed += later.removed
      notices += later.notices
      isUnsettled = later.isUnsettled
    }
  }

  /// The limit of all documents together, in bytes.
  public static let limit = 67_108_864

  let parser: DocumentParser
  let limit: Int
  let walkLimits: FolderWalk.Limits
  /// Makes the budget of one reading.
  let budget: @Sendable () -> ParseBudget
  var shelves: [Shelf]
  /// The last problem reported of each file or folder.
  var troubles: [FilePath: String] = [:]
  /// The notices reported of the folders.
  var walkNotices: Set<String> = []

  public init(sources: [DocumentSource], parser: DocumentParser) {
    self.init(sources: sources, parser: parser, limit: Self.limit)
  }

  init(
    sources: [DocumentSource], parser: DocumentParser, limit: Int,
    walkLimits: FolderWalk.Limits = FolderWalk.Limits(),
    budget: @escaping @Sendable () -> ParseBudget = { ParseBudget() }
  ) {
    shelves = sources.map { Shelf(source: $0) }
    self.parser = parser
    self.limit = limit
    self.walkLimits = walkLimits
    self.budget = budget
  }

  /// All lessons of all documents. Lessons with the same name get different ids.
  public var course: Course {
    var ids: Set<String> = []
    var lessons: [Lesson] = []
    for lesson in shelves.flatMap(\.documents).flatMap(\.lessons) {
      let id = Self.unused(lesson, in: ids)
      ids.insert(id)
      lessons.append(id == lesson.id ? lesson : lesson.named(id))
    }
    return Course(inOrder: lessons)
  }

  private static func unused(_ lesson: Lesson, in ids: Set<String>) -> String {
    guard ids.contains(lesson.id) else { return lesson.id }
    let folders = lesson.file.split(separator: "/").dropLast()
    let longer = (folders.suffix(2) + [Substring(lesson.id)]).joined(separator: "-")
    var id = longer
    var count = 2
    while ids.contains(id) {
      id = "\(longer)-\(count)"
      count += 1
    }
    return id
  }

  /// The beginning of the first document, to show while the documents are being read. Nil if it
  /// cannot be read.
  func beginning() -> Course? {
    guard let source = shelves.first?.source else { return nil }
    do {
      switch source {
      case .file(let path): return try beginning(of: path, in: nil)
      case .folder(let folder):
        let walk = try FolderWalk(folder, limits: walkLimits)
        return try walk.documents.first.flatMap { try beginning(of: $0, in: folder) }
      case .standardInput(let bytes):
        return try beginning(
          Array(bytes.prefix(DocumentParser.beginning)), of: bytes.count, StandardInput.name)
      }
    } catch {
      return nil
    }
  }

  private func beginning(of path: FilePath, in folder: FilePath?) throws -> Course {
    let (bytes, size) = try DocumentFile.readBeginning(
      path, in: folder, count: DocumentParser.beginning)
    return try beginning(bytes, of: size, String(decoding: path))
  }

  private func beginning(_ bytes: [UInt8], of size: Int, _ name: String) throws -> Course {
    Course(inOrder: [try parser.beginning(name: name, bytes: bytes, size: size)])
  }

  /// The files that the user named, without those found in a folder.
  var files: [FilePath] {
    shelves.compactMap { shelf in
      guard case .file(let path) = shelf.source else { return nil }
      return path
    }
  }

  /// The folders that were searched.
  var folders: [FilePath] { shelves.flatMap(\.folders) }

  /// The key of each source, under which its progress is kept.
  public var keys: [String] { shelves.map(\.source.key) }
}

extension DocumentSource {
  /// Its real path, whatever name the user typed, or a fingerprint of standard input.
  public var key: String {
    switch self {
    case .file(let path), .folder(let path):
      path.withPlatformString { realpath($0, nil) }.map { pointer in
        defer { free(pointer) }
        return String(cString: pointer)
      } ?? String(decoding: path)
    case .standardInput(let bytes): "standard input " + String(Fingerprint.of(bytes), radix: 16)
    }
  }
}
