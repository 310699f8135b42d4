import Concurrency
import Glibc
import Platform
import Rings

/// The thread that starts worker processes, reads their messages and reaps them.
///
/// It lives as long as the program, because the kernel ends a child when the thread that spawned it
/// ends.
final class Supervisor: Sendable {
  static let shared = Supervisor()

  private let requests = Guarded<[WorkerProcess]>([])
  /// Wakes the thread from its poll.
  private let signal: PollSignal?
  private let thread: PosixThread?

  private init() {
    signal = PollSignal()
    thread =
      signal == nil
      ? nil : PosixThread.start(named: "lockstep:engine") { Supervisor.shared.supervise() }
  }

  /// Starts a child and supervises it until it ends.
  func launch(_ process: WorkerProcess) {
    guard thread != nil else {
      process.failToStart("the system has no more threads or descriptors")
      return
    }
    requests.withLock { $0.append(process) }
    wake()
  }

  /// Makes the thread check the requests and the deadlines.
  func wake() { signal?.set() }

  private func supervise() {
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
      // The end of a child comes before what others say because of it.
      children.removeAll { $0.reap() }
      for process in children { process.readMessages() }
    }
  }

  /// Polls until a child sends a message or ends, the thread is woken, or it is time to kill a child.
  private func wait(for children: [WorkerProcess]) {
    let wakeDescriptor: Int32 =
      switch signal {
      case .some(let signal): signal.descriptor
      case .none: -1
      }
    var polled = [pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0)]
    for process in children {
      let (socket, pidDescriptor) = process.descriptors
      polled.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0))
      polled.append(pollfd(fd: pidDescriptor, events: Int16(POLLIN), revents: 0))
    }
    _ = poll(&polled, nfds_t(polled.count), timeout(for: children))
    signal?.clear()
  }

  /// Kills the children that are due. Returns the milliseconds until the next one, or -1.
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
    return MonotonicClock.pollTimeout(until: nearest)
  }
}
