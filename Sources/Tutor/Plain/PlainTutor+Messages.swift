internal import Catalog
internal import LessonKit
internal import Trace

extension PlainTutor {
  mutating func take(_ message: Message, _ answer: inout PlainAnswer) {
    switch message {
    case .input, .resized: return
    case .events(let events): take(events, &answer)
    case .runBegan(let request):
      answer.effects += update(&model, message)
      lanes = PlainLanes()
      teller = PlainTeller(request.demo, tellsAll: tellsAll)
      list = .choices
      answer.say("Running \(PlainRunText.name(request)).")
      if !isScripted { answer.say("While it runs: pause, stop or state, and Enter.") }
    case .runRefused(let reason):
      answer.effects += update(&model, message)
      answer.say(Narrator.closed(reason))
      tellChoices(&answer)
    case .computing(let actors):
      let before = model.session?.stillComputing ?? []
      answer.effects += update(&model, message)
      if let session = model.session, before.isEmpty, !actors.isEmpty {
        let names = actors.prefix(4).map { session.state.name(of: $0) }
        let verb = actors.count == 1 ? "still computes" : "still compute"
        answer.say("\(names.listed) \(verb); the run pauses when that is done.")
      }
    case .reloaded(_, let notices):
      answer.effects += update(&model, message)
      // What numbers meant, and what was typed for runs, may be gone.
      list = .choices
      drafts = [:]
      spoken = SpokenSteps()
      for notice in notices { answer.say(Narrator.closed(notice)) }
      answer.say("Type again to hear the step as it is now.")
    case .told(let text), .warned(let text):
      answer.effects += update(&model, message)
      answer.say(Narrator.closed(text))
    default:
      answer.effects += update(&model, message)
    }
  }

  /// Takes the run's events one by one, since each sentence tells what is true just then.
  private mutating func take(_ events: [Event], _ answer: inout PlainAnswer) {
    for event in events {
      let found = model.session?.findings.count ?? 0
      model.session?.append([event], now: model.now)
      lanes.note(event)
      guard let session = model.session else { continue }
      teller?.tell(event, session, isPaused: session.isPauseAsked, &answer.lines)
      for finding in session.findings.dropFirst(found) {
        answer.say(
          PlainRunText.timed(
            finding.time, "Found, \(FindingBox.title(finding)): \(finding.description)."))
      }
      if event.kind == .runPause {
        // Pages that were turned while it ran are not what the person asks about now.
        if case .events = list { list = .choices }
        tellChoices(&answer)
      }
    }
    guard !events.isEmpty, let session = model.session else { return }
    if !session.isLive {
      tellEnd(session, &answer)
      // A run that waited for this one's end begins now.
      answer.effects += model.take([])
    }
  }

  private mutating func tellEnd(_ session: RunSession, _ answer: inout PlainAnswer) {
    guard let teller else { return }
    answer.say(PlainRunText.end(session, lanes, told: teller.told))
    self.teller = nil
    guard model.queued == nil else { return }
    answer.lines.append(.blank)
    tellChoices(&answer)
  }
}
