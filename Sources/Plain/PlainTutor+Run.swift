internal import Catalog
internal import Events
internal import History
internal import RunViews
internal import Trace
internal import Tutor

/// Saying what happens: in a live run, in one that plays, and at the end of either.
extension PlainTutor {
  /// Says the events of a range, or only takes note of them where the learner looks elsewhere.
  mutating func sayEvents(
    _ range: Range<Int>, isHeard: Bool = true, isPaused: Bool = false, _ answer: inout PlainAnswer
  ) {
    guard let log = model.session?.log, !range.isEmpty else { return }
    var state = log.state(at: range.lowerBound)
    state.adoptNames(from: log.state)
    for event in log.events(in: range) {
      state.apply(event)
      if isHeard {
        teller?.tell(event, state, isPaused: isPaused, &answer.lines)
      } else {
        teller?.skip(event, state)
      }
      // What is wrong is said wherever the learner looks.
      for finding in log.head.findings where finding.seq == event.seq {
        answer.say(PlainRunText.found(finding))
      }
    }
  }

  /// Applies the events of a live run, and says them unless the learner looks back.
  mutating func take(_ message: Message, _ events: [Event], _ answer: inout PlainAnswer) {
    let before = Snapshot(model)
    answer.effects += update(&model, message)
    guard !events.isEmpty, let session = model.session else { return }
    sayEvents(
      before.count..<session.log.count, isHeard: !session.isRewound,
      isPaused: before.isPauseRequested, &answer)
    if let pause = events.last(where: { $0.kind == .runPause }) {
      if session.isRewound { answer.say(Narrator.sentence(pause, state: session.log.state)) }
      // Pages that were turned while it ran are not what the learner asks about now.
      if case .events = page { page = .none }
      sayChoices(&answer)
    }
    guard before.isLive, !session.isLive else { return }
    if session.isRewound, model.awaited == nil {
      answer.say("The run is over meanwhile. Type last to hear its end.")
    } else {
      sayEnd(session.atHead, &answer)
    }
  }

  /// Says how a run ended and what it gave.
  mutating func sayEnd(_ session: RunSession, hint: String? = nil, _ answer: inout PlainAnswer) {
    answer.say(PlainRunText.end(session, told: teller?.told ?? 0))
    if let hint { answer.say(hint) }
    teller = nil
    owesEnd = false
    guard !isBusy, !answer.effects.contains(where: \.opensRecording) else { return }
    answer.lines.append(.blank)
    sayChoices(&answer)
  }

  /// Says what is new to a learner who comes back to the newest event.
  mutating func sayNewest(_ session: RunSession, _ answer: inout PlainAnswer) {
    if let leftAt, session.log.count > leftAt {
      let count = PlainRunText.counted(session.log.count - leftAt, "event")
      answer.say("Meanwhile \(count) happened.")
    }
    leftAt = nil
    // It ended while the learner looked back.
    if !session.isLive, owesEnd { return sayEnd(session, &answer) }
    answer.say(PlainRunText.moment(session, now: model.now, listing: model.shownListing))
    if session.isLive, !session.isPauseRequested { answer.say("The run is told again from here.") }
    sayChoices(&answer)
  }

  // MARK: playing

  /// Says that a run begins to play, or where it is held.
  mutating func sayFilm(_ before: Snapshot, _ answer: inout PlainAnswer) {
    guard let session = model.session else { return }
    if before.isPlaying {
      teller = nil
      answer.say("Held at \(session.place).")
      return sayChoices(&answer)
    }
    closeList()
    teller = PlainTeller(session.request.demo, tellsAll: tellsAll)
    answer.say(
      "Playing from event \(ValueText.grouped(session.position + 1)), \(model.filmSpeed.phrase)."
        + (isScripted ? "" : " Enter holds it."))
  }

  /// Applies a message that moves a playing run on, and says what is to be heard of it.
  mutating func roll(_ message: Message, _ answer: inout PlainAnswer) {
    let before = Snapshot(model)
    answer.effects += update(&model, message)
    guard before.isPlaying, let session = model.session else { return }
    sayEvents(before.position..<max(before.position, session.position), &answer)
    if !session.isPlaying { sayEnd(session, &answer) }
  }

  /// Nothing of the run before is said any more.
  mutating func forgetRun() {
    teller = nil
    owesEnd = false
    leftAt = nil
    reading = RecordingProgress()
    closeList()
  }
}

extension Effect {
  fileprivate var opensRecording: Bool { if case .openRecording = self { true } else { false } }
}
