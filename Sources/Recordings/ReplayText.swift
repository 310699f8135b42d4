import Events
import Glibc
import Platform
public import RunViews
public import Shell
import SystemPackage

/// Prints a recording as the text that `lockstep run` prints for the same events.
public struct ReplayText {
  let path: String
  /// The speed of the waits between events.
  let speed: PlaybackSpeed

  public init(path: String, speed: PlaybackSpeed) {
    self.path = path
    self.speed = speed
  }

  /// Prints the recording as far as it can be read.
  /// - Returns: a message about a recording that is not whole, or nil.
  /// - Throws: `Failure` if it is not a recording, is damaged, or cannot be read or written.
  public func print(to output: OutputFile) throws -> String? {
    var source = try RecordingSource(path, onWait: Finish.warn)
    let lines = EventLines(
      format: .text, isTerminal: output.isTerminal, isASCII: output.isASCII)
    var pace = Pace(speed: speed)
    func show(_ events: [Event]) {
      let pieces = speed == .unlimited ? [events] : events.map { [$0] }
      for piece in pieces where !output.hasFailed {
        let (text, remarks) = lines.lines(for: piece)
        guard !text.isEmpty || !remarks.isEmpty else { continue }
        if speed != .unlimited, let event = piece.first { pace.wait(until: event.time) }
        output.write(text)
        OutputFile.standardError.write(remarks)
      }
    }
    let (end, last) = try source.readEvents(while: { !output.hasFailed }) { events, _ in
      show(events)
    }
    try output.check()
    return try source.word(of: end, "replayed up to event \(last)")
  }

  /// Waits between the moments of a run, at the speed.
  private struct Pace {
    let speed: PlaybackSpeed
    private var moment: UInt64 = 0
    private var due = MonotonicClock.now()

    init(speed: PlaybackSpeed) { self.speed = speed }

    mutating func wait(until next: UInt64) {
      due += speed.wait(from: moment, to: next)
      moment = max(moment, next)
      while true {
        let now = MonotonicClock.now()
        guard now < due else { return }
        var rest = timespec(
          tv_sec: Int((due - now) / 1_000_000_000), tv_nsec: Int((due - now) % 1_000_000_000))
        nanosleep(&rest, nil)
      }
    }
  }
}
