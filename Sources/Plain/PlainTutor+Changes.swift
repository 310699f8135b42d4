internal import Catalog
internal import History
internal import LessonKit
internal import RunViews
internal import Trace
internal import Tutor

extension PlainTutor {
  /// Performs a command on the model and says what changed, or why the command is unavailable.
  mutating func perform(_ command: Command, _ answer: inout PlainAnswer) {
    let command = resolved(command)
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
    switch command {
    case .ask(let question): return self.answer(question, &answer)
    // Plain mode prints what these open on the screen.
    case .help:
      sayHelp(&answer)
      return sayChoices(&answer)
    case .finding: return sayFindings(&answer)
    default: break
    }
    let before = Snapshot(model)
    model.dismissNotice()
    let effects = model.perform(command)
    sayNotice(&answer)
    say(effects, of: command, &answer)
    sayResult(of: command, before, &answer)
  }

  /// Returns the command that a typed one stands for in plain mode.
  func resolved(_ command: Command) -> Command {
    let session = model.session
    switch command {
    case .stepOnce where isLookingBack: return .scrub(1)
    // There is nothing to say about the moment before the first event.
    case .scrub(let events) where events < 0 && session?.log.isEmpty == false:
      return .scrub(max(events, min(0, 1 - (session?.position ?? 1))))
    case .followLive where !isLookingBack: return session.map { .event($0.log.count) } ?? command
    case .save(let path?): return .save(as: exactText(of: path))
    default: return command
    }
  }

  /// Returns the rest of the line as typed: the name of a file may have repeated spaces.
  private func exactText(of rest: String) -> String {
    let exact = typed.drop { !$0.isWhitespace }.trimmed
    return PlainLine.collapsingSpaces(in: exact) == rest ? exact : rest
  }

  /// Says the remarks of the last command or message.
  mutating func sayNotice(_ answer: inout PlainAnswer) {
    for remark in model.notice?.remarks ?? [] { answer.say(remark.sentence) }
  }

  private func say(_ effects: [Effect], of command: Command, _ answer: inout PlainAnswer) {
    for effect in effects {
      switch effect {
      case .stop where command == .quit: answer.effects.append(effect)
      case .stop:
        let isFirst = model.queued != nil || model.queuedRecording != nil
        answer.say(isFirst ? "Stopping the current run first." : "Stopping the run.")
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
    case .answer:
      sayAnswers(&answer)
      answer.lines.append(.blank)
      sayChoices(&answer)
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
    case .save(nil): sayList(&answer)
    case .lessons, .contents, .parameters, .settings, .go, .follow:
      sayList(&answer)
      sayChoices(&answer)
    case .scrub, .event, .moment, .followLive: sayMoment(before, &answer)
    case .endOfWait, .searchEvents, .find:
      if model.notice?.isWarning != true { sayMoment(before, &answer) }
    case .play: sayPlayback(before, &answer)
    case .run where model.awaited == nil && model.queued == nil: sayChoices(&answer)
    case .accept, .change, .defaults, .copyCommand: sayChoices(&answer)
    default: break
    }
  }

  /// Closes the current list; without one, goes one event back in the run.
  private mutating func leaveList(_ answer: inout PlainAnswer) {
    guard hint == nil, model.session != nil else {
      closeList()
      return sayChoices(&answer)
    }
    perform(.scrub(-1), &answer)
  }

  /// Closes the current list: numbers are the step's choices again.
  mutating func closeList() {
    page = .none
    if model.layer != nil { _ = model.perform(.close) }
  }

  private func sayGoodBye(_ answer: inout PlainAnswer) {
    if isBusy { answer.say("Stopping the run.") }
    answer.say("\(progressSentence) Good-bye.")
  }

  // MARK: the current step and moment

  /// Says the current step and its choices, and the lesson if it is new.
  mutating func sayStep(isNewLesson: Bool, _ answer: inout PlainAnswer) {
    closeList()
    guard let lesson = model.lesson, let step = model.step else {
      answer.say("There are no lessons here.")
      return sayChoices(&answer)
    }
    let isTitle = step.title == lesson.title || step.title.isEmpty
    let count = lesson.steps.count
    let place = "Step \(model.place.step + 1) of \(count)"
    var blocks = SpokenBlocks(model: model, numbersLines: numbersLines)
    if isNewLesson { answer.say(Narrator.closed(Self.name(of: lesson))) }
    // As in the document, the introduction is above the title of the first step.
    let introduction = blocks.introduction()
    if !introduction.isEmpty {
      if isNewLesson { answer.lines.append(.blank) }
      answer.say(introduction)
      answer.lines.append(.blank)
    }
    if count > 1 || !isTitle {
      answer.say(Narrator.closed(isTitle ? place : "\(place): \(step.title)"))
    }
    answer.lines.append(.blank)
    answer.say(blocks.content())
    noteClosedAnswer()
    answer.lines.append(.blank)
    sayChoices(&answer)
  }

  /// Says the moment of the run on display.
  private mutating func sayMoment(_ before: Snapshot, _ answer: inout PlainAnswer) {
    closeList()
    if before.isPlaying { reporter = nil }
    guard let session = model.session else { return }
    guard session.isRewound else { return sayNewest(session, &answer) }
    answer.say(PlainRunText.moment(session, now: model.now, listing: model.shownListing))
    guard !before.isRewound else { return }
    if session.isLive {
      countBeforeLookBack = before.count
      answer.say(
        session.isPauseRequested
          ? "The run stays paused; type last for its newest event."
          : "The run continues; type last to follow it again from its newest event."
      )
    }
    sayChoices(&answer)
  }
}
