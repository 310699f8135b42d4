internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import RunViews
internal import Trace
internal import Tutor

/// Reports of live runs and playback, and the summaries at their ends.
extension PlainTutor {
  /// Reports the events of a range.
  /// - Parameters:
  ///   - isHeard: whether the events are said. Otherwise they are only noted.
  ///   - isPaused: whether the user steps through the run.
  mutating func sayEvents(
    _ range: Range<Int>, isHeard: Bool = true, isPaused: Bool = false, _ answer: inout PlainAnswer
  ) {
    guard let session = model.session, !range.isEmpty else { return }
    let log = session.log
    var state = log.state(at: range.lowerBound)
    state.adoptNames(from: log.state)
    for event in log.events(in: range) {
      state.apply(event)
      if isHeard {
        reporter?.report(event, state, isPaused: isPaused, &answer.lines)
      } else {
        reporter?.skip(event, state)
      }
      // Findings are always said, also while an earlier moment is on display.
      for finding in log.head.findings where finding.seq == event.seq {
        answer.say(PlainRunText.found(finding, of: session.request))
      }
    }
  }

  /// Applies the events of a live run, and reports them unless an earlier moment is on display.
  mutating func handle(_ message: Message, _ events: [Event], _ answer: inout PlainAnswer) {
    let before = Snapshot(model)
    answer.effects += update(&model, message)
    guard !events.isEmpty, let session = model.session else { return }
    sayEvents(
      before.count..<session.log.count, isHeard: !session.isRewound,
      isPaused: before.isPauseRequested, &answer)
    if let pause = events.last(where: { $0.kind == .runPause }) {
      if session.isRewound { answer.say(Narrator.sentence(pause, state: session.log.state)) }
      // Numbers no longer refer to the pages of events from before the pause.
      if case .events = page { page = .none }
      sayChoices(&answer)
    }
    guard before.isLive, !session.isLive else { return }
    if session.isRewound, model.awaited == nil {
      answer.say("The run has ended. Type last to hear its end.")
    } else {
      sayEnd(session.atHead, &answer)
    }
  }

  /// Says the summary of a run.
  mutating func sayEnd(_ session: RunSession, hint: String? = nil, _ answer: inout PlainAnswer) {
    answer.say(
      PlainRunText.end(
        session, reported: reporter?.count ?? 0, asked: model.askedMeasures))
    if let hint { answer.say(hint) }
    sayAnswers(&answer)
    if model.offersComparison {
      answer.lines.append(.blank)
      answer.say("To compare this run with the one before, type compare.")
    }
    reporter = nil
    isEndUnsaid = false
    guard !isBusy, !answer.effects.contains(where: \.opensRecording) else { return }
    answer.lines.append(.blank)
    sayChoices(&answer)
  }

  /// Says the answers of the step that have opened since the step was said.
  mutating func sayAnswers(_ answer: inout PlainAnswer) {
    guard let closedAnswer, closedAnswer.place == model.place else { return }
    var blocks = SpokenBlocks(model: model, numbersLines: numbersLines)
    let lines = blocks.content(from: closedAnswer.block)
    guard !lines.isEmpty else { return }
    noteClosedAnswer()
    answer.lines.append(.blank)
    answer.say(lines)
  }

  /// Notes the first closed answer of the step, which is said later.
  mutating func noteClosedAnswer() {
    closedAnswer = model.closedAnswer.map { (model.place, $0.block) }
  }

  /// Says the newest event, and what happened while an earlier moment was on display.
  mutating func sayNewest(_ session: RunSession, _ answer: inout PlainAnswer) {
    if let countBeforeLookBack, session.log.count > countBeforeLookBack {
      let count = PlainRunText.counted(session.log.count - countBeforeLookBack, "event")
      answer.say("Meanwhile \(count) happened.")
    }
    countBeforeLookBack = nil
    // The run ended while an earlier moment was on display.
    if !session.isLive, isEndUnsaid { return sayEnd(session, &answer) }
    answer.say(PlainRunText.moment(session, now: model.now, listing: model.shownListing))
    if session.isLive, !session.isPauseRequested {
      answer.say("The run is reported again from here.")
    }
    sayChoices(&answer)
  }

  /// Says what the actors of the paused run do next, first the one that a step lets go on.
  func sayNext(_ next: NextOperations, _ answer: inout PlainAnswer) {
    guard let session = model.session, session.isPaused, !session.isRewound else { return }
    guard let goes = next.goes else {
      return answer.say("No thread can go on by itself.")
    }
    func clause(_ actor: ActorID) -> String {
      "\(session.state.name(of: actor)) \(Narrator.next(next.operations[actor], state: session.state))"
    }
    let others = next.operations.keys.filter { $0 != goes }.sorted().prefix(8).map(clause)
    answer.say("Next, a step: \(clause(goes)).")
    if !others.isEmpty { answer.say("Then, without an order: \(others.joined(separator: "; ")).") }
  }

  // MARK: playback

  /// Says that playback starts, or where it is paused.
  mutating func sayPlayback(_ before: Snapshot, _ answer: inout PlainAnswer) {
    guard let session = model.session else { return }
    if before.isPlaying {
      reporter = nil
      answer.say("Paused at \(session.place).")
      return sayChoices(&answer)
    }
    closeList()
    reporter = RunReporter(session.request.demo, reportsAll: reportsAll)
    answer.say(
      "Playing from event \(ValueText.grouped(session.position + 1)), \(model.playbackSpeed.phrase)."
        + (isScripted ? "" : " Enter pauses it."))
  }

  /// Applies a message that advances playback, and reports the events.
  mutating func advance(_ message: Message, _ answer: inout PlainAnswer) {
    let before = Snapshot(model)
    answer.effects += update(&model, message)
    guard before.isPlaying, let session = model.session else { return }
    sayEvents(before.position..<max(before.position, session.position), &answer)
    if !session.isPlaying { sayEnd(session, &answer) }
  }

  /// Forgets the previous run.
  mutating func resetRun() {
    reporter = nil
    isEndUnsaid = false
    countBeforeLookBack = nil
    reading = RecordingProgress()
    closeList()
  }
}

extension Effect {
  fileprivate var opensRecording: Bool { if case .openRecording = self { true } else { false } }
}
