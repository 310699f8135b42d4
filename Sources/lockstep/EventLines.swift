import Concurrency
import Screen
import Trace

/// Turns events into the lines of one format.
final class EventLines: Sendable {
  private let format: RunCommand.Format
  private let isTerminal: Bool
  private let told = Guarded(Told())

  /// What the events so far add up to.
  private struct Told: Sendable {
    var export: (any RunExport)?
    var state = RunState()
    var detector = FindingDetector()
    var sizing = PoolSizingSummary()
  }

  init(format: RunCommand.Format, isTerminal: Bool) {
    self.format = format
    self.isTerminal = isTerminal
    told.withLock { $0.export = format.export?.begun }
  }

  /// What stands before the first event.
  func opening(_ header: RecordingHeader) -> [UInt8] {
    format == .ndjson ? Array("\(header.json())\n".utf8) : []
  }

  func lines(for events: [Event]) -> [UInt8] {
    var bytes: [UInt8] = []
    for event in events {
      switch format {
      case .ndjson:
        event.writeJSON(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      case .text:
        for line in text(of: event) {
          bytes.append(contentsOf: (isTerminal ? Sanitizer.displaySafe(line) : line).utf8)
          bytes.append(UInt8(ascii: "\n"))
        }
      case .chrome, .svg: bytes += exported(event)
      }
    }
    return bytes
  }

  /// What an event adds to the export of its run; the last one adds all that is left.
  private func exported(_ event: Event) -> [UInt8] {
    told.withLock { told in
      var bytes: [UInt8] = []
      told.export?.append(event, to: &bytes)
      if event.kind == .runFinish { told.export?.finish(to: &bytes) }
      guard isTerminal else { return bytes }
      return Array(Sanitizer.displaySafe(String(decoding: bytes, as: UTF8.self)).utf8)
    }
  }

  /// What the program prints and what it results in; and what was found to be wrong.
  private func text(of event: Event) -> [String] {
    var lines: [String] = []
    switch event.kind {
    case .output: lines = [event.output ?? ""]
    case .result where event.name == Event.shownName: lines = [event.value ?? ""]
    case .result: lines = ["\(event.name ?? "") = \(event.value ?? "")"]
    default: break
    }
    return lines
      + told.withLock { told in
        told.state.apply(event)
        told.sizing.note(event)
        let found = told.detector.observe(event, state: told.state).map(\.description)
        guard event.kind == .runFinish, let sentence = told.sizing.sentence else { return found }
        return found + [sentence]
      }
  }
}
