internal import Catalog
package import LessonKit
package import Screen

/// A step as lines of a given width.
package struct LessonText: Sendable, Equatable {
  package struct Line: Sendable, Equatable {
    package var text: StyledText
    /// Which of the step's runnable blocks the line belongs to.
    package var run: Int?
  }

  /// The values that the lines depend on, apart from the course and the symbols.
  package struct Key: Sendable, Equatable {
    package var place: StepPlace
    package var width: Int
    package var selectedRun: Int
    /// What each block would run, as words.
    package var runs: [[String]]

    package init(_ page: LessonPage, width: Int) {
      place = page.place
      self.width = width
      selectedRun = page.selectedRun
      runs = page.requests.map { $0?.words ?? [] }
    }
  }

  package private(set) var key: Key?
  package private(set) var lines: [Line] = []

  package init() {}

  package init(_ page: LessonPage, width: Int) {
    key = Key(page, width: width)
    // Longer lines are hard to read.
    var setter = BlockSetter(page)
    lines = setter.lines(width: min(width, 84))
  }

  /// The lines of a runnable block.
  package func lines(of run: Int) -> Range<Int>? {
    guard let first = lines.firstIndex(where: { $0.run == run }),
      let last = lines.lastIndex(where: { $0.run == run })
    else { return nil }
    return first..<(last + 1)
  }

  /// The runnable blocks with a line in a range.
  package func runs(in range: Range<Int>) -> [Int] {
    var seen: [Int] = []
    for line in lines[range.clamped(to: 0..<lines.count)] {
      if let run = line.run, !seen.contains(run) { seen.append(run) }
    }
    return seen
  }
}
