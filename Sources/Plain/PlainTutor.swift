internal import Catalog
internal import LessonKit
internal import RunViews
internal import Screen
internal import Trace
public import Tutor

/// An input of the plain tutor.
public enum PlainInput: Sendable {
  /// A typed line, without its line end.
  case line(String)
  /// The end of the input.
  case endOfInput
  /// Ctrl-C.
  case interrupt
  /// A message about the run, the clock or an effect. Keys and sizes are ignored.
  case message(Message)
}

/// An answer of the plain tutor: lines to say, and effects to run.
public struct PlainAnswer: Sendable {
  /// The lines to say, in order.
  public internal(set) var lines: [SpokenLine] = []
  /// The effects to run, in order.
  public internal(set) var effects: [Effect] = []

  mutating func say(_ text: String) { lines.append(SpokenLine(text)) }
  mutating func say(_ more: [SpokenLine]) { lines += more }
}

/// The tutor as linear text: it performs commands on the model, like the screen, and says in
/// sentences what changed.
///
/// It is a pure value; the event loop writes its lines and runs its effects.
public struct PlainTutor: Sendable {
  var model: Model
  /// Whether lines come from a script. They are then repeated, so that the output is complete.
  let isScripted: Bool
  /// The meaning of numbers and Enter, in addition to the open layer.
  var page = SpokenPage.none
  /// The reporter of the current run or playback, or nil.
  var reporter: RunReporter?
  /// Whether a live run has begun and its end has not been said yet.
  var isEndUnsaid = false
  /// The number of events of a live run before the user looked back, or nil.
  var countBeforeLookBack: Int?
  /// Whether every event of a run is reported.
  var reportsAll = false
  /// Whether lines of code are numbered.
  var numbersLines = false
  /// The text of all steps, for the search.
  var spoken = SpokenSteps()
  /// The first closed answer of the step that was said last, or nil: the index of its block.
  var closedAnswer: (place: StepPlace, block: Int)?
  /// The progress of reading a recording.
  var reading = RecordingProgress()
  /// Whether the result of an effect is pending.
  private var awaitsResult = false
  /// The current line, as typed.
  private(set) var typed = ""

  /// A plain tutor for a model.
  /// - Parameter isScripted: whether lines come from a pipe or a file, not from a terminal.
  public init(_ model: Model, isScripted: Bool) {
    self.model = model
    self.model.playsRecordings = false
    self.isScripted = isScripted
  }

  /// Whether a run, a recording or a playback is active or requested. A script's next line waits
  /// until it is over.
  public var isBusy: Bool {
    model.awaited != nil || model.queued != nil || model.queuedRecording != nil || awaitsResult
      || model.session?.isLive == true || model.session?.isReading == true
      || model.session?.isPlaying == true
  }

  /// Whether nothing is said before the next line, so that a prompt can be shown.
  public var isQuiet: Bool {
    guard isBusy, let session = model.session else { return !isBusy }
    return session.isPaused || session.isLive && session.isRewound
  }

  /// Whether an earlier moment is on display. A live run is not reported meanwhile.
  public var isLookingBack: Bool { model.session?.isRewound == true }

  /// Whether the user chose ASCII output.
  public var isASCII: Bool { model.settings.isASCII }

  /// The time of the next output without input, on the monotonic clock in nanoseconds, or nil.
  public var nextDeadline: UInt64? {
    guard let session = model.session, session.isPlaying else { return nil }
    // Events within 10 ms are said together.
    return max(model.now + 10_000_000, session.playbackDeadline ?? 0)
  }

  /// Starts the tutor: says the current lesson and step.
  /// - Parameters:
  ///   - reason: why the tutor is plain, or nil if the user asked for it.
  ///   - recording: the path of a recording to open instead of the step.
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

  /// Applies an input and returns the answer.
  public mutating func handle(_ input: PlainInput) -> PlainAnswer {
    var answer = PlainAnswer()
    switch input {
    case .line(let line):
      if isScripted { answer.say("> " + Self.shown(line)) }
      typed = line.trimmed
      handle(line: PlainLine.collapsingSpaces(in: typed), &answer)
    case .endOfInput: perform(.quit, &answer)
    case .interrupt: perform(.interrupt, &answer)
    case .message(let message):
      if message.endsWait { awaitsResult = false }
      handle(message, &answer)
    }
    return finished(answer)
  }

  private mutating func finished(_ answer: PlainAnswer) -> PlainAnswer {
    var answer = answer
    answer.effects += model.takeChanges().map { .remember($0) }
    awaitsResult = awaitsResult || answer.effects.contains { $0.hasResult }
    return answer
  }

  /// Returns a typed line for repetition, without tabs and escape sequences.
  public static func shown(_ line: String) -> String {
    PlainLine.withoutKeys(line).replacing("\t", with: " ")
  }

  // MARK: lines

  private mutating func handle(line: String, _ answer: inout PlainAnswer) {
    if PlainLine.hasKeys(line) {
      answer.say("Arrow keys do nothing here.")
      return sayChoices(&answer)
    }
    if page == .value { return handle(value: line, &answer) }
    if case .save(let form) = model.layer { return handle(file: line, form, &answer) }
    if line.isEmpty {
      perform(defaultCommand, &answer)
    } else if let number = Int(line) {
      choose(number, &answer)
    } else if case .parameters = model.layer, !isBusy, handleParameter(line, &answer) {
      // In the list of parameters, "pause" can be the name of one.
    } else if let command = PlainLine.command(in: line) {
      perform(command, &answer)
    } else if !handleParameter(line, &answer) {
      refuse(line, &answer)
    }
  }

  /// The command of an empty line.
  private var defaultCommand: Command {
    guard let session = model.session else { return .ask(.more) }
    if session.isPlaying { return .play }
    return session.isLive && !session.isPauseRequested && !session.isRewound ? .pause : .ask(.more)
  }

  private mutating func refuse(_ line: String, _ answer: inout PlainAnswer) {
    let shown = ValueText.abbreviated(line, limit: 60)
    if let usage = PlainLine.usage(of: line) {
      answer.say("\"\(shown)\" is not a valid command.")
      answer.say(usage)
    } else {
      let hint = PlainLine.suggestion(for: line).map { " Did you mean \($0)?" } ?? ""
      answer.say("\"\(shown)\" is not a command here.\(hint)")
    }
    sayChoices(&answer)
  }

  // MARK: choices

  /// Chooses a number: a row of the current list, or else a choice of the step.
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

  /// Says the available choices.
  func sayChoices(_ answer: inout PlainAnswer) {
    if let session = model.session, session.isRewound, hint == nil {
      if session.isPlaying { return answer.say("During playback, Enter pauses.") }
      answer.say(
        "You are looking back. Type back, forward, event and a number, search and words, why, "
          + "state, or last for the newest event; or help.")
      if !session.isLive { answer.say(PlainChoice.sentence(model)) }
    } else if let session = model.session, session.isLive {
      answer.say(
        session.isPauseRequested
          ? hint ?? "Type one step, resume, stop or state; or help."
          : "During the run: pause, stop or state, or Enter to pause.")
    } else {
      answer.say(hint ?? PlainChoice.sentence(model))
    }
  }
}

extension Message {
  /// Whether it is the result of an effect.
  fileprivate var endsWait: Bool {
    switch self {
    case .runBegan, .notice, .warning, .recordingBegan, .recordingEnded, .comparison: true
    default: false
    }
  }
}

extension Effect {
  /// Whether a message brings the result later.
  fileprivate var hasResult: Bool {
    switch self {
    case .openRecording, .compare, .save: true
    default: false
    }
  }
}
