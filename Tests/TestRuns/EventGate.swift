import Glibc
import Synchronization

/// Blocks a run's thread, outside the run's control, until a test opens the gate.
public final class EventGate: Sendable {
  private let isOpen = Atomic(false)

  public init() {}

  public func open() { isOpen.store(true, ordering: .sequentiallyConsistent) }
  public func wait() { while !isOpen.load(ordering: .sequentiallyConsistent) { sched_yield() } }
}
