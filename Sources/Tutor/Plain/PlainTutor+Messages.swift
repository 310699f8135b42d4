internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import Trace

extension PlainTutor {
  mutating func take(_ message: Message, _ answer: inout PlainAnswer) {
    switch message {
    case .input, .resized: return
    case .tick: roll(message, &answer)
    case .events(let events): take(events, &answer)
    case .runBegan(let request):
      answer.effects += update(&model, message)
      forgetRun()
      awaitsAnswer = false
      teller = PlainTeller(request.demo, tellsAll: tellsAll)
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
    case .told(let text):
      answer.effects += update(&model, message)
      awaitsAnswer = false
      answer.say(Self.sentence(text))
    case .warned(let text):
      answer.effects += update(&model, message)
      awaitsAnswer = false
      // It may begin with the name of a file, which stays as it is.
      answer.say(Narrator.closed(text))
    case .recordingBegan(let header, _, let isOfTheseLessons):
      awaitsAnswer = false
      begin(message, header, isOfTheseLessons: isOfTheseLessons, &answer)
    case .recorded(let events, let read, let size):
      take(message, events, read: read, of: size, &answer)
    case .recordingEnded(let complaint):
      awaitsAnswer = false
      endRecording(complaint, &answer)
    case .recentRuns(let runs, let purpose): take(runs, for: purpose, &answer)
    case .recordingMoved(let path, let isRemoved):
      answer.effects += update(&model, message)
      noteMoved(path, isRemoved: isRemoved, &answer)
    case .comparand(let other):
      awaitsAnswer = false
      answer.effects += update(&model, message)
      if case .comparison(let view) = model.layer {
        model.layer = nil
        answer.say(PlainRecordingText.lines(view))
        if let complaint = other.complaint { answer.say(Self.sentence(complaint)) }
      }
      tellChoices(&answer)
    default:
      answer.effects += update(&model, message)
    }
  }

  /// Takes the run's events one by one, since each sentence tells what is true just then.
  private mutating func take(_ events: [Event], _ answer: inout PlainAnswer) {
    for event in events {
      let found = model.session?.log.head.findings.count ?? 0
      model.session?.append([event], now: model.now)
      lanes.note(event)
      guard let session = model.session else { continue }
      let state = session.log.state
      if session.isRewound {
        unheard += 1
        teller?.skip(event, state)
        if event.kind == .runPause { answer.say(Narrator.sentence(event, state: state)) }
      } else {
        teller?.tell(event, state, isPaused: session.isPauseAsked, &answer.lines)
      }
      // What is wrong is told wherever somebody looks.
      for finding in session.log.head.findings.dropFirst(found) {
        answer.say(PlainRunText.found(finding))
      }
      if event.kind == .runPause {
        // Pages that were turned while it ran are not what the person asks about now.
        if case .events = list { list = .choices }
        tellChoices(&answer)
      }
    }
    guard !events.isEmpty, let session = model.session else { return }
    if !session.isLive {
      if session.isRewound, model.queued == nil {
        answer.say("The run is over meanwhile. Type last to hear its end.")
      } else {
        tellEnd(session, &answer)
      }
      // A run that waited for this one's end begins now.
      answer.effects += model.take([])
    }
  }

  mutating func tellEnd(_ session: RunSession, _ answer: inout PlainAnswer) {
    guard let teller else { return }
    answer.say(PlainRunText.end(session.atHead, lanes, told: teller.told))
    self.teller = nil
    guard model.queued == nil, model.queuedRecording == nil else { return }
    answer.lines.append(.blank)
    tellChoices(&answer)
  }
}
