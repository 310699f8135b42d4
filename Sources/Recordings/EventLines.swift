public import Events
import Exports
import Platform
import Screen
import Trace

/// Turns events into lines of a format.
public final class EventLines: Sendable {
  private let format: RunFormat
  private let isTerminal: Bool
  private let isASCII: Bool
  private let progress = Guarded(Progress())

  /// The state after the events so far.
  private struct Progress: Sendable {
    var export: (any RunExport)?
    var detector = FindingDetector()
    var sizing = PoolSizingSummary()
  }

  /// - Parameters:
  ///   - isTerminal: Whether the lines go to a terminal.
  ///   - isASCII: Whether text for people must be ASCII.
  public init(format: RunFormat, isTerminal: Bool, isASCII: Bool = false) {
    self.format = format
    self.isTerminal = isTerminal
    self.isASCII = isASCII
    progress.withLock { $0.export = format.export?.makeExport() }
  }

  /// The bytes before the first event.
  public func opening(_ header: RecordingHeader) -> [UInt8] {
    format == .ndjson ? Array("\(header.json())\n".utf8) : []
  }

  public func lines(for events: [Event]) -> [UInt8] {
    var bytes: [UInt8] = []
    for event in events {
      switch format {
      case .ndjson:
        event.writeJSON(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      case .text:
        for line in text(of: event) {
          // Also in a pipe, since a pager passes control characters on to the terminal.
          let safe = isASCII ? Sanitizer.asciiText(line) : Sanitizer.displaySafe(line)
          bytes.append(contentsOf: safe.utf8)
          bytes.append(UInt8(ascii: "\n"))
        }
      case .chrome, .svg: bytes += exported(event)
      }
    }
    return bytes
  }

  /// The bytes that an event adds to the export of its run. The last event adds the rest.
  private func exported(_ event: Event) -> [UInt8] {
    progress.withLock { progress in
      var bytes: [UInt8] = []
      progress.export?.append(event, to: &bytes)
      if event.kind == .runFinish { progress.export?.finish(to: &bytes) }
      guard isTerminal else { return bytes }
      return Array(Sanitizer.displaySafe(String(decoding: bytes, as: UTF8.self)).utf8)
    }
  }

  /// The lines for an event: output, results and findings.
  private func text(of event: Event) -> [String] {
    var lines: [String] = []
    switch event.kind {
    case .output: lines = [event.output ?? ""]
    case .result where event.name == Event.shownName:
      lines = Conclusion(text: event.value ?? "").lines
    case .result: lines = ["\(event.name ?? "") = \(event.value ?? "")"]
    default: break
    }
    return lines
      + progress.withLock { progress in
        progress.sizing.note(event)
        let found = progress.detector.apply(event).map(\.description)
        guard event.kind == .runFinish, let sentence = progress.sizing.sentence else {
          return found
        }
        return found + [sentence]
      }
  }
}
