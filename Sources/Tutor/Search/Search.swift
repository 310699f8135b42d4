internal import Screen

/// What is looked for in one pane, and where it was found.
struct Search: Sendable {
  struct Hit: Sendable, Equatable {
    /// The step, for what is found in the lessons.
    var place: StepPlace?
    /// The row of the pane, for all else.
    var row = 0
    /// The how-manieth match in that step or row, from 0.
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
  /// The match that the learner is at.
  var current: Int?
  /// How far the pane was scrolled when the search began: there it goes back to when dropped.
  let origin: Int
  /// How many rows of a growing pane have been looked through.
  var scanned = 0
  /// The lessons' texts, folded for the finder; made when first needed.
  var texts: [(place: StepPlace, text: [UInt32])] = []
  /// Where in the lines of the open step the matches stand.
  var inLesson = LessonMatches()

  init(pane: PaneID, origin: Int) {
    self.pane = pane
    self.origin = origin
  }

  /// `3 of 17`, or what there is to say instead.
  func count(isComplete: Bool) -> String {
    guard finder != nil else { return "" }
    guard !hits.isEmpty else { return isComplete ? "nothing found" : "looking" }
    let all = "\(hits.count)\(isComplete ? "" : "+")"
    return current.map { "\($0 + 1) of \(all)" } ?? all
  }
}

/// The matches in the lines of the open step. A match may begin on one line and end on the next.
struct LessonMatches: Sendable, Equatable {
  struct Segment: Sendable, Equatable {
    /// The scalars of the line that the match covers.
    var range: Range<Int>
    var ordinal: Int
  }

  private(set) var segments: [Int: [Segment]] = [:]
  /// The line on which each match begins.
  private(set) var lines: [Int] = []
  private var key: LessonText.Key?
  private var finder: TextFinder?

  /// Looks through the lines again if they or what is looked for changed.
  mutating func update(_ text: LessonText, _ finder: TextFinder?) {
    guard text.key != key || finder != self.finder else { return }
    key = text.key
    self.finder = finder
    segments = [:]
    lines = []
    guard let finder else { return }
    var scalars: [UInt32] = []
    /// For each line: where it begins in `scalars`, and how many of its own scalars stand before.
    var starts: [(at: Int, skipped: Int)] = []
    for line in text.lines {
      let folded = finder.fold(line.text.plain)
      let margin = folded.prefix { Self.isMargin($0) }.count
      starts.append((scalars.count, margin))
      scalars += folded[margin...]
      scalars.append(0x20)
    }
    var line = 0
    for (ordinal, range) in finder.ranges(in: scalars).enumerated() {
      while line + 1 < starts.count, starts[line + 1].at <= range.lowerBound { line += 1 }
      lines.append(line)
      var part = line
      while part < starts.count, starts[part].at < range.upperBound {
        let end = (part + 1 < starts.count ? starts[part + 1].at : scalars.count) - 1
        let covered =
          max(
            range.lowerBound, starts[part].at)..<max(
            max(range.lowerBound, starts[part].at), min(range.upperBound, end))
        let shift = starts[part].skipped - starts[part].at
        segments[part, default: []].append(
          Segment(range: covered.lowerBound + shift..<covered.upperBound + shift, ordinal: ordinal))
        part += 1
      }
    }
  }

  /// Spaces and the bars of quotations, which are no part of the text.
  private static func isMargin(_ scalar: UInt32) -> Bool {
    scalar == 0x20 || scalar == 0x2503 || scalar == 0x7C
  }
}
