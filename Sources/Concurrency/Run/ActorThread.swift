import CPlatform
public import Events
import Glibc
import Platform
import Rings

/// A thread of a run: a raw pthread with a name that the kernel shows.
public final class ActorThread: RunChild {
  public let actor: ActorID
  public let name: String
  private let handle: Guarded<PosixThread?>
  fileprivate let ended: Traced<EndedState>

  /// Whether a thread has ended, and who waits for that.
  fileprivate struct EndedState: Sendable {
    var hasEnded = false
    var waiters: [QueuedActor] = []
  }

  fileprivate init(actor: ActorID, name: String) {
    self.actor = actor
    self.name = name
    handle = Guarded(nil)
    ended = Traced(id: ObjectID(rawValue: 0), EndedState())
  }

  /// Waits until the thread has ended.
  /// - Throws: `RunStopped` when the run is being stopped.
  public func join() throws(RunStopped) {
    try ActorContext.current.perform(Join(child: actor), on: ended)
    joinPthread()
  }

  /// A thread cannot be killed: it ends at its next operation.
  public func end(after patience: UInt64) {}

  public func waitUntilGone() {
    let actor = ActorContext.current
    actor.wait {
      ended.withState { state in
        if !state.hasEnded, !state.waiters.contains(actor.waiter) {
          state.waiters.append(actor.waiter)
        }
        return state.hasEnded
      }
    }
    joinPthread()
  }

  /// Waits for the kernel's own end of the thread, which is no more than a moment away.
  private func joinPthread() {
    let thread = handle.withLock { handle in
      defer { handle = nil }
      return handle
    }
    thread?.join()
  }

  /// Starts the thread as an actor of the run.
  /// - Throws: `RaisedException` when the kernel gives no more threads.
  fileprivate func start(in run: Run, slot: ActorSlot, body: @escaping @Sendable () -> Void) throws
  {
    let started = PosixThread.start {
      lks_set_thread_name(self.name)
      let context = ActorContext(memory: run.memory, slot: slot, id: self.actor) { context in
        self.end(context)
        pthread_exit(nil)
      }
      context.pass()
      context.record(EventRecord(.actorName), texts: [self.name, "thread"])
      context.record(EventRecord(.threadStart))
      body()
      self.end(context)
    }
    guard let started else {
      slot.retire()
      throw run.raise(.noMoreThreads)
    }
    handle.withLock { $0 = started }
  }

  private func end(_ context: ActorContext) {
    context.pass()
    let waiters = ended.withState { state in
      context.recordUsage()
      context.record(EventRecord(.threadExit))
      state.hasEnded = true
      return state.waiters
    }
    // Before it is gone, so that the run does not seem to rest in between.
    for waiter in waiters { context.memory.wake(waiter) }
    context.retire()
  }

  fileprivate struct Join: WaitingOperation {
    let child: ActorID
    var reason: WaitReason { .join }
    var awaited: ActorID? { child }
    func isReady(_ state: EndedState, for waiter: QueuedActor) -> Bool { state.hasEnded }
    func enqueue(_ waiter: QueuedActor, in state: inout EndedState) { state.waiters.append(waiter) }
    func withdraw(_ waiter: QueuedActor, from state: inout EndedState) {
      state.waiters.removeAll { $0 == waiter }
    }
    func apply(to state: inout EndedState, by waiter: QueuedActor) {}
    func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  }
}

extension Run {
  /// Starts a thread of the run.
  /// - Throws: `RunStopped`, or `RaisedException` when the kernel gives no more threads.
  @discardableResult
  public func thread(_ name: String, _ body: @escaping @Sendable () throws -> Void) throws
    -> ActorThread
  {
    let parent = ActorContext.current
    try parent.gate()
    let actor = memory.nextActor()
    let thread = ActorThread(actor: actor, name: name)
    guard let slot = memory.claimSlot(for: actor) else {
      throw raise(.noMoreThreads)
    }
    var event = EventRecord(.threadSpawn)
    event[0] = Int64(actor.rawValue)
    parent.record(event)
    try thread.start(in: self, slot: slot) {
      do {
        try body()
      } catch {
        self.noteUncaught(error)
      }
    }
    children.withLock { $0.append(thread) }
    return thread
  }

  /// Records an exception that nobody caught: it ends its thread and no more.
  public func noteUncaught(_ error: any Error) {
    guard !(error is RunStopped) else { return }
    _ = exception(for: error)
  }
}
