internal import Catalog
internal import LessonKit
package import Screen

/// A step as lines of a given width.
package struct LessonText: Sendable, Equatable {
  package struct Line: Sendable, Equatable {
    package var text: StyledText
    /// The index of the runnable block that the line belongs to, or nil.
    package var run: Int?
    /// Whether the line is in place of a closed answer.
    package var isClosed = false
  }

  /// The values that the lines depend on, apart from the course and the symbols.
  package struct Key: Sendable, Equatable {
    var place: StepPlace
    var width: Int
    var selectedRun: Int
    var closedAnswer: StepAnswer?
    var ending: LessonPage.Ending?
    /// The words of each block's request.
    var runs: [[String]]

    package init(_ page: LessonPage, width: Int) {
      place = page.place
      self.width = width
      selectedRun = page.selectedRun
      closedAnswer = page.closedAnswer
      ending = page.ending
      runs = page.requests.map { $0?.words ?? [] }
    }
  }

  package private(set) var key: Key?
  package private(set) var lines: [Line] = []

  package init() {}

  package init(_ page: LessonPage, width: Int) {
    key = Key(page, width: width)
    // Longer lines are hard to read.
    var layout = BlockLayout(page)
    lines = layout.lines(width: min(width, 84))
  }

  /// Returns the lines of a runnable block.
  package func lines(of run: Int) -> Range<Int>? {
    guard let first = lines.firstIndex(where: { $0.run == run }),
      let last = lines.lastIndex(where: { $0.run == run })
    else { return nil }
    return first..<(last + 1)
  }

  /// Returns the runnable blocks with a line in a range.
  package func runs(in range: Range<Int>) -> [Int] {
    var seen: [Int] = []
    for line in lines[range.clamped(to: 0..<lines.count)] {
      if let run = line.run, !seen.contains(run) { seen.append(run) }
    }
    return seen
  }
}
