import Events
import Glibc
import Rings
import SystemPackage
import Tutor

/// A recording as the text that `lockstep run` prints for the same events.
struct ReplayText {
  let path: String
  /// How long to wait for what happened later.
  let speed: FilmSpeed

  /// Prints it to its end, or to where it breaks off.
  /// - Returns: what a person should know of the recording; nil where it is whole.
  /// - Throws: `Failure` for what is no recording, or is damaged, or cannot be read or written.
  func print(to output: OutputFile) throws -> String? {
    var source = try RecordingSource(path)
    let lines = EventLines(format: .text, isTerminal: output.isTerminal)
    var pace = Pace(speed: speed)
    func show(_ events: [Event]) {
      guard speed != .unlimited else { return output.write(lines.lines(for: events)) }
      for event in events where !output.hasFailed {
        let text = lines.lines(for: [event])
        guard !text.isEmpty else { continue }
        pace.wait(until: event.time)
        output.write(text)
      }
    }
    let (end, last) = try source.readEvents(while: { !output.hasFailed }) { events, _ in
      show(events)
    }
    try output.check()
    return try source.word(of: end, "replayed up to event \(last)")
  }

  /// Waits so that moments of the run come as far apart as the speed has it.
  private struct Pace {
    let speed: FilmSpeed
    private var moment: UInt64 = 0
    private var due = MonotonicClock.now()

    init(speed: FilmSpeed) { self.speed = speed }

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
