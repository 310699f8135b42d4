internal import Synchronization

/// What stands beside a document, as far as the lint asks; who answers decides what is looked at.
///
/// Paths are the document's own name with a relative link applied to it: `Lessons/05-next.md` for
/// a link from `Lessons/04-some-thing.md`.
public struct LintNeighbours: Sendable {
  /// Whether there is a file or a folder of that path.
  let isThere: @Sendable (String) -> Bool
  /// The text of a listing by its path; nil where there is none.
  let listing: @Sendable (String) -> String?
  /// The anchors of another document; nil where they cannot be told.
  let anchors: @Sendable (String) -> Set<String>?

  /// - Parameters:
  ///   - isThere: whether there is a file or a folder of that path.
  ///   - listing: the text of a Python file by its path; nil where there is none.
  ///   - anchors: the anchors of a document by its path; nil where they cannot be told. Asked once
  ///     for each path.
  public init(
    isThere: @escaping @Sendable (String) -> Bool,
    listing: @escaping @Sendable (String) -> String?,
    anchors: @escaping @Sendable (String) -> Set<String>?
  ) {
    self.isThere = isThere
    self.listing = listing
    let known = KnownAnchors()
    self.anchors = { path in known.anchors(path, else: anchors) }
  }

  /// Neighbours that are all known beforehand, by their paths.
  public init(files: [(name: String, text: String)]) {
    let texts = Dictionary(files.map { ($0.name, $0.text) }) { first, _ in first }
    self.init(
      isThere: { texts[$0] != nil },
      listing: { texts[$0] },
      anchors: { texts[$0].flatMap { LessonLint.anchors(of: $0) } })
  }
}

/// The anchors of those documents that were read already: others link to them again and again.
private final class KnownAnchors: Sendable {
  private let documents = Mutex<[String: Set<String>?]>([:])

  func anchors(_ path: String, else read: (String) -> Set<String>?) -> Set<String>? {
    if let known = documents.withLock({ $0[path] }) { return known }
    let anchors = read(path)
    documents.withLock { $0[path] = .some(anchors) }
    return anchors
  }
}
