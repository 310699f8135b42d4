internal import LessonKit
internal import LessonViews
internal import Screen

/// A place in a step, as it was when a run began.
struct ReadingPlace: Sendable, Equatable {
  let place: StepPlace
  /// The runnable block that was run.
  let run: Int
  /// The first line in sight.
  let offset: Int
}

extension Model {
  /// When a run has ended, what the step says of it comes into sight, where the lesson's pane is too
  /// small for all of it and the learner has not moved it meanwhile.
  mutating func readOn() {
    guard let reading = readingPlace else { return }
    readingPlace = nil
    guard reading.place == place, reading.run == selectedRun, reading.offset == scroll[.lesson],
      let rect = content(of: .lesson), let block = lessonText.lines(of: reading.run)
    else { return }
    let lines = lessonText.lines
    let rest = block.upperBound..<lines.count
    guard let next = rest.first(where: { !lines[$0].text.isEmpty && lines[$0].run == nil })
    else { return }
    // A paragraph ends at the next empty line.
    let end = (next..<lines.count).first { lines[$0].text.isEmpty } ?? lines.count
    let seen = reading.offset..<reading.offset + rect.height
    guard !seen.contains(next) || !seen.contains(end - 1) else { return }
    scroll[.lesson] = max(0, min(next, lines.count - rect.height))
  }
}
