public import Events
import Platform
public import Shell
import SystemPackage

/// Writes a recording while its run goes on: the header, then the events as they happen.
///
/// Each batch of events is one system call and holds whole lines. So a killed program leaves a file
/// that can be read up to its last whole line. An error, such as a full disk, ends the recording but
/// not the run, and is reported once.
public final class RecordingWriter: Sendable {
  private let output: OutputFile
  /// The path of the file.
  public var path: String { output.name }
  private let limit: Int
  private let report: @Sendable (String) -> Void
  private let state = Guarded(State())

  private struct State: Sendable {
    var size = 0
    /// Why the recording ended early, or nil.
    var ending: String?
  }

  /// Writes the header.
  /// - Parameters:
  ///   - limit: the most bytes of the recording.
  ///   - report: takes the message if the recording ends before its run. Called on the thread that
  ///     writes.
  public init(
    to output: OutputFile, header: RecordingHeader, limit: Int = .max,
    report: @escaping @Sendable (String) -> Void
  ) {
    self.output = output
    self.limit = limit
    self.report = report
    append { bytes in
      header.writeJSON(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// Writes a batch of events.
  public func write(_ events: [Event]) {
    append { bytes in
      for event in events {
        event.writeJSON(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
  }

  /// Why the recording ended before its run, or nil if it is complete so far.
  public var ending: String? { state.withLock { $0.ending } }

  private func append(_ lines: (inout [UInt8]) -> Void) {
    guard ending == nil else { return }
    var bytes: [UInt8] = []
    lines(&bytes)
    let size = bytes.count
    if state.withLock({ $0.size }) + size > limit {
      return end("it is larger than \(limit >> 20) MB")
    }
    output.write(bytes)
    if let error = output.error { return end("\(error)") }
    state.withLock { $0.size += size }
  }

  private func end(_ reason: String) {
    let sentence = "the recording \(output.name) ends here, and the run goes on: \(reason)"
    state.withLock { $0.ending = sentence }
    report(sentence)
  }
}
