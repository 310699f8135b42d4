internal import Catalog
internal import History
internal import LessonKit
internal import RunViews
internal import Screen
internal import Trace
internal import Tutor

/// The layers of the model as spoken lists; numbers choose their rows.
extension PlainTutor {
  /// Says the open list.
  mutating func sayList(_ answer: inout PlainAnswer) {
    page = .none
    switch model.layer {
    case .lessons: sayLessons(&answer)
    case .contents(let picker):
      if picker.isOfLinks { sayLinks(picker, &answer) } else { saySteps(&answer) }
    case .parameters(let form): sayParameters(form, &answer)
    case .settings: saySettings(&answer)
    case .save(let form):
      answer.say(
        "What should the file be called? Type its name, Enter for \(form.field.text), or back.")
    case .recordings(let picker, let purpose):
      let count = PlainRunText.counted(
        picker.items.count, purpose == .compare ? "other run" : "recent run")
      answer.say(picker.items.count == 1 ? "\(count):" : "\(count), newest first:")
      sayRuns(picker, from: 0, &answer)
    case .help, .finding, .palette, .comparison, nil: break
    }
  }

  /// Chooses a row of the current list by its number.
  /// - Returns: whether the list has such a row, or nil if no list is open.
  mutating func chooseRow(_ number: Int, _ answer: inout PlainAnswer) -> Bool? {
    switch page {
    case .events:
      guard number >= 1, number <= model.session?.log.count ?? 0 else { return false }
      perform(.event(number), &answer)
      return true
    case .steps(let places):
      guard let index = ListNumber.index(number, count: places.count) else { return false }
      perform(.open(places[index]), &answer)
      return true
    case .none, .runs, .value: break
    }
    let row: Int?
    switch model.layer {
    case .lessons: row = model.course.index(ofLesson: "\(number)")
    case .contents(let picker) where !picker.isOfLinks:
      row = ListNumber.index(number, count: model.lesson?.steps.count ?? 0).flatMap { step in
        let place = StepPlace(lesson: model.place.lesson, step: step)
        return picker.items.firstIndex { $0.choice == .place(place) }
      }
    case .contents(let picker), .recordings(let picker, _):
      row = ListNumber.index(number, count: picker.items.count)
    case .parameters(let form):
      guard let index = ListNumber.index(number, count: form.fields.count) else { return false }
      askValue(index, &answer)
      return true
    case .settings: return changeSetting(number, &answer)
    case .save, .help, .finding, .palette, .comparison, nil: return nil
    }
    guard let row else { return false }
    _ = model.perform(.select(row))
    perform(.accept, &answer)
    return true
  }

  // MARK: recordings

  /// The number of runs on a page.
  private static let runsOnPage = 10

  /// Says a page of the list of runs.
  /// - Parameter first: the index of the first run on the page.
  mutating func sayRuns(_ picker: Picker, from first: Int, _ answer: inout PlainAnswer) {
    let end = min(picker.items.count, first + Self.runsOnPage)
    for number in first + 1...max(first + 1, end) {
      guard let run = picker.recording(number) else { continue }
      answer.say("\(number) \(PlainRecordingText.line(run, model.catalog))")
    }
    page = .runs(next: end)
  }

  /// Returns the run at a path in the open list, or nil.
  func listedRun(at path: String) -> RecentRun? {
    guard case .recordings(let picker, _) = model.layer else { return nil }
    return picker.items.lazy.compactMap { item in
      if case .recording(let run) = item.choice, run.path == path { run } else { nil }
    }.first
  }

  /// Saves the run under the typed name. A line that is a command word performs the command
  /// instead.
  mutating func handle(file line: String, _ form: SaveForm, _ answer: inout PlainAnswer) {
    if line == "back" { answer.say("Nothing was saved.") }
    if WordTable.all.contains(where: { $0.words.contains(line) }),
      let command = PlainLine.command(in: line)
    {
      if command != .close { closeList() }
      return perform(command, &answer)
    }
    perform(.save(as: line.isEmpty ? form.field.text : typed), &answer)
  }

  // MARK: settings

  private func saySettings(_ answer: inout PlainAnswer) {
    let isASCII = model.settings.isASCII
    answer.say("Settings:")
    answer.say("1 Plain ASCII letters only: \(isASCII ? "on" : "off").")
    answer.say("2 Numbers before lines of code: \(numbersLines ? "on" : "off").")
    answer.say(
      "3 Every event of a run is reported: \(reportsAll ? "on" : "off, only what changes something")."
    )
  }

  /// Changes a setting. The first one also applies to the screen, the others to plain mode only.
  private mutating func changeSetting(_ number: Int, _ answer: inout PlainAnswer) -> Bool {
    switch number {
    case 1:
      let row = SettingsForm.Field.allCases.firstIndex(of: .symbols) ?? 0
      answer.effects += model.perform(.select(row)) + model.perform(.choose(1))
    case 2: numbersLines.toggle()
    case 3: reportsAll.toggle()
    default: return false
    }
    saySettings(&answer)
    sayChoices(&answer)
    return true
  }
}
