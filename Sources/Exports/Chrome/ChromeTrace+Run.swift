import Events
import Trace

/// What concerns the whole run: its beginning and end, its clock, what its events prove.
extension ChromeTrace {
  mutating func tellRun(_ event: Event, _ kind: EventKind, _ bytes: inout [UInt8]) {
    let row = runRow(event, &bytes)
    switch kind {
    case .runStart:
      end(rows[row].open.count, in: row, at: event.time, &bytes)
      let name = [state.demo, state.parameters].filter { !$0.isEmpty }.joined(separator: " ")
      begin(
        .run, name.isEmpty ? "run" : name, "run", in: row, at: event.time,
        with: [
          ("engine", .text(state.engine)), ("version", .text(state.version)),
          ("cores", .number(Int64(clamping: state.cores))),
        ], &bytes)
      _ = livingRow(of: event, &bytes)
    case .runFinish:
      let outcome = event.runOutcome?.word ?? "unknown"
      let arguments: ChromeWriter.Arguments = [
        ("outcome", .text(outcome)), ("lost", .number(Int64(clamping: state.lost))),
      ]
      instant("run \(outcome)", "run", in: row, at: event.time, with: arguments, &bytes)
      if let main = places.row(of: event.record.actor) {
        end(rows[main].open.count, in: main, at: event.time, &bytes)
      }
      end(rows[row].open.count, in: row, at: event.time, with: arguments, &bytes)
    default:
      instant(
        Narrator.detail(event, state: state), "clock", in: row, at: event.time,
        with: [("kind", .text(kind.name))], &bytes)
    }
  }

  /// Says where everybody sees it that the trace is not all of the run.
  mutating func tellMissing(_ bytes: inout [UInt8]) {
    guard let run = places.run, let missing = state.missingParts else { return }
    describe(run, "run: \(missing)", order: Order.runRow, &bytes)
    writer.begin("M", process: rows[run].process, row: nil, to: &bytes)
    writer.name("process_labels", to: &bytes)
    writer.end([("labels", .text(missing))], to: &bytes)
  }

  mutating func tell(_ finding: Finding, _ bytes: inout [UInt8]) {
    guard let row = places.run else { return }
    instant(
      finding.kind.title, "finding", in: row, at: finding.time,
      with: [("finding", .text(finding.description))], &bytes)
  }
}

extension Finding.Kind {
  /// What was found, in two or three words.
  var title: String {
    switch self {
    case .deadlock: "deadlock"
    case .waitForEnded: "wait without end"
    case .abandonedLock: "abandoned lock"
    case .starvation: "starvation"
    case .lostUpdate: "lost update"
    }
  }
}
