internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import RunViews
internal import Trace
internal import Tutor

/// Answers to questions: the screen shows all of this without a command.
extension PlainTutor {
  /// Answers a question.
  mutating func answer(_ question: Question, _ answer: inout PlainAnswer) {
    switch question {
    case .step: sayStep(isNewLesson: true, &answer)
    case .code(let numbered): sayCode(numbered: numbered, &answer)
    case .steps(let text): find(text, &answer)
    case .progress: sayProgress(&answer)
    case .choices: sayChoices(&answer)
    case .more: sayMore(&answer)
    case .speed:
      answer.say(
        model.isPlaybackSpeed
          ? "Playing goes \(model.playbackSpeed.phrase)."
          : "A run with delays goes \(model.speed.phrase).")
      answer.say("Type speed and one of \(RunSpeed.allCases.map(\.word).listed) to change it.")
    case .state, .timeline, .results, .events, .event:
      if let session = model.session { self.answer(question, session, &answer) }
    }
  }

  private mutating func answer(
    _ question: Question, _ session: RunSession, _ answer: inout PlainAnswer
  ) {
    switch question {
    case .state:
      answer.say(PlainRunText.state(session, now: model.now, listing: model.shownListing))
    case .timeline:
      answer.say(PlainRunText.timeline(session.atHead))
    case .event:
      answer.say(PlainRunText.moment(session, now: model.now, listing: model.shownListing))
    case .events(let page):
      sayEvents(page: page ?? Self.pages(of: session.log), session.log, &answer)
    case .results:
      sayReach(session, &answer)
      for text in PlainRunText.shown(session) { answer.say(text) }
      for result in session.results() { answer.say("\(result.name) is \(result.value).") }
      for text in PlainRunText.bars(session) { answer.say(text) }
    default: break
    }
  }

  /// Says up to which event an answer goes, unless it is the newest.
  private func sayReach(_ session: RunSession, _ answer: inout PlainAnswer) {
    if session.isRewound { answer.say("Up to \(session.place):") }
  }

  func sayFindings(_ answer: inout PlainAnswer) {
    guard let session = model.session else { return }
    sayReach(session, &answer)
    for finding in session.findings {
      let time = ValueText.moment(Int64(clamping: finding.time))
      answer.say(
        "Found at \(time), \(FindingBox.title(finding, of: session.request)): \(finding.description)."
      )
      answer.say(FindingBox.advice(finding))
    }
    for text in PlainRunText.exceptions(session) { answer.say(text) }
  }

  /// Says the next page of the current list.
  private mutating func sayMore(_ answer: inout PlainAnswer) {
    if case .events(let next?) = page, let session = model.session {
      return sayEvents(page: next, session.log, &answer)
    }
    if case .recordings(let picker, _) = model.layer, let next = nextRun(of: picker) {
      sayRuns(picker, from: next, &answer)
    }
    sayChoices(&answer)
  }

  // MARK: events

  private static let eventsOnPage = 25

  private static func pages(of log: EventLog) -> Int {
    max(1, (log.count + eventsOnPage - 1) / eventsOnPage)
  }

  private mutating func sayEvents(page: Int, _ log: EventLog, _ answer: inout PlainAnswer) {
    closeList()
    let pages = Self.pages(of: log)
    guard (1...pages).contains(page) else {
      answer.say(
        page > pages
          ? "These were all events." : "The pages of the events are 1 to \(pages).")
      return sayChoices(&answer)
    }
    let range = (page - 1) * Self.eventsOnPage..<min(log.count, page * Self.eventsOnPage)
    answer.say(
      "Events \(ValueText.grouped(range.lowerBound + 1)) to \(ValueText.grouped(range.upperBound)) "
        + "of \(ValueText.grouped(log.count)), page \(page) of \(ValueText.grouped(pages)):")
    var state = log.state(at: range.lowerBound)
    // The names of actors may come from later events.
    state.adoptNames(from: log.state)
    for (index, event) in zip(range, log.events(in: range)) {
      state.apply(event)
      let sentence = PlainRunText.timed(event.time, Narrator.sentence(event, state: state))
      answer.say("\(ValueText.grouped(index + 1)): \(sentence)")
    }
    self.page = .events(next: page < pages ? page + 1 : nil)
    if page == pages { answer.say("These were all events.") }
    sayChoices(&answer)
  }

  // MARK: code and help

  private func sayCode(numbered: Bool, _ answer: inout PlainAnswer) {
    guard let listing = model.shownListing else { return }
    answer.say(
      SpokenBlocks.code(
        RunListing(listing, request: model.shownRequest).lines.map(\.text), language: "python",
        file: listing.name,
        numbersLines: numbered || numbersLines))
    guard let session = model.session, session.isLive || session.isRewound else { return }
    for actor in session.state.actors where actor.isAlive && actor.id != .main {
      if let line = actor.line { answer.say("\(actor.name) is at line \(line).") }
    }
  }

  func sayHelp(_ answer: inout PlainAnswer) {
    answer.say("A number selects a choice or an item of the current list.")
    for section in WordTable.sections {
      answer.say("\(section.title):")
      for word in section.words { answer.say(word.helpSentence) }
    }
    answer.say(
      "items=5, or items 5: change a parameter of the run, by its name; several with equals signs, "
        + "and spaces between.")
    answer.say("Ctrl-C stops the run, or leaves if nothing runs. Ctrl-D leaves.")
  }
}
