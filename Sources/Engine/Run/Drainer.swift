import Concurrency
import Events
import Glibc
import Platform
import Rings

/// Reads a run's rings and hands its events on, in order. One thread does it.
struct Drainer: Sendable {
  let memory: RunMemory
  let control: RunControl
  let deliver: @Sendable ([Event]) -> Void

  /// Events may gather for so long before they are handed on, in ns.
  private static let gathering: Int64 = 4_000_000
  /// The longest sleep while nothing happens, in ns; each one is twice the one before.
  private static let longestSleep: Int64 = 1_000_000_000

  /// Hands events on until the run's last one, then waits for its main thread to be gone.
  func drain(until mainThread: PosixThread) {
    var drain = RingDrain(memory: memory)
    var watch = StuckWatch(memory: memory)
    var sleep = Self.gathering
    var isOver = false
    while !isOver {
      var events: [Event] = []
      let ticket = drain.bellTicket
      drain.collect(into: &events)
      let isAwaitingRest = control.watchRest()
      watch.observe(events)
      watch.letGoIfDue()
      control.watchDeadline = watch.due
      if watch.due != nil { sleep = Self.gathering }
      if events.isEmpty {
        drain.sleep(
          ticket, atMost: isAwaitingRest || !drain.isUpToDate ? Self.gathering : sleep)
        sleep = min(sleep * 2, Self.longestSleep)
        continue
      }
      isOver = events.last?.kind == .runFinish
      if isOver {
        events[events.count - 1].record[EventField.lost.slot] = Int64(drain.lost)
        mainThread.join()
      }
      deliver(events)
      sleep = Self.gathering
      if !isOver { drain.gather(ticket, nanoseconds: Self.gathering) }
    }
  }
}
