import Catalog
import Glibc
public import LessonKit
public import SystemPackage

/// Where documents come from.
public enum DocumentSource: Equatable {
  case file(FilePath)
  case folder(FilePath)
  /// What standard input held: it can be read once.
  case standardInput([UInt8])

  public var isStandardInput: Bool {
    if case .standardInput = self { true } else { false }
  }
}

/// The documents that are open, as one course; reads again those that have changed.
public struct DocumentShelf {
  /// One document, with what it was read as.
  struct Document {
    let path: FilePath?
    let lessons: [Lesson]
    let size: Int
    /// Of the bytes: the same text written anew is no news.
    let digest: UInt64
    var identity: FileIdentity?
  }

  /// A source and what it holds.
  struct Shelf {
    let source: DocumentSource
    var documents: [Document] = []
    /// The folders in which documents were looked for.
    var folders: [FilePath] = []
  }

  /// What reading the documents, or reading them again, has come to.
  public struct News: Equatable {
    /// The names of documents with another text than before.
    var changed: [String] = []
    var added: [String] = []
    var removed: [String] = []
    /// What the person should know, in sentences.
    public var notices: [String] = []
    /// Something is not there that was, and may be back in a moment.
    var isUnsettled = false

    public init() {}

    /// Whether the course is another.
    var hasLessons: Bool { !changed.isEmpty || !added.isEmpty || !removed.isEmpty }

    mutating func add(_ later: News) {
      changed += later.changed
      added += later.added
      removed += later.removed
      notices += later.notices
      isUnsettled = later.isUnsettled
    }
  }

  /// The most bytes that are read of all documents together.
  public static let limit = 67_108_864

  let parser: DocumentParser
  let limit: Int
  let walkLimits: FolderWalk.Limits
  /// What a reading may cost, from its beginning on.
  let budget: () -> ParseBudget
  var shelves: [Shelf]
  /// What the person was told of each file or folder that is not as it should be.
  var troubles: [FilePath: String] = [:]
  /// What the person was told of the folders.
  var walkNotices: Set<String> = []

  public init(sources: [DocumentSource], parser: DocumentParser) {
    self.init(sources: sources, parser: parser, limit: Self.limit)
  }

  init(
    sources: [DocumentSource], parser: DocumentParser, limit: Int,
    walkLimits: FolderWalk.Limits = FolderWalk.Limits(),
    budget: @escaping () -> ParseBudget = { ParseBudget() }
  ) {
    shelves = sources.map { Shelf(source: $0) }
    self.parser = parser
    self.limit = limit
    self.walkLimits = walkLimits
    self.budget = budget
  }

  /// All lessons of all documents; those that would be called alike are told apart.
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

  /// The files that were named, and not found in a folder.
  var files: [FilePath] {
    shelves.compactMap { shelf in
      guard case .file(let path) = shelf.source else { return nil }
      return path
    }
  }

  /// The folders in which documents were looked for.
  var folders: [FilePath] { shelves.flatMap(\.folders) }

  /// What the documents are, each by its real path or by what it says.
  public var keys: [String] { shelves.map(\.source.key) }
}

extension DocumentSource {
  /// What it is, however it was named: its real path, or what it says.
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
