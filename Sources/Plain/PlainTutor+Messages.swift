internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import RunViews
internal import Trace
internal import Tutor

extension PlainTutor {
  /// Applies a message to the model and says what changed.
  mutating func handle(_ message: Message, _ answer: inout PlainAnswer) {
    model.dismissNotice()
    switch message {
    case .input, .resized: return
    case .tick: return advance(message, &answer)
    case .events(let events): return handle(message, events, &answer)
    case .recorded(_, let read, let size):
      advance(message, &answer)
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
      resetRun()
      isEndUnsaid = true
      reporter = RunReporter(request.demo, reportsAll: reportsAll)
      answer.say("Running \(PlainRunText.name(request)).")
      if !isScripted { sayChoices(&answer) }
    case .recordingBegan(let header, _, _):
      resetRun()
      sayBeginning(of: header, &answer)
    case .next(let next): sayNext(next, &answer)
    case .computing(let actors):
      guard let session = model.session, before.stillComputing.isEmpty, !actors.isEmpty else {
        return
      }
      let names = actors.prefix(4).map { session.state.name(of: $0) }
      let verb = actors.count == 1 ? "still computes" : "still compute"
      answer.say("\(names.listed) \(verb); the run pauses when they are done.")
    case .reloaded:
      // The meaning of numbers may have changed.
      closeList()
      spoken = SpokenSteps()
      sayNotice(&answer)
      answer.say("Type again to hear the changed step.")
    case .recordingMoved(let path, let isRemoved):
      let run = listedRun(at: path) ?? before.removed.flatMap { $0.path == path ? $0 : nil }
      let text = run.map { PlainRecordingText.line($0, model.catalog, isKept: true) } ?? "a run."
      answer.say("\(isRemoved ? "Removed" : "Restored"): \(text)")
      if isRemoved { answer.say("You can restore it within an hour: type restore.") }
      sayChoices(&answer)
    case .recentRuns:
      if model.notice == nil { sayList(&answer) }
      sayNotice(&answer)
      sayChoices(&answer)
    case .comparison:
      if case .comparison(let view) = model.layer {
        answer.say(PlainRecordingText.lines(view))
        closeList()
      }
      sayNotice(&answer)
      sayChoices(&answer)
    case .runRefused:
      sayNotice(&answer)
      sayChoices(&answer)
    default: sayNotice(&answer)
    }
  }

  // MARK: a recording

  /// Says the demo of a recording, and the step that runs it.
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

  /// Applies the end of a recording.
  private mutating func endRecording(_ message: Message, _ answer: inout PlainAnswer) {
    let before = Snapshot(model)
    advance(message, &answer)
    sayNotice(&answer)
    guard before.isReading, let session = model.session, !session.log.isEmpty else {
      return sayChoices(&answer)
    }
    if session.isRewound {
      let count = PlainRunText.counted(session.log.count, "event")
      return answer.say("The whole recording has been read: \(count).")
    }
    guard !before.isPlaying else { return }
    sayEnd(
      session, hint: "To hear it from the beginning, type play; for its first event, type first.",
      &answer)
  }
}
