import Glibc
import Synchronization

/// Holds a run's thread back where the run knows nothing of it, until a test lets it go on.
public final class EventGate: Sendable {
  private let isOpen = Atomic(false)

  public init() {}

  public func open() { isOpen.store(true, ordering: .sequentiallyConsistent) }
  public func wait() { while !isOpen.load(ordering: .sequentiallyConsistent) { sched_yield() } }
}
