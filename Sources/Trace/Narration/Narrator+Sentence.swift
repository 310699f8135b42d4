public import Events

/// How the narrator speaks: on a screen beside other things, or to a person who hears one sentence
/// after the other and nothing else.
public enum NarratorVoice: Sendable {
  /// Short, with signs for units: `adder appends 4; shared is 0 1 4`.
  case brief
  /// In words that make sense heard alone: `adder appends 4. The list is 0, 1, 4`.
  case spoken

  func duration(_ nanoseconds: Int64) -> String {
    switch self {
    case .brief: ValueText.duration(nanoseconds)
    case .spoken: ValueText.spokenDuration(nanoseconds)
    }
  }

  /// Between what somebody does and what it is done to.
  var colon: String { self == .spoken ? ":" : "" }
  /// How many characters of a printed line are told.
  var outputLimit: Int { self == .spoken ? 240 : 72 }
}

extension Narrator {
  /// One event as a whole sentence that can be heard alone: `adder appends 4. The list is 0, 4.`
  /// - Parameter state: what is true after the event.
  public static func sentence(_ event: Event, state: RunState) -> String {
    let detail = detail(event, state: state, voice: .spoken)
    switch event.kind {
    // Names stay as the program writes them.
    case .runStart, .runFinish, .runPause, .runResume, .runStep, .runSpeed:
      return closed(capitalized(detail))
    default: return closed(detail)
    }
  }

  /// A wait that is over, told once with its length: `remover waited 25 microseconds for list_lock,
  /// held by adder.`
  /// - Parameters:
  ///   - event: the end of the wait.
  ///   - holder: who held what was waited for as the wait began; nil where nobody did.
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

  /// What a list, a queue or a pipe contains: `The list is 0, 1, 4`, or of a long one
  /// `The list has 639 values, from 361, 362 to 999`. Where the run has only one it needs no name.
  public static func contents(of object: ObjectState, in state: RunState) -> String {
    let forms: [ObjectForm] = [.list, .queue, .pipe]
    let isOnly = state.objects.count { forms.contains($0.form) } == 1
    let name = isOnly ? "The \(object.form)" : object.name
    let sequence = object.sequence
    let isShort = sequence.count <= ValueText.longestSpokenRow
    return "\(name) \(isShort ? "is" : "has") \(ValueText.spokenRow(sequence))"
  }

  /// The text with a full stop, unless it ends with a sign of its own.
  public static func closed(_ text: String) -> String {
    guard let last = text.last else { return text }
    return ".!?:…".contains(last) ? text : text + "."
  }

  /// The text with a capital letter first.
  public static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}

extension ValueText {
  /// More values than these cannot be kept in mind.
  static let longestSpokenRow = 10

  /// Values as they are heard: with commas, and of a long row how many there are and its two ends.
  static func spokenRow(_ sequence: SequenceState) -> String {
    let count = sequence.count
    guard count > 0 else { return "empty" }
    func text(_ range: Range<Int>) -> String {
      sequence.values(in: range).map { abbreviated($0.text) }.joined(separator: ", ")
    }
    if count <= longestSpokenRow { return text(0..<count) }
    return "\(grouped(count)) values, from \(text(0..<2)) to \(text(count - 1..<count))"
  }

  /// A whole number with its thousands parted: `1,204`.
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
