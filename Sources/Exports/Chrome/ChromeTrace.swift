import Events
import Trace

/// A run as Chrome's Trace Event JSON, as Perfetto and `chrome://tracing` open it.
///
/// ```
/// process  producer-consumer      rows  run          the run itself, findings, pauses
///                                       main         life ▷ submissions, spawns
///                                       A adder      starting · life ▷ tasks, waits, sleeps
/// process  shared objects         rows  list_lock    its holder
///                                       permits 1 2  its holders, a row for each
///                                 counters           sizes, waiting tasks, measures
/// process  B worker-1             rows  B worker-1
/// ```
///
/// - A row's `tid` is its actor's number, because the kernel reuses thread IDs; the kernel's is in
///   the arguments. A `pid` is the kernel's, unless an earlier process of the run had it. Rows that
///   are not threads have numbers from 2^22 on, which the kernel never uses.
/// - Viewers draw an arrow from the end of one slice to the start of another. So a short event with
///   an arrow (an operation on a lock, a spawn, a submission) is a slice of two nanoseconds.
/// - An arrow leads from a release to the next acquire by another actor.
/// - The name of the run's row says what is missing, because Perfetto ignores labels of processes
///   and all data beside the events.
/// - Times are in microseconds with three decimals. Each time in a row is later than the previous
///   one. So an event may be some nanoseconds later than in the recording.
///
/// Streams its output; memory holds only the run's state and open slices. The format is the
/// Chromium project's "Trace Event Format", as Perfetto's JSON importer reads it.
struct ChromeTrace: RunExport {
  var writer = ChromeWriter()
  var rows: [ChromeRow] = []
  var places = ChromePlaces()
  /// The last release of each object that has not been acquired since, by object number.
  var releases: [UInt32: ChromeFlowStart] = [:]
  var spawns: [UInt32: ChromeFlowStart] = [:]
  var submissions: [ChromeTask: ChromeFlowStart] = [:]
  /// The rows of the holders of semaphores.
  var seats: [ChromeSeat: [Int]] = [:]
  private var detector = FindingDetector()
  private var flows: UInt64 = 0
  private var hasBegun = false

  /// The limit of unfinished arrows. Only a damaged recording exceeds it.
  static let maxPending = 1 << 20

  var state: RunState { detector.state }

  mutating func append(_ event: Event, to bytes: inout [UInt8]) {
    begin(&bytes)
    let findings = detector.apply(event)
    let kind = event.kind
    switch kind {
    case .runStart, .runFinish, .runPause, .runResume, .runStep, .runSpeed:
      writeRun(event, kind, &bytes)
    case .actorName, .threadStart, .processStart, .threadExit, .processExit, .threadSpawn,
      .processSpawn:
      writeLife(event, kind, &bytes)
    case .objectName: renameRows(of: event, &bytes)
    case .waitBegin, .waitEnd: writeWait(event, kind, &bytes)
    case .taskSubmit, .taskStart, .taskFinish, .taskFail, .taskCancel:
      writeTask(event, kind, &bytes)
    case .lockAcquire, .lockRelease: writeLock(event, kind, &bytes)
    case .line: break
    default: writeOperation(event, kind, &bytes)
    }
    for finding in findings { write(finding, &bytes) }
  }

  mutating func finish(to bytes: inout [UInt8]) {
    begin(&bytes)
    for row in rows.indices { end(rows[row].open.count, in: row, at: state.time, &bytes) }
    writeMissing(&bytes)
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

  /// Ends the innermost `count` slices of a row. The arguments belong to the last of them.
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

  /// Writes a very short slice, from which an arrow can start.
  /// - Returns: the start for that arrow.
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

  /// Writes an arrow to the open slice of a row.
  mutating func flow(
    _ name: String, from start: ChromeFlowStart, to row: Int, at time: UInt64,
    _ bytes: inout [UInt8]
  ) {
    flows += 1
    // An arrow must not lead back in time, although times of rows may have been moved ahead.
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

/// The start of an arrow: a time within a slice.
struct ChromeFlowStart: Sendable {
  let row: Int
  let time: UInt64
}

/// A task, by its pool and its number.
struct ChromeTask: Hashable, Sendable {
  let pool: UInt32
  let number: Int
}
