public import Events

/// The style of the narrator: for a screen, or for a person who hears one sentence after another.
public enum NarratorVoice: Sendable {
  /// Short, with unit signs: `adder appends 4; shared is 0 1 4`.
  case brief
  /// Full words that make sense without a screen: `adder appends 4. The list is 0, 1, 4`.
  case spoken

  func duration(_ nanoseconds: Int64) -> String {
    switch self {
    case .brief: ValueText.duration(nanoseconds)
    case .spoken: ValueText.spokenDuration(nanoseconds)
    }
  }

  /// The mark between a verb and quoted text.
  var colon: String { self == .spoken ? ":" : "" }
  /// How many characters of a printed line are included.
  var outputLimit: Int { self == .spoken ? 240 : 72 }
}

extension Narrator {
  /// An event as a spoken sentence: `adder appends 4. The list is 0, 4.`
  /// - Parameter state: the state after the event.
  public static func sentence(_ event: Event, state: RunState) -> String {
    let detail = detail(event, state: state, voice: .spoken)
    switch event.kind {
    // Names of actors keep their case.
    case .runStart, .runFinish, .runPause, .runResume, .runStep, .runSpeed:
      return closed(capitalized(detail))
    default: return closed(detail)
    }
  }

  /// The end of a wait as a sentence with its length: `remover waited 25 microseconds for
  /// list_lock, held by adder.`
  /// - Parameters:
  ///   - event: the end of the wait.
  ///   - holder: the actor that held the object when the wait began, or nil.
  public static func waited(_ event: Event, holder: ActorID?, state: RunState) -> String {
    let actor = state.name(of: event.actor)
    let time = ValueText.spokenDuration(max(0, event.waited ?? 0))
    let what = awaited(event, event.waitReason ?? .event, state)
    let held = holder.map { ", held by \(state.name(of: $0))" } ?? ""
    switch event.waitOutcome {
    case .timeout: return "\(actor) waited \(time) for \(what)\(held), and gave up."
    case .stopped: return "\(actor) waited \(time) for \(what)\(held), and was stopped."
    default: return "\(actor) waited \(time) for \(what)\(held)."
    }
  }

  /// The contents of a list, a queue or a pipe: `The list is 0, 1, 4`, or for a long one
  /// `The list has 639 values, from 361, 362 to 999`. The only one of a run is named by its form.
  public static func contents(of object: ObjectState, in state: RunState) -> String {
    let forms: [ObjectForm] = [.list, .queue, .pipe]
    let isOnly = state.objects.count { forms.contains($0.form) } == 1
    let name = isOnly ? "The \(object.form)" : object.name
    let sequence = object.sequence
    let isShort = sequence.count <= ValueText.longestSpokenRow
    return "\(name) \(isShort ? "is" : "has") \(ValueText.spokenRow(sequence))"
  }

  /// What an actor does next, as a predicate: `acquires list_lock`. An operation that is unknown
  /// `goes on`.
  public static func next(_ operation: NextOperation?, state: RunState) -> String {
    let name = operation?.object.map(state.name(of:)) ?? "it"
    let isSemaphore = operation?.object.flatMap { state[$0] }?.form == .semaphore
    return switch operation?.kind {
    case .lockAcquire: isSemaphore ? "takes a permit of \(name)" : "acquires \(name)"
    case .lockRelease: isSemaphore ? "gives a permit of \(name) back" : "releases \(name)"
    case .conditionNotify: "notifies \(name)"
    case .eventSet: "sets \(name)"
    case .eventClear: "clears \(name)"
    case .barrierPass: "comes to \(name)"
    case .queuePut: "puts into \(name)"
    case .queueGet: "gets from \(name)"
    case .pipeSend: "sends into \(name)"
    case .pipeReceive: "receives from \(name)"
    case .listAppend: "appends to \(name)"
    case .listRemove: "takes from \(name)"
    case .line: "looks at \(name)"
    case .variableRead: "reads \(name)"
    case .variableWrite: "writes \(name)"
    case .poolOpen: "opens \(name)"
    case .poolClose: "closes \(name)"
    case .taskSubmit: "submits a task"
    case .taskStart: "starts a task"
    case .taskFinish, .taskFail: "ends its task"
    case .taskCancel: "cancels a task"
    case .output: "prints"
    case .result: "gives a result"
    case .measure: "measures"
    case .threadSpawn: "starts a thread"
    case .processSpawn: "starts a process"
    case .threadStart, .processStart: "starts"
    case .threadExit, .processExit: "ends"
    case .waitBegin where operation?.reason == .sleep: "sleeps"
    case .waitBegin where operation?.reason == .future: "asks for a result"
    case .waitBegin where operation?.reason == .queueGet: "asks \(name) for a task"
    case .waitBegin where operation?.reason == .join: "joins a thread"
    case .waitBegin where operation?.reason == .process: "joins a process"
    case .waitBegin where operation?.object.flatMap { state[$0] } == nil: "waits"
    case .waitBegin: "waits for \(name)"
    case .waitEnd: "wakes"
    default: "goes on"
    }
  }

  /// The text with a full stop, unless it already ends with a punctuation mark.
  public static func closed(_ text: String) -> String {
    guard let last = text.last else { return text }
    return ".!?:…".contains(last) ? text : text + "."
  }

  /// The text with its first letter in upper case.
  public static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}

extension ValueText {
  /// The longest row that is spoken in full.
  static let longestSpokenRow = 10

  /// Values with commas; for a long row their number and its two ends.
  static func spokenRow(_ sequence: SequenceState) -> String {
    let count = sequence.count
    guard count > 0 else { return "empty" }
    func text(_ range: Range<Int>) -> String {
      sequence.values(in: range).map { abbreviated($0.text) }.joined(separator: ", ")
    }
    if count <= longestSpokenRow { return text(0..<count) }
    return "\(grouped(count)) values, from \(text(0..<2)) to \(text(count - 1..<count))"
  }

  /// An integer with thousands separators: `1,204`.
  public static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }
}
