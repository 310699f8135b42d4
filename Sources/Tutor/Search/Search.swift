import LessonKit

/// A text that is searched in one pane, and where it was found.
package struct Search: Sendable {
  struct Hit: Sendable, Equatable {
    /// The step, for what is found in the lessons.
    var place: StepPlace?
    /// The row of the pane, for all else.
    var row = 0
    /// The number of the match in that step or row, from 0.
    var ordinal: Int
  }

  let pane: PaneID
  var field = TextField()
  /// Whether keys are typed into the field.
  var isTyping = true
  /// Nil until something was typed.
  var finder: TextFinder?
  /// In the order of the text.
  var hits: [Hit] = []
  /// The match that the learner is at; nil while none from here on has been found.
  var current: Int?
  /// Whether the match is to be gone to as soon as it is found.
  var isAwaited = false
  /// How far the pane was scrolled when the search began, and whether it followed what is live:
  /// there it goes back to when dropped.
  let origin: Int
  let followed: Bool
  /// How many steps of the lessons, or rows of a growing pane, have been looked through.
  var scanned = 0
  /// The lessons' steps as they are on the screen, laid out when they are first searched.
  var texts = LaidSteps()
  /// The matches in the lines of the open step.
  var inLesson = LessonMatches()

  init(pane: PaneID, origin: Int, followed: Bool) {
    self.pane = pane
    self.origin = origin
    self.followed = followed
  }

  /// Looks through everything again, since the lessons changed.
  mutating func startAnew() {
    hits = []
    current = nil
    scanned = 0
    texts = LaidSteps()
    inLesson = LessonMatches()
  }

  /// The most matches that are counted, and the most characters of steps that are kept.
  private static let most = (hits: 20_000, scalars: 8_000_000)

  /// Whether the search ended before all was looked through: there is too much of it.
  var isCut: Bool { hits.count >= Self.most.hits || texts.size >= Self.most.scalars }

  /// `3 of 17`, or what there is to say instead.
  func count(isComplete: Bool) -> String {
    guard finder != nil else { return "" }
    guard !hits.isEmpty else { return isComplete ? "nothing found" : "looking" }
    let all = "\(hits.count)\(isComplete && !isCut ? "" : "+")"
    return current.map { "\($0 + 1) of \(all)" } ?? all
  }
}

/// The lines of all steps at one width, for as long as that is theirs.
struct LaidSteps: Sendable {
  private var width = 0
  private(set) var steps: [SearchableLines] = []
  /// How many characters they have together.
  private(set) var size = 0

  /// Forgets steps of another width.
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
