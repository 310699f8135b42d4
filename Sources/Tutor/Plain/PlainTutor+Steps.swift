internal import Catalog
internal import LessonKit
internal import Trace

extension PlainTutor {
  /// Chooses an item of the list that was told last; false where that is the step's choices.
  mutating func chooseFromList(_ number: Int, _ answer: inout PlainAnswer) -> Bool {
    let isChosen: Bool
    switch list {
    case .choices, .value, .saving: return false
    case .events:
      isChosen = (1...(model.session?.log.count ?? 1)).contains(number)
      if isChosen { move(.event(number), &answer) }
    case .recordings(let runs, let purpose, _):
      isChosen = choose(number, of: runs, purpose, &answer)
    case .lessons: isChosen = open(lessonNumbered: number, &answer)
    case .contents:
      let step = ListNumber.index(number, count: model.lesson?.steps.count ?? 0)
      isChosen = step != nil
      if let step { open(StepPlace(lesson: model.place.lesson, step: step), &answer) }
    case .matches(let places):
      let index = ListNumber.index(number, count: places.count)
      isChosen = index != nil
      if let index { open(places[index], &answer) }
    case .parameters(let run): isChosen = askValue(of: number, run: run, &answer)
    case .settings: isChosen = changeSetting(number, &answer)
    }
    if !isChosen {
      answer.say("There is no number \(number) in this list.")
      tellChoices(&answer)
    }
    return true
  }

  mutating func open(_ place: StepPlace, _ answer: inout PlainAnswer) {
    let isNewLesson = place.lesson != model.place.lesson
    model.open(place)
    tellStep(isNewLesson: isNewLesson, &answer)
  }

  // MARK: lessons and steps

  private mutating func open(lessonNumbered number: Int, _ answer: inout PlainAnswer) -> Bool {
    guard let index = model.course.index(ofLesson: "\(number)") else { return false }
    // The lesson that is open stays at its step.
    let step = index == model.place.lesson ? model.place.step : firstUnseen(lesson: index)
    model.open(StepPlace(lesson: index, step: step))
    tellStep(isNewLesson: true, &answer)
    return true
  }

  /// Where a lesson that was begun goes on.
  private func firstUnseen(lesson: Int) -> Int {
    let steps = model.course.lessons[lesson].steps.indices
    return steps.first { !model.isSeen(StepPlace(lesson: lesson, step: $0)) } ?? 0
  }

  static func name(of lesson: Lesson) -> String {
    lesson.number.map { "Lesson \($0): \(lesson.title)" } ?? lesson.title
  }

  mutating func tellLessons(_ answer: inout PlainAnswer) {
    answer.say("Lessons. \(progressSentence)")
    for (index, lesson) in model.course.lessons.enumerated() {
      let number = model.course.number(ofLesson: index)
      // Where others have numbers, one without is no number of this list.
      let name = number.map { "\($0) " } ?? "go \(lesson.id): "
      let here = index == model.place.lesson ? " You are here." : ""
      let title = Self.title(of: lesson, among: model.course.lessons)
      answer.say("\(name)\(Narrator.closed(title)) \(seen(lesson: index)).\(here)")
    }
    list = .lessons
    tellChoices(&answer)
  }

  /// A lesson's title; with its file's name where another file's lesson has the same, and with all
  /// of the path where that does not tell them apart either.
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

  mutating func tellContents(_ answer: inout PlainAnswer) {
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
    list = .contents
    tellChoices(&answer)
  }

  /// Goes to a step that a person names: `4`, `4/2`, `factorial/1`, `/3` in this lesson.
  mutating func go(to text: String, _ answer: inout PlainAnswer) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map { PlainCommand.trimmed($0) } ?? ""
    let found = name.isEmpty ? model.place.lesson : model.course.index(ofLesson: name)
    guard let lesson = found, model.course.lessons.indices.contains(lesson) else {
      answer.say("There is no lesson \"\(ValueText.abbreviated(name, limit: 40))\".")
      return tellLessons(&answer)
    }
    guard parts.count == 2 else {
      model.open(StepPlace(lesson: lesson, step: 0))
      return tellStep(isNewLesson: true, &answer)
    }
    let count = model.course.lessons[lesson].steps.count
    guard let step = ListNumber.index(in: PlainCommand.trimmed(parts[1]), count: count) else {
      answer.say(
        "That lesson has no step \"\(ValueText.abbreviated(String(parts[1]), limit: 40))\"; "
          + "its steps are 1 to \(count).")
      return
    }
    open(StepPlace(lesson: lesson, step: step), &answer)
  }

  // MARK: progress

  var progressSentence: String {
    let all = model.course.lessons.reduce(0) { $0 + $1.steps.count }
    return "\(model.seenCount()) of \(PlainRunText.counted(all, "step")) seen."
  }

  func tellProgress(_ answer: inout PlainAnswer) {
    answer.say(progressSentence)
    for (index, lesson) in model.course.lessons.enumerated() {
      let ran = lesson.steps.indices.count {
        model.progress.ran.contains(lesson.key(ofStep: $0))
      }
      answer.say("\(Narrator.closed(Self.name(of: lesson))) \(seen(lesson: index)), \(ran) run.")
    }
  }

  // MARK: finding words

  /// The most places that are told.
  private static let mostMatches = 20

  mutating func find(_ text: String, _ answer: inout PlainAnswer) {
    let words = TextFinder.words(of: text)
    guard !words.isEmpty else {
      answer.say("Type the words to look for too: find lock.")
      return
    }
    spoken.use(model)
    var matches: [(place: StepPlace, text: String)] = []
    for step in spoken.steps {
      if let line = Self.firstLine(of: step, with: words) { matches.append((step.place, line)) }
    }
    guard !matches.isEmpty else {
      answer.say("Nothing was found for \"\(ValueText.abbreviated(text, limit: 60))\".")
      return tellChoices(&answer)
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
      answer.say("The first \(Self.mostMatches) are told; more words find fewer.")
    }
    list = .matches(matches.prefix(Self.mostMatches).map(\.place))
    tellChoices(&answer)
  }

  /// The sentence of a step in which all words stand, as it would be read; empty for its title,
  /// which is told anyway.
  private static func firstLine(of step: SpokenSteps.Step, with words: [TextFinder]) -> String? {
    func isMatch(_ text: String) -> Bool { words.allSatisfy { $0.isFound(in: text) } }
    if isMatch(step.title) { return "" }
    return step.lines.first { isMatch($0.text) }
      .map { $0.text == step.title ? "" : excerpt($0.text, around: words[0]) }
  }

  /// The sentence around a word, cut between words to a length that can be heard.
  private static func excerpt(_ text: String, around word: TextFinder) -> String {
    let words = text.split(separator: " ").map(String.init)
    let middle = words.firstIndex { word.isFound(in: $0) } ?? 0
    let start = max(0, middle - 8)
    let end = min(words.count, middle + 9)
    return (start > 0 ? "… " : "") + words[start..<end].joined(separator: " ")
      + (end < words.count ? " …" : "")
  }
}
