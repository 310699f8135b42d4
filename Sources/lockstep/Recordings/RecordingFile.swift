import Concurrency
import SystemPackage
import Trace

/// A recording that is written while its run goes on: the header, then the events as they happen.
///
/// Each batch of events is one call of the system, and its lines are whole, so that what a killed
/// program leaves is read up to its last whole line. A disk that is full, or whatever else goes
/// wrong, ends the recording and not the run; it is told once.
final class RecordingFile: Sendable {
  private let output: OutputFile
  /// Where it is written.
  var path: String { output.name }
  private let limit: Int
  private let tell: @Sendable (String) -> Void
  private let state = Guarded(State())

  private struct State: Sendable {
    var size = 0
    /// Why nothing more is written.
    var ending: String?
  }

  /// Begins a recording.
  /// - Parameters:
  ///   - limit: how many bytes it may have.
  ///   - tell: takes the one sentence that says why it ends before its run does; called on the
  ///     thread that writes.
  init(
    to output: OutputFile, header: RecordingHeader, limit: Int = .max,
    tell: @escaping @Sendable (String) -> Void
  ) {
    self.output = output
    self.limit = limit
    self.tell = tell
    append { bytes in
      header.writeJSON(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// Adds a batch of events.
  func write(_ events: [Event]) {
    append { bytes in
      for event in events {
        event.writeJSON(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
  }

  /// Why the recording ended before its run; nil as long as all of it is there.
  var ending: String? { state.withLock { $0.ending } }

  private func append(_ lines: (inout [UInt8]) -> Void) {
    guard ending == nil else { return }
    var bytes: [UInt8] = []
    lines(&bytes)
    let size = bytes.count
    if state.withLock({ $0.size }) + size > limit {
      return end("it has grown beyond \(limit >> 20) MB")
    }
    output.write(bytes)
    if let error = output.error { return end("\(error)") }
    state.withLock { $0.size += size }
  }

  private func end(_ reason: String) {
    let sentence = "the recording \(output.name) ends here, and the run goes on: \(reason)"
    state.withLock { $0.ending = sentence }
    tell(sentence)
  }
}
