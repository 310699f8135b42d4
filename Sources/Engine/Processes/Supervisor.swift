import CPlatform
import Concurrency
import Glibc
import Platform
import Rings

/// The engine's one thread that starts worker processes, reads what they send and reaps them.
///
/// It lives as long as the program: the kernel ends a child when the thread that spawned it ends.
final class Supervisor: Sendable {
  static let shared = Supervisor()

  private let requests = Guarded<[WorkerProcess]>([])
  /// Written to by whoever wants the thread to look up from its poll.
  private let wakeDescriptor: Int32
  /// Whether the system gave a descriptor and a thread.
  private let isAtWork: Bool

  private init() {
    wakeDescriptor = lks_eventfd()
    let thread = wakeDescriptor < 0 ? nil : PosixThread.start { Supervisor.shared.supervise() }
    thread?.detach()
    isAtWork = thread != nil
  }

  /// Starts a child and looks after it until it is gone.
  func launch(_ process: WorkerProcess) {
    guard isAtWork else {
      process.refuse("the system gives no more threads or descriptors")
      return
    }
    requests.withLock { $0.append(process) }
    wake()
  }

  /// Makes the thread look at deadlines again.
  func wake() {
    var one: UInt64 = 1
    _ = write(wakeDescriptor, &one, 8)
  }

  private func supervise() {
    lks_set_thread_name("lockstep:engine")
    var children: [WorkerProcess] = []
    while true {
      let requested = requests.withLock { requests in
        defer { requests = [] }
        return requests
      }
      for process in requested {
        process.spawn()
        if process.descriptors.process >= 0 { children.append(process) }
      }
      wait(for: children)
      for process in children { process.readMessages() }
      children.removeAll { $0.reap() }
    }
  }

  /// Polls until a child has something to say or has gone, somebody wakes the thread, or a child
  /// is to be killed.
  private func wait(for children: [WorkerProcess]) {
    var polled = [pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0)]
    for process in children {
      let (socket, pidDescriptor) = process.descriptors
      polled.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0))
      polled.append(pollfd(fd: pidDescriptor, events: Int16(POLLIN), revents: 0))
    }
    _ = poll(&polled, nfds_t(polled.count), timeout(for: children))
    var count: UInt64 = 0
    _ = read(wakeDescriptor, &count, 8)
  }

  /// Kills those whose time is over, and tells how long to wait for the next one, in ms.
  private func timeout(for children: [WorkerProcess]) -> Int32 {
    let now = MonotonicClock.now()
    var nearest: UInt64?
    for process in children {
      guard let killAt = process.killAt else { continue }
      if killAt <= now {
        process.kill()
      } else {
        nearest = min(nearest ?? .max, killAt)
      }
    }
    return nearest.map { Int32(clamping: ($0 - now) / 1_000_000 + 1) } ?? -1
  }
}
