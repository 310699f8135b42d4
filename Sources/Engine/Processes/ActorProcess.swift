public import Concurrency
import Events
public import Glibc
import Platform
import Rings
import SystemPackage

/// A process of a run that does one thing, as Python's `multiprocessing.Process`.
///
/// What it does is a `ProcessBody`, since closures do not cross to a process. The body gets its
/// arguments as words. Shared objects cross by their handles.
public final class ActorProcess: Sendable {
  let actor: ActorID
  public let name: String
  private let ended: Traced<EndedState>
  private let process: Guarded<WorkerProcess?> = Guarded(nil)

  fileprivate struct EndedState: WaitingState {
    var ending: WorkerEnding?
    var waiters = ActorQueue()
  }

  fileprivate init(actor: ActorID, name: String) {
    self.actor = actor
    self.name = name
    ended = Traced(id: ObjectID(rawValue: 0), EndedState())
  }

  /// The kernel's number of the process; 0 where the system gave none.
  public var pid: pid_t { process.withLock { $0?.pid ?? 0 } }

  /// How it ended; nil while it has not.
  var ending: WorkerEnding? { ended.withState { $0.ending } }

  /// Waits until the process has ended. That it ended badly is not told unless one looks.
  /// - Throws: `RunStopped` when the run is being stopped.
  @discardableResult
  public func join() throws(RunStopped) -> WorkerEnding {
    try ActorContext.current.perform(Join(child: actor), on: ended)
  }

  /// The same with a limit in ns of the run's clock; nil when the time was over.
  public func join(timeout: Int64) throws(RunStopped) -> WorkerEnding? {
    try ActorContext.current.perform(Join(child: actor), on: ended, timeout: timeout)
  }

  /// Sends the process a signal, such as `SIGTERM`; false when it is not there, or gone.
  @discardableResult
  public func signal(_ number: Int32) throws(RunStopped) -> Bool {
    try ActorContext.current.gate()
    return process.withLock { $0?.signal(number) ?? false }
  }

  /// Starts the process, and returns when it is there or cannot be: whoever has it may ask for its
  /// number at once, and send it signals.
  fileprivate func launch(_ worker: WorkerProcess) {
    process.withLock { $0 = worker }
    Supervisor.shared.launch(worker)
    worker.waitUntilStarted()
  }

  fileprivate func note(_ ending: WorkerEnding, in memory: RunMemory) {
    let waiters = ended.withState { state in
      state.ending = ending
      return state.waiters
    }
    for waiter in waiters.all { memory.wake(waiter) }
  }

  fileprivate struct Join: WaitingOperation {
    let child: ActorID
    var reason: WaitReason { .process }
    var awaited: ActorID? { child }
    func isReady(_ state: EndedState, for waiter: QueuedActor) -> Bool { state.ending != nil }
    func apply(to state: inout EndedState, by waiter: QueuedActor) -> WorkerEnding {
      guard let ending = state.ending else {
        preconditionFailure("a process was joined before its end")
      }
      return ending
    }
    func event(_ result: WorkerEnding, object: ObjectID) -> EventRecord? { nil }
  }
}

extension Run {
  /// Starts a process of the run, and returns when the kernel has it.
  /// - Parameters:
  ///   - body: what it does.
  ///   - arguments: what that body needs, handles of shared objects included.
  ///   - descriptors: open files that the child finds under `passedDescriptor(0)` and on. It gets
  ///     copies, made at once, so that the caller may close its own.
  /// - Throws: `RunStopped`, or `RaisedException` when the run can have no more actors. That the
  ///   system gives no process is known when it is joined.
  @discardableResult
  public func process(
    _ name: String, body: ProcessBody, arguments: [String] = [], passing descriptors: [Int32] = []
  ) throws -> ActorProcess {
    let parent = ActorContext.current
    try parent.gate()
    let copies: CopiedDescriptors
    do throws(Errno) { copies = try CopiedDescriptors(of: descriptors) } catch {
      throw raise(.system(error.rawValue))
    }
    let actor = memory.nextActor()
    guard let slot = memory.claimSlot(for: actor) else {
      throw raise(RaisedException(type: "OSError", message: "no place for another process"))
    }
    let child = ActorProcess(actor: actor, name: name)
    let memory = memory
    let worker = WorkerProcess(
      actor: actor, name: name, run: self, slot: slot,
      bodyWords: ["process", body.name] + arguments, passing: copies, onMessage: { _ in },
      // The child has its worker: the worker must not have the child, or both would stay for ever.
      onExit: { [weak child] in child?.note($0, in: memory) })
    children.withLock { $0.append(worker) }
    var event = EventRecord(.processSpawn)
    event[EventField.child.slot] = Int64(actor.rawValue)
    parent.record(event)
    child.launch(worker)
    return child
  }
}
