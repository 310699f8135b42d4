internal import Catalog
internal import LessonKit
internal import Trace

extension PlainTutor {
  mutating func perform(_ command: PlainCommand, _ answer: inout PlainAnswer) {
    switch command {
    case .run(let words): run(words, &answer)
    case .parameters(let words):
      if let index = index(of: words.which, &answer) {
        tellParameters(index, &answer)
      } else {
        tellChoices(&answer)
      }
    case .assign(let words):
      assign(words, run: chosenRun, &answer)
      tellChoices(&answer)
    case .defaults:
      resetValues(run: chosenRun, &answer)
      tellChoices(&answer)
    case .stepOnce where isLookingBack: move(.later(1), &answer)
    case .pause, .resume, .stepOnce, .stop: control(command, &answer)
    case .earlier(nil) where list != .choices || model.session == nil:
      list = .choices
      tellChoices(&answer)
    case .earlier, .later, .firstEvent, .newestEvent, .event, .moment: move(command, &answer)
    case .search(let text): search(text, &answer)
    case .nextMatch, .previousMatch: goToMatch(isForward: command == .nextMatch, &answer)
    case .endOfWait(let name): goToEndOfWait(of: name, &answer)
    case .play: play(&answer)
    case .speed(let wish): changeSpeed(wish, &answer)
    case .recordings: askForRuns(.replay, &answer)
    case .compare: askForRuns(.compare, &answer)
    case .remove(let number): move(run: number, isRemoval: true, &answer)
    case .putBack(let number): move(run: number, isRemoval: false, &answer)
    case .save(let path): save(path.isEmpty ? "" : exactly(path), &answer)
    case .next, .previous: turn(command, &answer)
    case .again: tellStep(isNewLesson: true, &answer)
    case .code(let numbered): tellCode(numbered: numbered, &answer)
    case .lessons: tellLessons(&answer)
    case .contents: tellContents(&answer)
    case .go(let text): go(to: text, &answer)
    case .find(let text): find(text, &answer)
    case .progress: tellProgress(&answer)
    case .settings: tellSettings(&answer)
    case .help: tellHelp(&answer)
    case .more:
      switch list {
      case .events(let next?): tellEvents(page: next, &answer)
      case .recordings(let runs, let purpose, let next) where next < runs.count:
        tell(runs, purpose, from: next, &answer)
      default: tellChoices(&answer)
      }
    case .shellCommand:
      if let request = readyRun(chosenRun, &answer) {
        answer.lines.append(SpokenLine(request.shellCommand, .code))
      }
      tellChoices(&answer)
    case .choices: tellChoices(&answer)
    case .quit: quit(&answer)
    case .state, .timeline, .events, .results, .finding: tellRun(command, &answer)
    }
  }

  // MARK: the run

  private mutating func run(_ words: PlainRunWords, _ answer: inout PlainAnswer) {
    guard let index = index(of: words.which, &answer) else { return tellChoices(&answer) }
    if words.values.isEmpty || assign(words.values, run: index, &answer, isRunNext: true) {
      run(index, &answer)
    } else {
      tellChoices(&answer)
    }
  }

  /// The run that is meant; nil, and that told, where the step has none of that demo.
  private func index(of which: PlainRunWords.Which?, _ answer: inout PlainAnswer) -> Int? {
    switch which {
    case nil: return chosenRun
    case .index(let index)?: return index
    case .demo(let name)?:
      let runs = model.step?.runs.indices.map { ($0, model.request(run: $0)?.demo.id) } ?? []
      if let run = runs.first(where: { $0.1 == name.lowercased() }) { return run.0 }
      let told = ValueText.abbreviated(name, limit: 40)
      answer.say("This step has no run \"\(told)\". Nothing was changed.")
      return nil
    }
  }

  private mutating func run(_ index: Int, _ answer: inout PlainAnswer) {
    guard readyRun(index, &answer) != nil else { return }
    model.selectedRun = index
    if let reason = KeyTable.reason(against: .run, model) {
      answer.say(Self.sentence(reason))
      return
    }
    if model.session?.isLive == true {
      answer.say("The run before is stopped first.")
    }
    answer.effects += model.perform(.run)
  }

  private mutating func control(_ command: PlainCommand, _ answer: inout PlainAnswer) {
    let isPaused = model.session?.isPauseAsked == true
    let meant: Command
    switch command {
    case .stepOnce: meant = .stepOnce
    case .stop: meant = .stop
    default: meant = .pause
    }
    if let reason = KeyTable.reason(against: meant, model) {
      answer.say(Self.sentence(reason))
      if !isBusy { tellChoices(&answer) }
      return
    }
    switch command {
    case .pause where isPaused: answer.say("The run is paused already.")
    case .resume where !isPaused: answer.say("The run is not paused.")
    default:
      if command == .stop { answer.say("Stopping the run.") }
      if command == .pause { answer.say("Pausing.") }
      answer.effects += model.perform(meant)
    }
  }

  static func sentence(_ reason: String) -> String {
    Narrator.closed(reason.prefix(1).uppercased() + reason.dropFirst())
  }

  private mutating func tellRun(_ command: PlainCommand, _ answer: inout PlainAnswer) {
    guard let session = model.session else {
      answer.say("Nothing has run yet.")
      return tellChoices(&answer)
    }
    if session.isRewound, command == .results || command == .finding {
      answer.say("Up to \(PlainRunText.place(session)):")
    }
    switch command {
    case .state:
      answer.say(PlainRunText.state(session, now: model.now, listing: model.shownListing))
    case .timeline: answer.say(PlainRunText.timeline(session.atHead, lanes))
    case .results:
      let bars = PlainRunText.bars(session)
      let shown = PlainRunText.shown(session)
      if session.resultCount == 0, bars.isEmpty, shown.isEmpty {
        answer.say("The run has given no result.")
      }
      for text in shown { answer.say(text) }
      for result in session.results() { answer.say("\(result.name) is \(result.value).") }
      for text in bars { answer.say(text) }
    case .finding:
      let found = session.findings.map { finding in
        let time = ValueText.moment(Int64(clamping: finding.time))
        return "Found at \(time), \(FindingBox.title(finding)): \(finding.description)."
      }
      for text in found { answer.say(text) }
      for text in PlainRunText.exceptions(session) { answer.say(text) }
      if found.isEmpty, session.raises.isEmpty { answer.say("Nothing was found in this run.") }
    case .events(let page):
      switch page {
      case .number(let number): tellEvents(page: number, &answer)
      case .last: tellEvents(page: Self.pages(of: session.log), &answer)
      }
      return
    default: break
    }
  }

  // MARK: events

  static let eventsOnPage = 25

  private static func pages(of log: EventLog) -> Int {
    max(1, (log.count + eventsOnPage - 1) / eventsOnPage)
  }

  mutating func tellEvents(page: Int, _ answer: inout PlainAnswer) {
    guard let session = model.session else { return }
    let log = session.log
    let pages = Self.pages(of: log)
    guard (1...pages).contains(page) else {
      answer.say(
        page > pages
          ? "These were all events." : "The pages of the events are 1 to \(pages).")
      list = .choices
      return tellChoices(&answer)
    }
    let range = (page - 1) * Self.eventsOnPage..<min(log.count, page * Self.eventsOnPage)
    answer.say(
      "Events \(ValueText.grouped(range.lowerBound + 1)) to \(ValueText.grouped(range.upperBound)) "
        + "of \(ValueText.grouped(log.count)), page \(page) of \(ValueText.grouped(pages)):")
    var state = log.state(at: range.lowerBound)
    // Who is only spawned here has a name by now.
    state.takeNames(of: log.state)
    for index in range {
      let event = log[index]
      state.apply(event)
      let told = PlainRunText.timed(event.time, Narrator.sentence(event, state: state))
      answer.say("\(ValueText.grouped(index + 1)): \(told)")
    }
    list = .events(next: page < pages ? page + 1 : nil)
    if page == pages { answer.say("These were all events.") }
    tellChoices(&answer)
  }

  // MARK: the lesson

  private mutating func turn(_ command: PlainCommand, _ answer: inout PlainAnswer) {
    guard let place = command == .next ? model.nextPlace : model.previousPlace else {
      answer.say(
        command == .next
          ? "This is the last step of the last lesson." : "This is the first step.")
      return tellChoices(&answer)
    }
    open(place, &answer)
  }

  private mutating func tellCode(numbered: Bool, _ answer: inout PlainAnswer) {
    guard let listing = model.shownListing else {
      answer.say("This lesson has no listing.")
      return
    }
    answer.say(
      SpokenBlocks.code(
        listing.lines, language: "python", file: listing.name,
        numbersLines: numbered || numbersLines))
    guard let session = model.session, session.isLive || session.isRewound else { return }
    for actor in session.state.actors where actor.isAlive && actor.id != .main {
      if let line = actor.line { answer.say("\(actor.name) is at line \(line).") }
    }
  }

  /// What follows a word, as it was typed: a file's name may have several blanks in it.
  private func exactly(_ rest: String) -> String {
    let exact = PlainCommand.trimmed(typed.drop { !$0.isWhitespace })
    return PlainCommand.blanked(exact) == rest ? exact : rest
  }

  // MARK: settings and help

  mutating func tellSettings(_ answer: inout PlainAnswer) {
    let isASCII = model.settings.isASCII
    answer.say("Settings:")
    answer.say("1 Plain ASCII letters only: \(isASCII ? "on" : "off").")
    answer.say("2 Numbers before lines of code: \(numbersLines ? "on" : "off").")
    answer.say(
      "3 Every event of a run is told: \(tellsAll ? "on" : "off, only what changes something").")
    list = .settings
    tellChoices(&answer)
  }

  mutating func changeSetting(_ number: Int, _ answer: inout PlainAnswer) -> Bool {
    switch number {
    case 1:
      model.settings.isASCII.toggle()
      answer.effects.append(.settings(model.settings))
    case 2: numbersLines.toggle()
    case 3: tellsAll.toggle()
    default: return false
    }
    tellSettings(&answer)
    return true
  }

  private func tellHelp(_ answer: inout PlainAnswer) {
    answer.say("A number takes the choice or the item of the list that has it.")
    for section in PlainWord.sections {
      answer.say("\(section.title):")
      for word in section.words { answer.say(word.helpSentence) }
    }
    answer.say(
      "items=5, or items 5: change a parameter of the run, by its name; several with equals signs, "
        + "and spaces between.")
    answer.say("Ctrl-C stops the run, and leaves where nothing runs. Ctrl-D leaves.")
    tellChoices(&answer)
  }
}

extension KeyTable {
  /// Why a command of the full screen's panes does nothing now; nil where it does something.
  static func reason(against command: Command, _ model: Model) -> String? {
    var reason: String?
    for binding in bindings where binding.command == command && binding.scopes.contains(.panes) {
      switch binding.availability(model) {
      case .now: return nil
      case .no(let why): reason = reason ?? why
      }
    }
    return reason
  }
}
