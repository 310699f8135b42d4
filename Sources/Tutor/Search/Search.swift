import LessonKit

/// A search in one pane, with its matches.
package struct Search: Sendable {
  struct Hit: Sendable, Equatable {
    /// The step of a match in the lessons, or nil.
    var place: StepPlace?
    /// The row of a match in another pane.
    var row = 0
    /// The index of the match within the step or row, from 0.
    var ordinal: Int
  }

  let pane: PaneID
  var field = TextField()
  /// Whether the learner is typing the search.
  var isTyping = true
  /// The finder for the typed text, or nil if nothing was typed.
  var finder: TextFinder?
  /// The matches, in the order of the text.
  var hits: [Hit] = []
  /// The index of the learner's match, or nil if none was found yet.
  var current: Int?
  /// Whether a match was in another step than the one where the search began.
  var hasLeft = false
  /// Whether to go to the match when it is found.
  var isAwaited = false
  /// The scroll position of the pane at the start of the search, and whether it followed the run. A
  /// dropped search restores both.
  let origin: Int
  let followed: Bool
  /// The number of searched steps, or rows of a growing pane.
  var scanned = 0
  /// The steps as lines, laid out when they are first searched.
  var texts = LaidSteps()
  /// The matches in the lines of the open step.
  var inLesson = LessonMatches()

  init(pane: PaneID, origin: Int, followed: Bool) {
    self.pane = pane
    self.origin = origin
    self.followed = followed
  }

  /// Restarts the search after the lessons have changed.
  mutating func restart() {
    hits = []
    current = nil
    scanned = 0
    texts = LaidSteps()
    inLesson = LessonMatches()
  }

  /// The most matches, and the most characters of steps in memory.
  private static let most = (hits: 20_000, scalars: 8_000_000)

  /// Whether the search ended early because of these limits.
  var isCut: Bool { hits.count >= Self.most.hits || texts.size >= Self.most.scalars }

  /// The count, such as `3 of 17`, or a text about the search.
  func count(isComplete: Bool) -> String {
    guard finder != nil else { return "" }
    guard !hits.isEmpty else { return isComplete ? "not found" : "searching" }
    let all = "\(hits.count)\(isComplete && !isCut ? "" : "+")"
    return current.map { "\($0 + 1) of \(all)" } ?? all
  }
}

/// The lines of all steps at one width.
struct LaidSteps: Sendable {
  private var width = 0
  private(set) var steps: [SearchableLines] = []
  /// The number of characters of all steps.
  private(set) var size = 0

  /// Forgets the steps if the width has changed.
  mutating func use(width: Int) {
    guard width != self.width else { return }
    self = LaidSteps()
    self.width = width
  }

  mutating func append(_ lines: SearchableLines) {
    steps.append(lines)
    size += lines.scalars.count
  }
}
