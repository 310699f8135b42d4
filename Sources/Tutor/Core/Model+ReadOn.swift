internal import LessonKit
internal import LessonViews
internal import Screen

/// The position of the lesson's text when a run started.
struct ReadingPlace: Sendable, Equatable {
  let place: StepPlace
  /// The run block.
  let run: Int
  /// The first visible line.
  let offset: Int
}

extension Model {
  /// Scrolls to the text after the run block when its run has ended, unless the learner has scrolled
  /// meanwhile.
  mutating func readOn() {
    guard let reading = readingPlace else { return }
    readingPlace = nil
    guard reading.place == place, reading.run == selectedRun, reading.offset == scroll[.lesson],
      let rect = lessonRoom, let block = lessonText.lines(of: reading.run)
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

  /// The room of the lesson, also while a single pane shows the run.
  private var lessonRoom: Rect? {
    var reading = self
    reading.focus = .lesson
    return reading.content(of: .lesson)
  }
}
