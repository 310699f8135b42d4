import Glibc
import Synchronization

/// Holds a run's thread back where the run knows nothing of it, until a test lets it go on.
final class EventGate: Sendable {
  private let isOpen = Atomic(false)

  func open() { isOpen.store(true, ordering: .sequentiallyConsistent) }
  func wait() { while !isOpen.load(ordering: .sequentiallyConsistent) { sched_yield() } }
}
