internal import Events
internal import RunViews
internal import Catalog
package import LessonKit
internal import LessonViews
internal import Screen

/// The answers of the steps. They open when the run before them has ended, or when the learner asks.
extension Model {
  /// The measures that the step asks about in the run on display.
  package var askedMeasures: [String] {
    guard let session else { return [] }
    let block =
      step?.runs.first { $0.request?.words == session.request.words }
      ?? step?.runs.first {
        $0.request?.demo.id == session.request.demo.id
      }
    return block?.askedMeasures ?? session.request.demo.askedMeasures
  }

  /// Whether the table of the conclusion is among what a key opens.
  var hasClosedTable: Bool {
    session?.shown?.table.isEmpty == false && !showsAllMeasures
      && !askedMeasures.contains(Demo.table)
  }

  /// After the second run of a step, offers to compare it with the first.
  mutating func offerComparison(after ended: RunPlace) {
    let isSecond = endedRuns.contains { $0.step == ended.step && $0.run < ended.run }
    endedRuns.insert(ended)
    guard isSecond, let session, !session.isRecorded, place == ended.step else { return }
    offersComparison = true
    notify(
      Remark(naming: .recordings(.compare)) { "\($0) compares this run with the one before" },
      isWarning: false)
  }

  /// How many answers of a step are open.
  func openAnswers(at place: StepPlace) -> Int {
    // A search finds what the answers say.
    if search?.pane == .lesson { return .max }
    if let open = answers[place] { return open }
    guard course.lessons.indices.contains(place.lesson) else { return 0 }
    // The learner has read the first answer in an earlier session.
    return ranBefore.contains(course.lessons[place.lesson].key(ofStep: place.step)) ? 1 : 0
  }

  /// The first closed answer of the open step, or nil.
  package var closedAnswer: StepAnswer? {
    let open = openAnswers(at: place)
    return open < .max ? step?.answers.dropFirst(open).first : nil
  }

  /// How many runs of the step are above its first closed answer.
  package var shownRuns: Int {
    closedAnswer.map { $0.run + 1 } ?? step?.runs.count ?? 0
  }

  /// Opens the answers to the run that has ended, and shows the first of them.
  mutating func openAnswers(to ended: RunPlace) {
    let place = ended.step
    guard course.lessons.indices.contains(place.lesson) else { return }
    let steps = course.lessons[place.lesson].steps
    guard steps.indices.contains(place.step) else { return }
    let open = steps[place.step].answers.count { $0.run <= ended.run }
    if open > openAnswers(at: place) { answers[place] = open }
  }

  /// Opens the next answer of the step, and scrolls so that it begins on the screen.
  mutating func showAnswer() {
    let open = openAnswers(at: place)
    guard closedAnswer != nil else { return }
    let line = lessonText.lines.firstIndex { $0.isClosed }
    answers[place] = open + 1
    layOutLesson()
    guard let line, let rect = content(of: .lesson) else { return }
    // A paragraph ends at the next empty line.
    let lines = lessonText.lines
    let end = (line..<lines.count).first { lines[$0].text.isEmpty } ?? lines.count
    var view = ScrollView(
      offset: scroll[.lesson], contentHeight: lines.count, height: rect.height)
    view.reveal(end - 1)
    view.reveal(line)
    scroll[.lesson] = view.offset
  }
}
