import Concurrency
import Events
import Glibc
import Platform
import Rings

/// Reads a run's rings and delivers its events in order, on a thread of its own.
struct Drainer: Sendable {
  let memory: RunMemory
  let control: RunControl
  let loss: RunLoss
  /// Makes the run's children end soon.
  let endChildren: @Sendable () -> Void
  let deliver: @Sendable ([Event]) -> Void

  /// How long events may gather before they are delivered, in nanoseconds.
  private static let gathering: Int64 = 4_000_000
  /// The longest sleep while nothing happens, in nanoseconds. Each sleep is twice as long as the one
  /// before.
  private static let longestSleep: Int64 = 1_000_000_000

  /// Delivers events until the run's last one. Before it delivers that one, the main thread has ended.
  func drain(until mainThread: PosixThread) {
    var drain = RingDrain(memory: memory)
    var watch = StuckWatch(memory: memory)
    var sleep = Self.gathering
    var isFinished = false
    while !isFinished {
      var events: [Event] = []
      let ticket = drain.bellTicket
      drain.collect(into: &events)
      let isAwaitingRest = control.checkRest()
      watch.observe(events)
      watch.breakOverdueWaits()
      control.watchDeadline = watch.due
      let isStoppingSoon = stopIfLost()
      if watch.due != nil || isStoppingSoon { sleep = Self.gathering }
      if events.isEmpty {
        drain.sleep(
          ticket, atMost: isAwaitingRest || !drain.isUpToDate ? Self.gathering : sleep)
        sleep = min(sleep * 2, Self.longestSleep)
        continue
      }
      isFinished = events.last?.kind == .runFinish
      if isFinished {
        events[events.count - 1].record[EventField.lost.slot] = Int64(drain.lost)
        mainThread.join()
      }
      deliver(events)
      sleep = Self.gathering
      if !isFinished { drain.gather(ticket, nanoseconds: Self.gathering) }
    }
  }

  /// Stops the run if a process failed a while ago. Returns whether that is still to come.
  private func stopIfLost() -> Bool {
    guard !control.isStopping, let left = loss.timeLeft(), memory.mode != .paused else {
      return false
    }
    guard left == 0, control.stopIfAvailable() else { return true }
    endChildren()
    return false
  }
}
