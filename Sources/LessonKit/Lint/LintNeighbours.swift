internal import Synchronization

/// Access to the files near a document, for the lint.
///
/// Paths are relative links resolved against the name of the document. A link to `05-next.md` in
/// `Lessons/04-some-thing.md` has the path `Lessons/05-next.md`.
public struct LintNeighbours: Sendable {
  let exists: @Sendable (String) -> Bool
  let listing: @Sendable (String) -> String?
  let anchors: @Sendable (String) -> Set<String>?

  /// Makes neighbours that call closures.
  /// - Parameters:
  ///   - exists: Whether there is a file or folder at a path.
  ///   - listing: The text of the Python file at a path, or nil.
  ///   - anchors: The anchors of the document at a path, or nil if they are unknown. Called once for
  ///     each path.
  public init(
    exists: @escaping @Sendable (String) -> Bool,
    listing: @escaping @Sendable (String) -> String?,
    anchors: @escaping @Sendable (String) -> Set<String>?
  ) {
    self.exists = exists
    self.listing = listing
    let cache = AnchorCache()
    self.anchors = { path in cache.anchors(path, orRead: anchors) }
  }

  /// Makes neighbours from files in memory.
  public init(files: [(name: String, text: String)]) {
    let texts = Dictionary(files.map { ($0.name, $0.text) }) { first, _ in first }
    self.init(
      exists: { texts[$0] != nil },
      listing: { texts[$0] },
      anchors: { texts[$0].flatMap { LessonLint.anchors(of: $0) } })
  }
}

/// Caches the anchors of documents, because many links lead to the same document.
private final class AnchorCache: Sendable {
  private let documents = Mutex<[String: Set<String>?]>([:])

  func anchors(_ path: String, orRead read: (String) -> Set<String>?) -> Set<String>? {
    if let known = documents.withLock({ $0[path] }) { return known }
    let anchors = read(path)
    documents.withLock { $0[path] = .some(anchors) }
    return anchors
  }
}
