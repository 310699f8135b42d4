import Catalog
public import Events
import Exports
import Platform
import Screen
import Shell
import Trace

/// Turns events into lines of a format.
public final class EventLines: Sendable {
  private let format: RunFormat
  private let isTerminal: Bool
  private let isASCII: Bool
  private let isFull: Bool
  private let progress = Guarded(Progress())

  /// The state after the events so far.
  private struct Progress: Sendable {
    var export: (any RunExport)?
    var detector = FindingDetector()
    var sizing = PoolSizingSummary()
    var tasks = TaskOrder()
    /// Whether remarks are apart from the output.
    var isApart = false
  }

  /// - Parameters:
  ///   - isTerminal: Whether the lines go to a terminal.
  ///   - isASCII: Whether text for people must be ASCII.
  ///   - isFull: Whether text has long numbers and lines in full.
  public init(format: RunFormat, isTerminal: Bool, isASCII: Bool = false, isFull: Bool = false) {
    self.format = format
    self.isFull = isFull
    self.isTerminal = isTerminal
    self.isASCII = isASCII
    progress.withLock { $0.export = format.export?.makeExport() }
  }

  /// The bytes before the first event.
  public func opening(_ header: RecordingHeader) -> [UInt8] {
    format == .ndjson ? Array("\(header.json())\n".utf8) : []
  }

  /// The bytes for standard output, and those for standard error.
  ///
  /// If the demo prints what its listing prints, standard output has that alone, so that both can be
  /// compared. What Lockstep says about the run is on standard error, and the results, which such a
  /// demo prints, are in neither. The output of any other demo has all of them.
  public func lines(for events: [Event]) -> (output: [UInt8], remarks: [UInt8]) {
    guard format == .text else { return (events.flatMap(exported), []) }
    var (output, remarks): ([String], [String]) = ([], [])
    for event in events {
      if event.kind == .runStart {
        let isApart = DemoCatalog(cores: 1).printsListing(event.demo ?? "")
        progress.withLock { $0.isApart = isApart }
      }
      let lines = text(of: event)
      if progress.withLock({ $0.isApart }) {
        output += lines.filter { $0.kind == .printed }.map(\.line)
        remarks += lines.filter { $0.kind == .remark }.map(\.line)
      } else {
        output += lines.map(\.line)
      }
    }
    return (
      Self.bytes(output, isASCII: isASCII),
      Self.bytes(remarks, isASCII: OutputFile.standardError.isASCII)
    )
  }

  private static func bytes(_ lines: [String], isASCII: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines {
      // Also in a pipe, since a pager passes control characters on to the terminal.
      let safe = isASCII ? Sanitizer.asciiText(line) : Sanitizer.displaySafe(line)
      bytes.append(contentsOf: safe.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// The bytes of an event in a format other than text.
  private func exported(_ event: Event) -> [UInt8] {
    var bytes: [UInt8] = []
    guard format != .ndjson else {
      event.writeJSON(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      return bytes
    }
    // The last event adds the rest of the export.
    progress.withLock { progress in
      progress.export?.append(event, to: &bytes)
      if event.kind == .runFinish { progress.export?.finish(to: &bytes) }
    }
    guard isTerminal else { return bytes }
    return Array(Sanitizer.displaySafe(String(decoding: bytes, as: UTF8.self)).utf8)
  }

  /// A line of the text.
  private struct Line {
    enum Kind { case printed, result, remark }
    let kind: Kind
    let line: String
  }

  /// The lines for an event: output, results, findings and conclusions.
  private func text(of event: Event) -> [Line] {
    var lines: [Line] = []
    switch event.kind {
    case .output: lines = [Line(kind: .printed, line: shortened(event.output ?? ""))]
    case .result where event.name == Event.shownName:
      lines = remarks(Conclusion(text: event.value ?? ""))
    case .result:
      let value = shortened(event.value ?? "")
      lines = [Line(kind: .result, line: "\(event.name ?? "") = \(value)")]
    default: break
    }
    return lines
      + progress.withLock { progress in
        progress.sizing.note(event)
        progress.tasks.note(event)
        let found = progress.detector.apply(event).map { Line(kind: .remark, line: $0.description) }
        // A run that failed shows nothing.
        guard event.kind == .runFinish, event.runOutcome == .completed else { return found }
        return found
          + [progress.sizing.conclusion, progress.tasks.conclusion].compactMap(\.self)
          .flatMap(remarks)
      }
  }

  private func remarks(_ conclusion: Conclusion) -> [Line] {
    conclusion.lines.map { Line(kind: .remark, line: $0) }
  }

  private func shortened(_ text: String) -> String {
    isFull ? text : LongText.shortened(text)
  }
}
