internal import Catalog
internal import LessonKit
internal import RunViews
internal import Screen
internal import Trace
public import Tutor

/// What comes to the plain tutor.
public enum PlainInput: Sendable {
  /// A line that the person typed, without its line end.
  case line(String)
  /// No more lines will come.
  case endOfInput
  /// Ctrl-C.
  case interrupt
  /// News of the run, the clock and the effects; keys and sizes mean nothing here.
  case message(Message)
}

/// What the plain tutor answers: lines to say, and effects to run.
public struct PlainAnswer: Sendable {
  /// In the order in which they are to be said.
  public internal(set) var lines: [SpokenLine] = []
  /// What is to be done in the world outside, in order.
  public internal(set) var effects: [Effect] = []

  mutating func say(_ text: String) { lines.append(SpokenLine(text)) }
  mutating func say(_ more: [SpokenLine]) { lines += more }
}

/// The tutor as linear text: it performs commands on the model as the screen does, and says in
/// sentences what changed.
///
/// A pure value; the event loop writes its lines and runs its effects.
public struct PlainTutor: Sendable {
  package var model: Model
  /// Whether lines come from a script: then they are repeated, so that the output makes sense alone.
  let isScripted: Bool
  /// What numbers and Enter mean beside the open layer.
  var page = SpokenPage.none
  /// Says the events of the run that is live or plays; nil while none does.
  var teller: PlainTeller?
  /// Whether the end of a live run is still to be said.
  var owesEnd = false
  /// How many events had happened when the learner began to look back in a live run.
  var leftAt: Int?
  /// Whether each event of a run is said as it happens.
  package var tellsAll = false
  var numbersLines = false
  /// The steps as they are said, to look for words in.
  var spoken = SpokenSteps()
  /// How much of a recording is read, where that takes long.
  var reading = RecordingProgress()
  /// An effect was asked for, and what came of it is still to be said.
  private var awaitsAnswer = false
  /// The current line as it was typed.
  private(set) var typed = ""

  /// A plain tutor over a model.
  /// - Parameter isScripted: whether lines come from a pipe or a file, and not from a person at a
  ///   terminal.
  public init(_ model: Model, isScripted: Bool) {
    self.model = model
    self.model.playsRecordings = false
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

  /// Whether nothing is said without a line: a person can be asked for one.
  public var isQuiet: Bool {
    guard isBusy, let session = model.session else { return !isBusy }
    return session.isPaused || session.isLive && session.isRewound
  }

  /// Whether an earlier moment is looked at: a live run is not said then.
  public var isLookingBack: Bool { model.session?.isRewound == true }

  /// Whether the person set that only ASCII is written.
  public var isASCII: Bool { model.settings.isASCII }

  /// When something is to be said without a line, on the monotonic clock in nanoseconds; nil where
  /// nothing is.
  public var nextDeadline: UInt64? {
    guard let session = model.session, session.isPlaying else { return nil }
    // Events within so short a time are said together.
    return max(model.now + 10_000_000, session.playbackDeadline ?? 0)
  }

  /// Says first where the learner is, and the step.
  /// - Parameters:
  ///   - reason: why the tutor is plain, where the learner would wonder.
  ///   - recording: the path of a recording that is opened instead of the step.
  public mutating func begin(reason: String? = nil, recording: String? = nil) -> PlainAnswer {
    var answer = PlainAnswer()
    if let reason { answer.say(reason) }
    if let recording {
      answer.effects.append(.openRecording(recording))
    } else {
      sayStep(isNewLesson: true, &answer)
    }
    return finished(answer)
  }

  /// Applies an input, and returns what to say and do about it.
  public mutating func take(_ input: PlainInput) -> PlainAnswer {
    var answer = PlainAnswer()
    switch input {
    case .line(let line):
      if isScripted { answer.say("> " + Self.shown(line)) }
      typed = line.trimmed
      take(line: PlainLine.blanked(typed), &answer)
    case .endOfInput: perform(.quit, &answer)
    case .interrupt: perform(.interrupt, &answer)
    case .message(let message):
      if message.endsWait { awaitsAnswer = false }
      take(message, &answer)
    }
    return finished(answer)
  }

  private mutating func finished(_ answer: PlainAnswer) -> PlainAnswer {
    var answer = answer
    answer.effects += model.takeChanges().map { .remember($0) }
    awaitsAnswer = awaitsAnswer || answer.effects.contains { $0.hasAnswer }
    return answer
  }

  /// A typed line as it can be repeated, without tabs and the letters of arrow keys.
  public static func shown(_ line: String) -> String {
    PlainLine.withoutKeys(line).replacing("\t", with: " ")
  }

  // MARK: lines

  private mutating func take(line: String, _ answer: inout PlainAnswer) {
    if PlainLine.hasKeys(line) {
      answer.say("Arrow keys do nothing here.")
      return sayChoices(&answer)
    }
    if page == .value { return take(value: line, &answer) }
    if case .save(let form) = model.layer { return take(file: line, form, &answer) }
    if line.isEmpty {
      perform(defaultCommand, &answer)
    } else if let number = Int(line) {
      choose(number, &answer)
    } else if case .parameters = model.layer, !isBusy, takeParameter(line, &answer) {
      // Where parameters are listed, "pause" is one of them.
    } else if let command = PlainLine.command(in: line) {
      perform(command, &answer)
    } else if !takeParameter(line, &answer) {
      refuse(line, &answer)
    }
  }

  /// What Enter alone does.
  private var defaultCommand: Command {
    guard let session = model.session else { return .ask(.more) }
    if session.isPlaying { return .film }
    return session.isLive && !session.isPauseRequested && !session.isRewound ? .pause : .ask(.more)
  }

  private mutating func refuse(_ line: String, _ answer: inout PlainAnswer) {
    let shown = ValueText.abbreviated(line, limit: 60)
    if let usage = PlainLine.usage(of: line) {
      answer.say("\"\(shown)\" is not how that is typed.")
      answer.say(usage)
    } else {
      let hint = PlainLine.suggestion(for: line).map { " Did you mean \($0)?" } ?? ""
      answer.say("\"\(shown)\" is nothing that can be typed here.\(hint)")
    }
    sayChoices(&answer)
  }

  // MARK: choices

  /// Takes a number: a row of the list that was said last, or else a choice of the step.
  private mutating func choose(_ number: Int, _ answer: inout PlainAnswer) {
    switch chooseRow(number, &answer) {
    case true?: break
    case false?:
      answer.say("There is no number \(number) in this list.")
      sayChoices(&answer)
    case nil:
      if let command = PlainChoice.command(number, in: model) { return perform(command, &answer) }
      answer.say("There is no choice \(number) here.")
      answer.say(PlainChoice.sentence(model))
    }
  }

  /// Says what numbers do now.
  func sayChoices(_ answer: inout PlainAnswer) {
    if let session = model.session, session.isRewound, hint == nil {
      if session.isPlaying { return answer.say("While it plays: Enter holds it.") }
      answer.say(
        "You look back. Type back, on, event and a number, search and words, why, state, or last "
          + "for the newest event; or help.")
      if !session.isLive { answer.say(PlainChoice.sentence(model)) }
    } else if let session = model.session, session.isLive {
      answer.say(
        session.isPauseRequested
          ? hint ?? "Type one step, go on, stop or state; or help."
          : "While it runs: pause, stop or state, and Enter.")
    } else {
      answer.say(hint ?? PlainChoice.sentence(model))
    }
  }
}

extension Message {
  /// Whether it says what came of an effect that was asked for.
  fileprivate var endsWait: Bool {
    switch self {
    case .runBegan, .told, .warned, .recordingBegan, .recordingEnded, .comparand: true
    default: false
    }
  }
}

extension Effect {
  /// Whether a message says later what came of it.
  fileprivate var hasAnswer: Bool {
    switch self {
    case .openRecording, .compare, .save: true
    default: false
    }
  }
}
