public import Events
import Trace

/// A run as Chrome's Trace Event JSON, as Perfetto and `chrome://tracing` open it.
///
/// ```
/// process  producer-consumer      rows  run          the run itself, findings, pauses
///                                       main         life ▷ what it submits and spawns
///                                       A adder      starting · life ▷ tasks, waits, sleeps
/// process  what they share        rows  list_lock    who holds it
///                                       permits 1 2  who is inside, a row for each at once
///                                 counters           sizes, what waits in a pool, measures
/// process  B worker-1             rows  B worker-1
/// ```
///
/// - A row's `tid` is its actor's number, since the kernel uses its own again for later threads; the
///   kernel's stands in the arguments. A `pid` is the kernel's, unless an earlier process of the run
///   had it. What is no thread has numbers that the kernel never gives (from 2^22 on).
/// - Viewers draw an arrow from the end of one slice to the beginning of another. So what an arrow
///   comes from or leads to without being long, an operation on a lock, a spawn, a submission, is a
///   slice of two nanoseconds.
/// - An arrow leads from a release to the next acquire by somebody else.
/// - What is missing stands in the name of the run's row: Perfetto passes over labels of processes and
///   over whatever stands beside the events.
/// - Times are those of the run in microseconds, with three decimals for the nanoseconds. Within a
///   row each is later than the one before, if only by a nanosecond; so an event may stand some
///   nanoseconds later than in the recording where several of a row have the same time.
///
/// Written as it goes: memory is that of the run's state and of what is open. Format: "Trace Event
/// Format", the Chromium project's document; read as Perfetto's importer of JSON reads it.
public struct ChromeTrace: RunExport {
  var writer = ChromeWriter()
  var rows: [ChromeRow] = []
  var places = ChromePlaces()
  /// The end of each release after which nobody else has acquired yet, by the objects' numbers.
  var releases: [UInt32: ChromeFlowStart] = [:]
  var spawns: [UInt32: ChromeFlowStart] = [:]
  var submissions: [ChromeTask: ChromeFlowStart] = [:]
  /// The rows in which those inside a semaphore are shown.
  var seats: [ChromeSeat: [Int]] = [:]
  private var detector = FindingDetector()
  private var flows: UInt64 = 0
  private var hasBegun = false

  /// More arrows wait for their ends only in a damaged recording.
  static let mostPending = 1 << 20

  /// A trace of a run of which nothing has happened yet.
  public init() {}

  var state: RunState { detector.state }

  public mutating func append(_ event: Event, to bytes: inout [UInt8]) {
    begin(&bytes)
    let findings = detector.apply(event)
    let kind = event.kind
    switch kind {
    case .runStart, .runFinish, .runPause, .runResume, .runStep, .runSpeed:
      tellRun(event, kind, &bytes)
    case .actorName, .threadStart, .processStart, .threadExit, .processExit, .threadSpawn,
      .processSpawn:
      tellLife(event, kind, &bytes)
    case .objectName: renameRows(of: event, &bytes)
    case .waitBegin, .waitEnd: tellWait(event, kind, &bytes)
    case .taskSubmit, .taskStart, .taskFinish, .taskFail, .taskCancel: tellTask(event, kind, &bytes)
    case .lockAcquire, .lockRelease: tellLock(event, kind, &bytes)
    case .line: break
    default: tellOperation(event, kind, &bytes)
    }
    for finding in findings { tell(finding, &bytes) }
  }

  public mutating func finish(to bytes: inout [UInt8]) {
    begin(&bytes)
    for row in rows.indices { end(rows[row].open.count, in: row, at: state.time, &bytes) }
    tellMissing(&bytes)
    bytes.append(literal: "\n],\"displayTimeUnit\":\"ms\",\"otherData\":")
    let outcome: String
    switch state.phase {
    case .finished(let ending): outcome = ending.word
    case .notStarted, .running, .paused: outcome = "unknown: the run's last event is missing"
    }
    ChromeWriter.write(
      [
        ("demo", .text(state.demo)), ("parameters", .text(state.parameters)),
        ("engine", .text(state.engine)), ("version", .text(state.version)),
        ("cores", .number(Int64(clamping: state.cores))), ("outcome", .text(outcome)),
        ("events", .number(Int64(clamping: state.events))),
        ("lost", .number(Int64(clamping: state.lost))),
      ], to: &bytes)
    bytes.append(literal: "}\n")
  }

  private mutating func begin(_ bytes: inout [UInt8]) {
    guard !hasBegun else { return }
    hasBegun = true
    bytes.append(literal: "{\"traceEvents\":[")
  }
}

/// Slices, instants and arrows.
extension ChromeTrace {
  mutating func begin(
    _ slice: ChromeRow.Slice, _ name: String, _ category: StaticString, in row: Int,
    at time: UInt64, with arguments: ChromeWriter.Arguments = [], _ bytes: inout [UInt8]
  ) {
    writeBegin(name, category, in: row, at: time, with: arguments, &bytes)
    rows[row].begin(slice)
  }

  /// Ends the innermost slices of a row, so many; the arguments are the last one's.
  mutating func end(
    _ count: Int, in row: Int, at time: UInt64, with arguments: ChromeWriter.Arguments = [],
    _ bytes: inout [UInt8]
  ) {
    for left in stride(from: count, to: 0, by: -1) {
      rows[row].end()
      writeEnd(in: row, at: time, with: left == 1 ? arguments : [], &bytes)
    }
  }

  mutating func instant(
    _ name: String, _ category: StaticString, in row: Int, at time: UInt64,
    with arguments: ChromeWriter.Arguments = [], _ bytes: inout [UInt8]
  ) {
    let time = rows[row].take(time)
    writer.begin(
      "i", process: rows[row].process, row: rows[row].number, time: time, to: &bytes)
    bytes.append(literal: ",\"s\":\"t\"")
    writer.name(name, category: category, to: &bytes)
    writer.end(arguments, to: &bytes)
  }

  /// A slice too short to be seen, from which an arrow may come.
  /// - Returns: where the arrow begins.
  mutating func mark(
    _ name: String, _ category: StaticString, in row: Int, at time: UInt64,
    with arguments: ChromeWriter.Arguments = [], from start: ChromeFlowStart? = nil,
    arrow: String = "", _ bytes: inout [UInt8]
  ) -> ChromeFlowStart {
    writeBegin(name, category, in: row, at: time, with: arguments, &bytes)
    if let start { flow(arrow, from: start, to: row, at: time, &bytes) }
    let moment = rows[row].take(time)
    writeEnd(in: row, at: time, with: [], &bytes)
    return ChromeFlowStart(row: row, time: moment)
  }

  /// An arrow to the slice that is open in a row.
  mutating func flow(
    _ name: String, from start: ChromeFlowStart, to row: Int, at time: UInt64,
    _ bytes: inout [UInt8]
  ) {
    flows += 1
    // An arrow must not lead back in time, though the clocks of two rows may be apart.
    let end = rows[row].take(time, notBefore: start.time)
    writeFlow("s", name, in: start.row, at: start.time, &bytes)
    bytes.append(literal: "}")
    writeFlow("f", name, in: row, at: end, &bytes)
    bytes.append(literal: ",\"bp\":\"e\"}")
  }

  private mutating func writeFlow(
    _ phase: StaticString, _ name: String, in row: Int, at time: UInt64, _ bytes: inout [UInt8]
  ) {
    writer.begin(
      phase, process: rows[row].process, row: rows[row].number, time: time, to: &bytes)
    bytes.append(literal: ",\"id\":")
    bytes.append(decimal: flows)
    writer.name(name, category: "flow", to: &bytes)
  }

  private mutating func writeBegin(
    _ name: String, _ category: StaticString, in row: Int, at time: UInt64,
    with arguments: ChromeWriter.Arguments, _ bytes: inout [UInt8]
  ) {
    let time = rows[row].take(time)
    writer.begin(
      "B", process: rows[row].process, row: rows[row].number, time: time, to: &bytes)
    writer.name(name, category: category, to: &bytes)
    writer.end(arguments, to: &bytes)
  }

  private mutating func writeEnd(
    in row: Int, at time: UInt64, with arguments: ChromeWriter.Arguments, _ bytes: inout [UInt8]
  ) {
    let time = rows[row].take(time)
    writer.begin(
      "E", process: rows[row].process, row: rows[row].number, time: time, to: &bytes)
    writer.end(arguments, to: &bytes)
  }
}

/// Where an arrow begins: a moment within a slice.
struct ChromeFlowStart: Sendable {
  let row: Int
  let time: UInt64
}

/// A task, by its pool's number and its own.
struct ChromeTask: Hashable, Sendable {
  let pool: UInt32
  let number: Int
}
