internal import Catalog
internal import History
internal import LessonKit
internal import Trace
internal import Tutor

/// Lessons, their steps and the user's progress, as spoken lists.
extension PlainTutor {
  static func name(of lesson: Lesson) -> String {
    lesson.number.map { "Lesson \($0): \(lesson.title)" } ?? lesson.title
  }

  func sayLessons(_ answer: inout PlainAnswer) {
    answer.say("Lessons. \(progressSentence)")
    for (index, lesson) in model.course.lessons.enumerated() {
      let number = model.course.number(ofLesson: index)
      // A lesson without a number is opened by its name.
      let name = number.map { "\($0) " } ?? "go \(lesson.id): "
      let here = index == model.place.lesson ? " You are here." : ""
      let title = Self.title(of: lesson, among: model.course.lessons)
      answer.say("\(name)\(Narrator.closed(title)) \(seen(lesson: index)).\(here)")
    }
  }

  /// Returns a lesson's title. If another file's lesson has the same title, adds the file's name,
  /// or its path if the names are also equal.
  private static func title(of lesson: Lesson, among lessons: [Lesson]) -> String {
    let others = lessons.filter { $0.title == lesson.title && $0.file != lesson.file }
    guard !others.isEmpty else { return lesson.title }
    let isEnough = others.allSatisfy { $0.fileName != lesson.fileName }
    return "\(lesson.title), \(isEnough ? lesson.fileName : lesson.file)"
  }

  private func seen(lesson: Int) -> String {
    let count = model.course.lessons[lesson].steps.count
    let seen = model.seenCount(lesson: lesson)
    if seen == count { return count == 1 ? "Its step is seen" : "All \(count) steps seen" }
    return "\(seen) of \(PlainRunText.counted(count, "step")) seen"
  }

  func saySteps(_ answer: inout PlainAnswer) {
    guard let lesson = model.lesson else { return answer.say("There are no lessons here.") }
    let count = lesson.steps.count
    answer.say(
      "\(Narrator.closed(Self.name(of: lesson))) \(PlainRunText.counted(count, "step")).")
    for (index, step) in lesson.steps.enumerated() {
      let place = StepPlace(lesson: model.place.lesson, step: index)
      let isRun = model.progress.ran.contains(lesson.key(ofStep: index))
      let note =
        place == model.place
        ? "You are here." : isRun ? "Seen and run." : model.isSeen(place) ? "Seen." : "Not seen."
      answer.say("\(index + 1) \(Narrator.closed(step.title)) \(note)")
    }
  }

  /// Says the links of the step, and the lessons that they lead to.
  func sayLinks(_ picker: Picker, _ answer: inout PlainAnswer) {
    answer.say("\(PlainRunText.counted(picker.items.count, "link")) of this step:")
    for (index, item) in picker.items.enumerated() {
      let lesson = item.note.map { " In \(Narrator.closed($0))" } ?? ""
      answer.say("\(index + 1) \(Narrator.closed(item.title))\(lesson)")
    }
  }

  // MARK: progress

  var progressSentence: String {
    "\(model.seenCount()) of \(PlainRunText.counted(model.stepCount, "step")) seen."
  }

  func sayProgress(_ answer: inout PlainAnswer) {
    answer.say(progressSentence)
    for (index, lesson) in model.course.lessons.enumerated() {
      let ran = lesson.steps.indices.count {
        model.progress.ran.contains(lesson.key(ofStep: $0))
      }
      answer.say("\(Narrator.closed(Self.name(of: lesson))) \(seen(lesson: index)), \(ran) run.")
    }
  }

  // MARK: search

  /// The maximum number of steps in the list.
  private static let mostMatches = 20

  /// Lists the steps that have all words of a text.
  mutating func find(_ text: String, _ answer: inout PlainAnswer) {
    let words = TextFinder.words(of: text)
    spoken.use(model)
    var matches: [(place: StepPlace, text: String)] = []
    for step in spoken.steps {
      if let line = Self.firstLine(of: step, with: words) { matches.append((step.place, line)) }
    }
    guard !matches.isEmpty else {
      answer.say("Nothing was found for \"\(ValueText.abbreviated(text, limit: 60))\".")
      return sayChoices(&answer)
    }
    answer.say(matches.count == 1 ? "Found in 1 step." : "Found in \(matches.count) steps.")
    for (index, match) in matches.prefix(Self.mostMatches).enumerated() {
      let lesson = model.course.lessons[match.place.lesson]
      let name = lesson.number.map { "Lesson \($0)" } ?? lesson.title
      let title = lesson.steps[match.place.step].title
      answer.say(
        "\(index + 1) \(name), step \(match.place.step + 1), \(Narrator.closed(title))"
          + (match.text.isEmpty ? "" : " " + match.text))
    }
    if matches.count > Self.mostMatches {
      answer.say("Here are the first \(Self.mostMatches); more words find fewer.")
    }
    closeList()
    page = .steps(matches.prefix(Self.mostMatches).map(\.place))
    sayChoices(&answer)
  }

  /// Returns the first sentence of a step with all words, or "" for its title, which is said
  /// anyway.
  private static func firstLine(of step: SpokenSteps.Step, with words: [TextFinder]) -> String? {
    func isMatch(_ text: String) -> Bool { words.allSatisfy { $0.isFound(in: text) } }
    if isMatch(step.title) { return "" }
    return step.lines.first { isMatch($0.text) }
      .map { $0.text == step.title ? "" : excerpt($0.text, around: words[0]) }
  }

  /// Returns a few words before and after a match.
  private static func excerpt(_ text: String, around word: TextFinder) -> String {
    let words = text.split(separator: " ").map(String.init)
    let middle = words.firstIndex { word.isFound(in: $0) } ?? 0
    let start = max(0, middle - 8)
    let end = min(words.count, middle + 9)
    return (start > 0 ? "… " : "") + words[start..<end].joined(separator: " ")
      + (end < words.count ? " …" : "")
  }
}
