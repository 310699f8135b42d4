internal import Catalog
internal import LessonKit
internal import Trace

/// What the plain tutor is told.
public enum PlainInput: Sendable {
  /// A line that the person typed, without its line end.
  case line(String)
  /// No more lines will come.
  case endOfInput
  /// Ctrl-C.
  case interrupt
  /// What the run, the clock and the effects say; keys and sizes mean nothing here.
  case message(Message)
}

/// What the plain tutor answers with: lines to say, and what is to be done.
public struct PlainAnswer: Sendable {
  /// In the order in which they are to be said.
  public internal(set) var lines: [SpokenLine] = []
  /// What is to be done in the world outside, in order.
  public internal(set) var effects: [Effect] = []

  mutating func say(_ text: String) { lines.append(SpokenLine(text)) }
  mutating func say(_ more: [SpokenLine]) { lines += more }
}

/// The whole tutor as linear text: the same course, runs, parameters and progress as the full
/// screen, in sentences that are said one after the other and never changed.
///
/// A pure value over the same `Model`; whoever runs the loop writes its lines and does its effects.
public struct PlainTutor: Sendable {
  var model: Model
  /// Whether lines come from a script: they are repeated, so that what is written makes sense
  /// without what was typed.
  let isScripted: Bool
  /// What numbers and Enter mean now.
  var list = SpokenList.choices
  /// How the run is told; nil before the first.
  var teller: PlainTeller?
  /// What the lanes of the last run show.
  var lanes = PlainLanes()
  /// Values that were typed and do not go together yet, by run and name.
  var drafts: [RunPlace: [String: ParameterValue]] = [:]
  /// Whether each event of a run is told as it happens.
  var tellsAll = false
  var numbersLines = false
  /// What words are looked for in.
  var spoken = SpokenSteps()
  /// The words that were looked for in a run's events last.
  var sought = ""
  /// How many events of the live run passed while somebody looked back.
  var unheard = 0
  /// How a run that is over is told as it went; nil while it is not.
  var film: PlainTeller?
  /// How much of a recording is read, where that takes long.
  var progress = RecordingProgress()
  /// The recording that was taken off the list last, by its path, with its sentence.
  var removed: (path: String, text: String)?
  /// An effect was asked for, and what came of it is still to be told.
  var awaitsAnswer = false
  /// The line that is taken, as it was typed.
  private(set) var typed = ""

  /// A plain tutor that stands where the model does.
  /// - Parameter isScripted: whether lines come from a pipe or a file, and not from a person at a
  ///   terminal.
  public init(_ model: Model, isScripted: Bool) {
    self.model = model
    self.isScripted = isScripted
  }

  /// Whether something runs, is read or is played, or is about to. A script's next line waits until
  /// nothing is.
  public var isBusy: Bool {
    model.awaited != nil || model.queued != nil || model.queuedRecording != nil || awaitsAnswer
      || model.session?.isLive == true || isReading || model.session?.isPlaying == true
  }

  private var isReading: Bool {
    model.session?.isRecorded == true && model.session?.isComplete == false
  }

  /// Whether nothing will be said by itself: a person can be asked for a line.
  public var isQuiet: Bool {
    guard isBusy, let session = model.session else { return !isBusy }
    return session.isPaused || session.isLive && session.isRewound
  }

  /// Whether only ASCII may be written, because the person set it so.
  public var isASCII: Bool { model.settings.isASCII }

  /// The first that is said: where the learner is, and the step.
  /// - Parameters:
  ///   - reason: why the tutor is plain, where the learner would wonder.
  ///   - recording: the path of a recording that is shown at once, instead of the step.
  public mutating func begin(reason: String? = nil, recording: String? = nil) -> PlainAnswer {
    var answer = PlainAnswer()
    if let reason { answer.say(reason) }
    if let recording {
      answer.effects.append(.openRecording(recording))
    } else {
      tellStep(isNewLesson: true, &answer)
    }
    return finished(answer)
  }

  /// Takes an input in: what is said and done about it.
  public mutating func take(_ input: PlainInput) -> PlainAnswer {
    var answer = PlainAnswer()
    switch input {
    case .line(let line):
      if isScripted { answer.say("> " + Self.shown(line)) }
      typed = PlainCommand.trimmed(line)
      take(line: PlainCommand.blanked(typed), &answer)
    case .endOfInput: quit(&answer)
    case .interrupt: interrupt(&answer)
    case .message(let message): take(message, &answer)
    }
    return finished(answer)
  }

  private mutating func finished(_ answer: PlainAnswer) -> PlainAnswer {
    var answer = answer
    answer.effects += model.takeChanges().map { .remember($0) }
    awaitsAnswer = awaitsAnswer || answer.effects.contains { $0.hasAnswer }
    return answer
  }

  // MARK: lines

  /// What was typed, as it can be repeated: tabs and the letters of arrow keys are not.
  public static func shown(_ line: String) -> String {
    PlainCommand.withoutKeys(line).replacing("\t", with: " ")
  }

  private mutating func take(line: String, _ answer: inout PlainAnswer) {
    if PlainCommand.hasKeys(line) {
      answer.say("Arrow keys do nothing here.")
      return tellChoices(&answer)
    }
    if case .value(let run, let name) = list {
      takeValue(line, of: name, run: run, &answer)
      return
    }
    if case .saving = list { return takeFile(line, &answer) }
    if line.isEmpty {
      perform(defaultCommand, &answer)
    } else if let number = Int(line) {
      choose(number, &answer)
    } else if case .parameters = list, !isBusy, takeNamed(line, &answer) {
      // Where parameters are listed, "pause" is one of them.
    } else if let command = PlainCommand.command(in: line) {
      perform(command, &answer)
    } else if !takeNamed(line, &answer) {
      refuse(line, &answer)
    }
  }

  /// What Enter alone does.
  private var defaultCommand: PlainCommand {
    if model.session?.isPlaying == true { return .play }
    if let session = model.session, session.isLive, !session.isPauseAsked, !session.isRewound {
      return .pause
    }
    return switch list {
    case .events, .recordings: .more
    default: .choices
    }
  }

  private mutating func choose(_ number: Int, _ answer: inout PlainAnswer) {
    if chooseFromList(number, &answer) { return }
    if let choice = PlainChoice.all(model).first(where: { $0.number == number }) {
      perform(choice.command, &answer)
      return
    }
    switch number {
    case 1, 2: answer.say("There is nothing to run in this step.")
    case 3: answer.say("This is the last step of the last lesson.")
    default: answer.say("There is no choice \(number) here.")
    }
    answer.say(PlainChoice.sentence(model))
  }

  private mutating func refuse(_ line: String, _ answer: inout PlainAnswer) {
    let told = ValueText.abbreviated(line, limit: 60)
    if let usage = PlainCommand.usage(of: line) {
      answer.say("\"\(told)\" is not how that is typed.")
      answer.say(usage)
      return tellChoices(&answer)
    }
    let hint = PlainCommand.suggestion(for: line).map { " Did you mean \($0)?" } ?? ""
    answer.say("\"\(told)\" is nothing that can be typed here.\(hint)")
    tellChoices(&answer)
  }

  // MARK: saying where one is

  /// The step that is open, with the lesson where that is news, and what can be done.
  mutating func tellStep(isNewLesson: Bool, _ answer: inout PlainAnswer) {
    list = .choices
    guard let lesson = model.lesson, let step = model.step else {
      answer.say("There are no lessons here.")
      return tellChoices(&answer)
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
    tellChoices(&answer)
  }

  /// What numbers do now.
  func tellChoices(_ answer: inout PlainAnswer) {
    if let session = model.session, session.isRewound, list.hint == nil {
      if session.isPlaying { return answer.say("While it plays: Enter holds it.") }
      answer.say(
        "You look back. Type back, on, event and a number, search and words, why, state, or last "
          + "for the newest event; or help.")
      if !session.isLive { answer.say(PlainChoice.sentence(model)) }
    } else if let session = model.session, session.isLive {
      answer.say(
        session.isPauseAsked
          ? list.hint ?? "Type one step, go on, stop or state; or help."
          : "While it runs: pause, stop or state, and Enter.")
    } else {
      answer.say(list.hint ?? PlainChoice.sentence(model))
    }
  }

  // MARK: leaving

  mutating func quit(_ answer: inout PlainAnswer) {
    if isBusy { answer.say("The run is stopped.") }
    answer.say("\(progressSentence) Good-bye.")
    answer.effects += model.perform(.quit)
  }

  /// Stops the run; where nothing runs, or it is stopping already, leaves.
  private mutating func interrupt(_ answer: inout PlainAnswer) {
    let effects = model.perform(.interrupt)
    if effects.contains(.stop) { answer.say("Stopping the run.") }
    answer.effects += effects
  }
}

extension Effect {
  /// Whether what comes of it is told later, by a message.
  fileprivate var hasAnswer: Bool {
    switch self {
    case .openRecording, .compare, .save: true
    default: false
    }
  }
}
