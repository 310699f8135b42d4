public import Events
import Glibc
import Platform
import Rings

/// A thread of a run. The kernel shows its name.
public final class ActorThread: RunChild {
  public let actor: ActorID
  public let name: String
  private let thread: Guarded<PosixThread?>
  fileprivate let ended: Traced<EndedState>

  /// Whether the thread has ended, and the actors that wait for its end.
  fileprivate struct EndedState: WaitingState {
    var hasEnded = false
    var waiters = ActorQueue()
  }

  fileprivate init(actor: ActorID, name: String) {
    self.actor = actor
    self.name = name
    thread = Guarded(nil)
    ended = Traced(id: ObjectID(rawValue: 0), EndedState())
  }

  /// Waits until the thread has ended.
  /// - Throws: `RunStopped` if the run is being stopped.
  public func join() throws(RunStopped) {
    try ActorContext.current.perform(Join(child: actor), on: ended)
    joinThread()
  }

  /// Does nothing. A thread cannot be killed; it ends at its next operation.
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
    joinThread()
  }

  /// Waits until the kernel has ended the thread, which takes only a moment.
  private func joinThread() { thread.withLock { $0 }?.join() }

  /// Starts the thread as an actor of the run.
  /// - Throws: `RaisedException` if the system has no more threads.
  fileprivate func start(in run: Run, slot: ActorSlot, body: @escaping @Sendable () -> Void) throws
  {
    let started = PosixThread.start(named: name) {
      let context = ActorContext(memory: run.memory, slot: slot, id: self.actor) { context in
        self.end(context)
        pthread_exit(nil)
      }
      context.pass(before: NextOperation(.threadStart))
      context.record(EventRecord(.actorName), texts: [self.name, "thread"])
      context.record(EventRecord(.threadStart))
      body()
      self.end(context)
    }
    guard let started else {
      slot.retire()
      throw run.raise(.noMoreThreads)
    }
    thread.withLock { $0 = started }
  }

  private func end(_ context: ActorContext) {
    context.pass(before: NextOperation(.threadExit))
    let waiters = ended.withState { state in
      context.recordUsage()
      context.record(EventRecord(.threadExit))
      state.hasEnded = true
      return state.waiters
    }
    // Before the actor is retired, so that the run does not seem to be at rest in between.
    for waiter in waiters.all { context.memory.wake(waiter) }
    context.retire()
  }

  fileprivate struct Join: WaitingOperation {
    let child: ActorID
    var reason: WaitReason { .join }
    var awaited: ActorID? { child }
    func isReady(_ state: EndedState, for waiter: QueuedActor) -> Bool { state.hasEnded }
    func apply(to state: inout EndedState, by waiter: QueuedActor) {}
    func event(_ result: Void, object: ObjectID) -> EventRecord? { nil }
  }
}

extension Run {
  /// Starts a thread of the run.
  /// - Throws: `RunStopped`, or `RaisedException` if the system has no more threads.
  @discardableResult
  public func thread(_ name: String, _ body: @escaping @Sendable () throws -> Void) throws
    -> ActorThread
  {
    let parent = ActorContext.current
    try parent.gate(before: NextOperation(.threadSpawn))
    let actor = memory.nextActor()
    let thread = ActorThread(actor: actor, name: name)
    guard let slot = memory.claimSlot(for: actor) else {
      throw raise(.noMoreThreads)
    }
    parent.record(EventRecord(.threadSpawn, .child, Int64(actor.rawValue)))
    try thread.start(in: self, slot: slot) {
      do {
        try body()
      } catch {
        self.recordUncaught(error)
      }
    }
    children.withLock { $0.append(thread) }
    return thread
  }

  /// Records an exception that the body of a thread or process did not catch.
  public func recordUncaught(_ error: any Error) {
    guard !(error is RunStopped) else { return }
    _ = exception(for: error)
  }
}
