internal import Catalog
internal import History
internal import LessonKit
internal import RunViews
internal import Trace
internal import Tutor

extension PlainTutor {
  /// Has the model do what a command says, and says what changed; or says why it does nothing now.
  mutating func perform(_ given: Command, _ answer: inout PlainAnswer) {
    let command = meant(by: given)
    switch command {
    case .close: return leaveList(&answer)
    case .quit: sayGoodBye(&answer)
    case .scrub(0): return answer.say("This is the run's first event.")
    default: break
    }
    if case .no(let reason) = command.availability(model) {
      answer.say(reason.sentence)
      if !isBusy, !isLookingBack { sayChoices(&answer) }
      return
    }
    if case .ask(let question) = command { return self.answer(question, &answer) }
    let before = Snapshot(model)
    model.notice = nil
    let effects = model.perform(command)
    sayNotice(&answer)
    say(effects, of: command, &answer)
    sayResult(of: command, before, &answer)
  }

  /// The command that a given one means here.
  func meant(by command: Command) -> Command {
    let session = model.session
    switch command {
    case .stepOnce where isLookingBack: return .scrub(1)
    // Nothing is to say of the moment before the first event.
    case .scrub(let events) where events < 0 && session?.log.isEmpty == false:
      return .scrub(max(events, min(0, 1 - (session?.position ?? 1))))
    case .followLive where !isLookingBack: return session.map { .event($0.log.count) } ?? command
    case .save(let path?): return .save(as: exactly(path))
    default: return command
    }
  }

  /// What follows a word, as it was typed: a file's name may have several blanks in it.
  private func exactly(_ rest: String) -> String {
    let exact = typed.drop { !$0.isWhitespace }.trimmed
    return PlainLine.blanked(exact) == rest ? exact : rest
  }

  /// Says the remarks that a command or a message left.
  mutating func sayNotice(_ answer: inout PlainAnswer) {
    for remark in model.notice?.remarks ?? [] { answer.say(remark.sentence) }
  }

  private func say(_ effects: [Effect], of command: Command, _ answer: inout PlainAnswer) {
    for effect in effects {
      switch effect {
      case .stop where command == .quit: answer.effects.append(effect)
      case .stop:
        let isFirst = model.queued != nil || model.queuedRecording != nil
        answer.say(isFirst ? "The run before is stopped first." : "Stopping the run.")
        answer.effects.append(effect)
      case .pause:
        answer.say("Pausing.")
        answer.effects.append(effect)
      case .copy(let text, _): answer.lines.append(SpokenLine(text, .code))
      default: answer.effects.append(effect)
      }
    }
  }

  private mutating func sayResult(
    of command: Command, _ before: Snapshot, _ answer: inout PlainAnswer
  ) {
    let isNewLesson = model.place.lesson != before.place.lesson
    switch command {
    case .nextStep, .previousStep, .open, .back: sayStep(isNewLesson: isNewLesson, &answer)
    case .go(let text) where model.notice == nil:
      sayStep(isNewLesson: isNewLesson || !text.contains("/"), &answer)
    case .follow where model.layer == nil: sayStep(isNewLesson: isNewLesson, &answer)
    case .accept where model.layer == nil:
      switch before.layer {
      case .lessons: sayStep(isNewLesson: true, &answer)
      case .contents: sayStep(isNewLesson: isNewLesson, &answer)
      default: page = .none
      }
    case .finding, .save(nil): sayLayer(over: before.layer, &answer)
    case .lessons, .contents, .parameters, .settings, .help, .go, .follow:
      sayLayer(over: before.layer, &answer)
      sayChoices(&answer)
    case .scrub, .event, .moment, .followLive: sayMoment(before, &answer)
    case .endOfWait, .searchEvents, .find:
      if model.notice?.isWarning != true { sayMoment(before, &answer) }
    case .film: sayFilm(before, &answer)
    case .run where model.awaited == nil && model.queued == nil: sayChoices(&answer)
    case .accept, .change, .defaults, .copyCommand: sayChoices(&answer)
    default: break
    }
  }

  /// Leaves the list that was said last; where none is open, goes back in the run.
  private mutating func leaveList(_ answer: inout PlainAnswer) {
    guard hint == nil, model.session != nil else {
      closeList()
      return sayChoices(&answer)
    }
    perform(.scrub(-1), &answer)
  }

  /// Numbers are the step's choices again.
  mutating func closeList() {
    page = .none
    if model.layer != nil { _ = model.perform(.close) }
  }

  private func sayGoodBye(_ answer: inout PlainAnswer) {
    if isBusy { answer.say("The run is stopped.") }
    answer.say("\(progressSentence) Good-bye.")
  }

  // MARK: where the learner is

  /// The step that is open, with the lesson where that is news, and what can be done.
  mutating func sayStep(isNewLesson: Bool, _ answer: inout PlainAnswer) {
    closeList()
    guard let lesson = model.lesson, let step = model.step else {
      answer.say("There are no lessons here.")
      return sayChoices(&answer)
    }
    let isTitle = step.title == lesson.title || step.title.isEmpty
    let count = lesson.steps.count
    let place = "Step \(model.place.step + 1) of \(count)"
    if isNewLesson { answer.say(Narrator.closed(Self.name(of: lesson))) }
    if count > 1 || !isTitle {
      answer.say(Narrator.closed(isTitle ? place : "\(place): \(step.title)"))
    }
    answer.lines.append(.blank)
    var blocks = SpokenBlocks(model: model, numbersLines: numbersLines)
    answer.say(blocks.step())
    answer.lines.append(.blank)
    sayChoices(&answer)
  }

  /// The moment of the run that is looked at now.
  private mutating func sayMoment(_ before: Snapshot, _ answer: inout PlainAnswer) {
    closeList()
    if before.isPlaying { teller = nil }
    guard let session = model.session else { return }
    guard session.isRewound else { return sayNewest(session, &answer) }
    answer.say(PlainRunText.moment(session, now: model.now, listing: model.shownListing))
    guard !before.isRewound else { return }
    if session.isLive {
      leftAt = before.count
      answer.say(
        session.isPauseRequested
          ? "The run stays paused meanwhile; type last for its newest event."
          : "The run goes on meanwhile, and is told again from the newest event when you type last."
      )
    }
    sayChoices(&answer)
  }
}
