internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import RunViews
internal import Trace
internal import Tutor

extension PlainTutor {
  /// Applies a message to the model, and says what is news.
  mutating func take(_ message: Message, _ answer: inout PlainAnswer) {
    model.notice = nil
    switch message {
    case .input, .resized: return
    case .tick: return roll(message, &answer)
    case .events(let events): return take(message, events, &answer)
    case .recorded(_, let read, let size):
      roll(message, &answer)
      guard let session = model.session, session.isRecorded else { return }
      let progress = reading.note(read: read, of: size, events: session.log.count, model.now)
      if let progress { answer.say(progress) }
      return
    case .recordingEnded: return endRecording(message, &answer)
    default: break
    }
    let before = Snapshot(model)
    answer.effects += update(&model, message)
    switch message {
    case .runBegan(let request):
      forgetRun()
      owesEnd = true
      teller = PlainTeller(request.demo, tellsAll: tellsAll)
      answer.say("Running \(PlainRunText.name(request)).")
      if !isScripted { sayChoices(&answer) }
    case .recordingBegan(let header, _, _):
      forgetRun()
      sayBeginning(of: header, &answer)
    case .computing(let actors):
      guard let session = model.session, before.stillComputing.isEmpty, !actors.isEmpty else {
        return
      }
      let names = actors.prefix(4).map { session.state.name(of: $0) }
      let verb = actors.count == 1 ? "still computes" : "still compute"
      answer.say("\(names.listed) \(verb); the run pauses when that is done.")
    case .reloaded:
      // What numbers meant may be gone.
      closeList()
      spoken = SpokenSteps()
      sayNotice(&answer)
      answer.say("Type again to hear the step as it is now.")
    case .recordingMoved(let path, let isRemoved):
      let run = listedRun(at: path) ?? before.removed.flatMap { $0.path == path ? $0 : nil }
      let text = run.map { PlainRecordingText.line($0, model.catalog, isKept: true) } ?? "a run."
      answer.say("\(isRemoved ? "Removed" : "Put back"): \(text)")
      if isRemoved { answer.say("Within an hour it can be had again: type put back.") }
      sayChoices(&answer)
    case .recentRuns:
      if model.notice == nil { sayLayer(over: before.layer, &answer) }
      sayNotice(&answer)
      sayChoices(&answer)
    case .comparison:
      if case .comparison = model.layer { sayLayer(over: before.layer, &answer) }
      sayNotice(&answer)
      sayChoices(&answer)
    case .runRefused:
      sayNotice(&answer)
      sayChoices(&answer)
    default: sayNotice(&answer)
    }
  }

  // MARK: a recording

  /// Says what a recording is of, and where that is run.
  private func sayBeginning(of header: RecordingHeader, _ answer: inout PlainAnswer) {
    guard let session = model.session else { return }
    let started = header.startedText.isEmpty ? "" : ", of \(header.startedText)"
    answer.say("This is a recording of \(PlainRunText.name(session.request))\(started).")
    for remark in model.notice?.remarks ?? [] { answer.say(remark.sentence) }
    if let lesson = model.lesson, model.step?.runs.isEmpty == false {
      answer.say(
        Narrator.closed(
          "\(Narrator.closed(Self.name(of: lesson))) Step \(model.place.step + 1) runs it; "
            + "type again to hear that step"))
    }
  }

  /// No more of a recording comes.
  private mutating func endRecording(_ message: Message, _ answer: inout PlainAnswer) {
    let before = Snapshot(model)
    roll(message, &answer)
    sayNotice(&answer)
    guard before.isReading, let session = model.session, !session.log.isEmpty else {
      return sayChoices(&answer)
    }
    if session.isRewound {
      let count = PlainRunText.counted(session.log.count, "event")
      return answer.say("All of the recording is read, \(count).")
    }
    guard !before.isPlaying else { return }
    sayEnd(
      session, hint: "To hear it as it went, type play; to look at its beginning, first.", &answer)
  }
}
