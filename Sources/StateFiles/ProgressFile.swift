import JSON
public import LessonKit

/// The content of the progress file: what the learner has done in each document.
///
/// ```json
/// {
///   "version": 1,
///   "documents": {
///     "built-in": {
///       "changed": "2026-05-04T18:20:11Z",
///       "place": {"lesson": "factorial", "step": "One at a time"},
///       "seen": {"factorial": ["One at a time"]},
///       "ran": {"factorial": ["One at a time"]}
///     }
///   }
/// }
/// ```
///
/// A change of the format needs a new version, so that an older program leaves the file alone.
public struct ProgressFile: Equatable {
  /// The version of the format that this program reads and writes.
  static let version = 1
  /// The name of the built-in lessons. Other documents are named by their path.
  public static let builtIn = "built-in"
  /// The most documents to keep beside the built-in lessons.
  static let documentLimit = 500
  /// The most bytes to write, far below the most bytes to read.
  static let sizeLimit = 1 << 20

  /// The most bytes of a document's name.
  static let nameLimit = 1024

  /// The common name of documents that are opened together: their names, one a line, as many as
  /// fit. A fingerprint stands for the rest.
  public static func name(of names: [String]) -> String {
    let whole = names.joined(separator: "\n")
    guard whole.utf8.count > nameLimit else { return whole }
    let mark = "… " + String(Fingerprint.of(whole.utf8), radix: 16)
    var name = ""
    for next in names {
      guard name.utf8.count + next.utf8.count + 1 + mark.utf8.count <= nameLimit else { break }
      name += next + "\n"
    }
    return name.isEmpty ? whole.shortened(toBytes: nameLimit) : name + mark
  }

  /// The names of the documents behind a common name.
  public static func parts(of name: String) -> [String] {
    name.split(separator: "\n").map(String.init)
  }

  /// The progress in one document.
  public struct Document: Equatable {
    public var progress = DocumentProgress()
    /// The time of the last change, as `Timestamp` writes it.
    public var changed = ""
  }

  /// The documents by their names.
  public var documents: [String: Document] = [:]

  public init() {}

  /// Adds progress in a document.
  /// - Returns: whether anything is new.
  mutating func add(_ done: DocumentProgress, to name: String, at time: String) -> Bool {
    let before = documents[name, default: Document()].progress
    var progress = before
    progress.add(done)
    guard progress != before else { return false }
    documents[name] = Document(progress: progress, changed: time)
    return true
  }

  /// Adds the content of an older file. Nothing is lost.
  mutating func add(olderFile other: ProgressFile) {
    for (name, document) in other.documents {
      var sum = document
      if let own = documents[name] {
        sum.progress.add(own.progress)
        sum.changed = max(sum.changed, own.changed)
      }
      documents[name] = sum
    }
  }

  /// The documents in the order in which they are dropped: least recently changed first.
  private var oldestFirst: [String] {
    documents.filter { $0.key != Self.builtIn }
      .sorted { ($0.value.changed, $0.key) < ($1.value.changed, $1.key) }.map(\.key)
  }

  // MARK: writing

  /// The bytes of the file. Drops the oldest documents if there are too many, and the largest if the
  /// file is too big. The last change stays unless it alone takes most of the room.
  /// - Parameter limit: The most bytes. Tests set it.
  mutating func bytes(limit: Int = sizeLimit) -> [UInt8] {
    let oldest = oldestFirst
    for name in oldest.dropLast(Self.documentLimit) { documents[name] = nil }
    var bytes = Array(json.lines.utf8)
    guard bytes.count > limit else { return bytes }
    var largest = oldest.suffix(Self.documentLimit).compactMap { name in
      documents[name].map { (name: name, size: Self.json($0).text.utf8.count) }
    }
    if let last = largest.last, last.size <= limit / 2 { largest.removeLast() }
    largest.sort { $0.size < $1.size }
    while bytes.count > limit, !largest.isEmpty {
      var excess = bytes.count - limit
      while excess > 0, let next = largest.popLast() {
        documents[next.name] = nil
        excess -= next.size
      }
      bytes = Array(json.lines.utf8)
    }
    return bytes
  }

  private var json: JSONValue {
    let entries = documents.sorted { $0.key < $1.key }
    return .object([
      ("version", .number(Self.version)),
      ("documents", .object(entries.map { ($0.key, Self.json($0.value)) })),
    ])
  }

  private static func json(_ document: Document) -> JSONValue {
    .object([
      ("changed", .string(document.changed)),
      ("place", document.progress.place.map(json) ?? .null),
      ("seen", json(document.progress.seen)),
      ("ran", json(document.progress.ran)),
    ])
  }

  private static func json(_ place: StepKey) -> JSONValue {
    .object([("lesson", .string(place.lesson)), ("step", .string(place.step))])
  }

  private static func json(_ keys: Set<StepKey>) -> JSONValue {
    let lessons = Dictionary(grouping: keys, by: \.lesson).sorted { $0.key < $1.key }
    return .object(
      lessons.map { lesson, keys in
        (lesson, .array(keys.map(\.step).sorted().map { .string($0) }))
      })
  }
}

// MARK: - Reading

extension ProgressFile {
  /// Why a file cannot be read.
  enum Problem: Error, Equatable {
    /// The file does not have the format; the text says why.
    case damaged(String)
    /// A newer version of the program wrote the file.
    case newer(Int)
  }

  /// Reads the file strictly. Content that is not understood would be lost with the next change.
  init(parsing bytes: [UInt8]) throws(Problem) {
    let json: JSONValue
    do { json = try JSONValue(parsing: bytes) } catch { throw .damaged("\(error)") }
    guard case .number(let version)? = json["version"], version >= 1 else {
      throw .damaged("it has no version")
    }
    guard version <= Self.version else { throw .newer(version) }
    guard case .object(let entries)? = json["documents"] else {
      throw .damaged("it has no documents")
    }
    for (name, entry) in entries {
      guard let document = Self.document(entry) else {
        throw .damaged("an entry of a document is wrong")
      }
      documents[name] = document
    }
  }

  private static func document(_ json: JSONValue) -> Document? {
    guard case .string(let changed)? = json["changed"], let seen = keys(json["seen"]),
      let ran = keys(json["ran"])
    else { return nil }
    var place: StepKey?
    switch json["place"] {
    case .null: break
    case .object?:
      guard case .string(let lesson)? = json["place"]?["lesson"],
        case .string(let step)? = json["place"]?["step"]
      else { return nil }
      place = StepKey(lesson: lesson, step: step)
    default: return nil
    }
    return Document(
      progress: DocumentProgress(seen: seen, ran: ran, place: place), changed: changed)
  }

  private static func keys(_ json: JSONValue?) -> Set<StepKey>? {
    guard case .object(let lessons)? = json else { return nil }
    var keys: Set<StepKey> = []
    for (lesson, steps) in lessons {
      guard case .array(let steps) = steps else { return nil }
      for step in steps {
        guard case .string(let step) = step else { return nil }
        guard keys.count < DocumentProgress.stepLimit else { break }
        keys.insert(StepKey(lesson: lesson, step: step))
      }
    }
    return keys
  }
}
