import Events
import History
import Trace

/// A run as a text: one sentence per line, each finding where it becomes certain, and the outcome
/// at the end.
///
/// ```
/// producer-consumer
/// with items=3 lock=on
/// 2 cores, engine native, lockstep 0.1.0
///
///   0.000477  A  adder starts.
///   0.002495  A  adder appends 0; shared is 0.
/// ```
///
/// Each sentence is one line, whatever the run's texts contain. Other control characters stay; make
/// them safe before showing the text on a terminal. Only the data for the end is kept in memory.
struct Transcript: RunExport {
  private var fold = RunFold()
  private var findings = 0
  private var results: [(name: String, value: String)] = []
  private var resultCount = 0
  private var hasBegun = false

  /// How many results are repeated at the end.
  static let maxResults = 256

  mutating func append(_ event: Event, to bytes: inout [UInt8]) {
    fold.apply(event)
    if !hasBegun {
      hasBegun = true
      for line in heading(event) { bytes.append(line: line) }
      bytes.append(line: "")
    }
    noteResult(event)
    if Self.isIncluded(event) {
      bytes.append(line: line(event.time, fold.state.letter(of: event.actor), sentence(event)))
    }
    for finding in fold.findings[findings...] {
      bytes.append(line: line(finding.time, "!", Narrator.closed(finding.description)))
    }
    findings = fold.findings.count
  }

  mutating func finish(to bytes: inout [UInt8]) {
    bytes.append(line: "")
    for line in ending { bytes.append(line: line) }
  }

  private mutating func noteResult(_ event: Event) {
    guard event.kind == .result, let name = event.name, name != Event.shownName,
      MadePicture.number(ofResult: name) == nil
    else { return }
    resultCount += 1
    guard results.count < Self.maxResults else { return }
    results.append((name, ValueText.whole(event.value ?? "")))
  }

  private func heading(_ event: Event) -> [String] {
    guard event.kind == .runStart else { return ["A run whose beginning is missing"] }
    let state = fold.state
    var lines = [state.demo]
    if !state.parameters.isEmpty { lines.append("with " + state.parameters) }
    let cores = state.cores == 1 ? "1 core" : "\(state.cores) cores"
    lines.append("\(cores), engine \(state.engine), lockstep \(state.version)")
    return lines.map(ValueText.singleLine)
  }

  // MARK: Events

  /// Whether the transcript includes an event. Names, samples and the ends of sleeps are left out.
  private static func isIncluded(_ event: Event) -> Bool {
    switch event.kind {
    case .runStart, .actorName, .objectName, .threadSpawn, .processSpawn, .line, .sample: false
    case .waitEnd where event.waitReason == .sleep: event.waitOutcome == .stopped
    case .measure: event.name?.hasSuffix(Event.overTimeSuffix) != true
    // Shown at the end of the transcript.
    case .result:
      event.name.map { $0 != Event.shownName && MadePicture.number(ofResult: $0) == nil } ?? true
    default: true
    }
  }

  private func sentence(_ event: Event) -> String {
    let state = fold.state
    if event.kind == .output {
      return "\(state.name(of: event.actor)) prints: \(event.outputLine ?? "")"
    }
    return Narrator.closed(Narrator.detail(event, state: state))
  }

  /// A line with the time to the microsecond and the actor's letter.
  private func line(_ time: UInt64, _ letter: String, _ sentence: String) -> String {
    let micros = time / 1000
    let seconds = String(micros / 1_000_000)
    let rest = String(micros % 1_000_000)
    return Self.leading(seconds, 3, " ") + "." + Self.leading(rest, 6, "0") + "  "
      + letter + String(repeating: " ", count: max(0, 2 - letter.count)) + " "
      + ValueText.singleLine(sentence)
  }

  private static func leading(_ digits: String, _ width: Int, _ sign: Character) -> String {
    String(repeating: sign, count: max(0, width - digits.count)) + digits
  }

  // MARK: End

  private var ending: [String] {
    let state = fold.state
    var lines = results.map { "\($0.name) = \($0.value)" }
    if resultCount > results.count {
      lines.append("and \(ValueText.grouped(resultCount - results.count)) more results")
    }
    if !fold.picture.rows.isEmpty {
      lines.append("The picture:")
      lines += fold.picture.rows.map { $0?.text ?? "" }
    }
    for shown in [fold.sizing.conclusion, fold.shown].compactMap(\.self) {
      lines.append("Shown: " + Narrator.closed(shown.sentence))
      lines += shown.table
    }
    if fold.raised > 0 {
      let many = "\(ValueText.grouped(fold.raised)) exceptions were raised."
      lines.append(fold.raised == 1 ? "1 exception was raised." : many)
    }
    let time = ValueText.duration(Int64(clamping: state.time))
    switch state.phase {
    case .finished(let outcome): lines.append("Over after \(time): \(outcome.word).")
    case .notStarted, .running, .paused:
      lines.append("Recorded up to \(time); the run's end is missing.")
    }
    let lost = "\(ValueText.grouped(state.lost)) events were lost."
    lines.append(
      state.lost == 0 ? "No event was lost." : state.lost == 1 ? "1 event was lost." : lost)
    return lines.map(ValueText.singleLine)
  }
}

extension [UInt8] {
  /// Appends a text and a line ending.
  fileprivate mutating func append(line: String) {
    append(contentsOf: line.utf8)
    append(0x0A)
  }
}
