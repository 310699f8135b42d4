internal import Catalog
internal import LessonKit
internal import Screen

/// A step as lines of a given width.
struct LessonText: Sendable, Equatable {
  struct Line: Sendable, Equatable {
    var text: StyledText
    /// Which of the step's runnable blocks the line belongs to.
    var run: Int?
  }

  /// What the lines depend on.
  struct Key: Sendable, Equatable {
    var place: StepPlace
    var width: Int
    var selectedRun: Int
    /// What each block would run, as words.
    var runs: [[String]]
  }

  private(set) var key: Key?
  private(set) var lines: [Line] = []

  init() {}

  init(_ model: Model, width: Int) {
    key = Self.key(model, width: width)
    // Lines longer than this tire the eye.
    var setter = BlockSetter(model: model)
    lines = setter.page(width: min(width, 84))
  }

  /// Another step as lines, as the screen shows it once it is opened.
  init(_ model: Model, place: StepPlace, width: Int) {
    var there = model
    if place != model.place { there.selectedRun = 0 }
    there.place = place
    self.init(there, width: width)
  }

  static func key(_ model: Model, width: Int) -> Key {
    let count = model.step?.runs.count ?? 0
    return Key(
      place: model.place, width: width, selectedRun: model.selectedRun,
      runs: (0..<count).map { model.request(run: $0)?.words ?? [] })
  }

  /// The lines of a runnable block.
  func lines(of run: Int) -> Range<Int>? {
    guard let first = lines.firstIndex(where: { $0.run == run }),
      let last = lines.lastIndex(where: { $0.run == run })
    else { return nil }
    return first..<(last + 1)
  }

  /// The runnable blocks with a line in a range.
  func runs(in range: Range<Int>) -> [Int] {
    var seen: [Int] = []
    for line in lines[range.clamped(to: 0..<lines.count)] {
      if let run = line.run, !seen.contains(run) { seen.append(run) }
    }
    return seen
  }
}
