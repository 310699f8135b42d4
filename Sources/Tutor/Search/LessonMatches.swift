internal import LessonViews
internal import Screen

/// The lines of a step as one text, because a match may continue on the next line.
struct SearchableLines: Sendable {
  let scalars: [UInt32]
  /// For each line: its start in `scalars`, and the number of its scalars before that start.
  let starts: [(at: Int, skipped: Int)]

  init(_ text: LessonText) {
    var scalars: [UInt32] = []
    var starts: [(at: Int, skipped: Int)] = []
    for line in text.lines {
      let own = line.text.plain.unicodeScalars.map(\.value)
      let margin = own.prefix { Self.isMargin($0) }.count
      starts.append((scalars.count, margin))
      scalars += own[margin...]
      scalars.append(0x20)
    }
    self.scalars = scalars
    self.starts = starts
  }

  /// Whether a scalar is a space or the bar of a quotation, which do not belong to the text.
  private static func isMargin(_ scalar: UInt32) -> Bool {
    scalar == 0x20 || scalar == 0x2503 || scalar == 0x7C
  }
}

/// The matches in the lines of the open step.
struct LessonMatches: Sendable, Equatable {
  struct Segment: Sendable, Equatable {
    /// The scalars of the line that the match covers.
    var range: Range<Int>
    var ordinal: Int
  }

  /// The segments by line. A match over two lines has a segment on each.
  private(set) var segments: [Int: [Segment]] = [:]
  /// The first line of each match.
  private(set) var lines: [Int] = []
  private var key: LessonText.Key?
  private var finder: TextFinder?

  /// Searches the lines again if they or the searched text have changed.
  mutating func update(_ text: LessonText, _ finder: TextFinder?) {
    guard text.key != key || finder != self.finder else { return }
    key = text.key
    self.finder = finder
    segments = [:]
    lines = []
    guard let finder else { return }
    let joined = SearchableLines(text)
    var line = 0
    for (ordinal, range) in finder.ranges(in: joined.scalars).enumerated() {
      while line + 1 < joined.starts.count, joined.starts[line + 1].at <= range.lowerBound {
        line += 1
      }
      lines.append(line)
      addSegments(of: range, ordinal, from: line, joined)
    }
  }

  private mutating func addSegments(
    of range: Range<Int>, _ ordinal: Int, from line: Int, _ joined: SearchableLines
  ) {
    var line = line
    while line < joined.starts.count, joined.starts[line].at < range.upperBound {
      let start = joined.starts[line]
      let next = line + 1 < joined.starts.count ? joined.starts[line + 1].at : joined.scalars.count
      // The space that joins two lines is not on the screen.
      let covered = range.clamped(to: start.at..<max(start.at, next - 1))
      let shift = start.skipped - start.at
      segments[line, default: []].append(
        Segment(
          range: covered.lowerBound + shift..<covered.upperBound + shift, ordinal: ordinal))
      line += 1
    }
  }
}
