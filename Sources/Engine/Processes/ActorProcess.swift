public import Concurrency
import Events
public import Glibc
import Platform
import Rings
import SystemPackage

/// A process of a run, like Python's `multiprocessing.Process`.
///
/// A closure cannot be passed to a process. Its body is a `ProcessBody`, and its arguments are words,
/// such as the handles of shared objects.
public final class ActorProcess: Sendable {
  private let worker: WorkerProcess
  private let ended: Traced<EndedState>

  fileprivate struct EndedState: WaitingState {
    var ending: WorkerEnding?
    var waiters = ActorQueue()
  }

  fileprivate init(_ worker: WorkerProcess, _ ended: Traced<EndedState>) {
    self.worker = worker
    self.ended = ended
  }

  var actor: ActorID { worker.actor }

  public var name: String { worker.name }

  /// The process's number in the kernel, or 0 if it could not be started.
  public var pid: pid_t { worker.pid }

  /// Waits until the process has ended. Does not raise an exception if it failed.
  /// - Throws: `RunStopped` if the run is being stopped.
  @discardableResult
  public func join() throws(RunStopped) -> WorkerEnding {
    try ActorContext.current.perform(Join(child: actor), on: ended)
  }

  /// Waits until the process has ended, and returns nil after a time-out.
  /// - Parameter timeout: in nanoseconds of the run's clock.
  /// - Throws: as `join` does.
  public func join(timeout: Int64) throws(RunStopped) -> WorkerEnding? {
    try ActorContext.current.perform(Join(child: actor), on: ended, timeout: timeout)
  }

  /// Sends the process a signal, such as `SIGTERM`; false if the process does not exist.
  @discardableResult
  public func signal(_ number: Int32) throws(RunStopped) -> Bool {
    try ActorContext.current.gate()
    return worker.signal(number)
  }

  fileprivate struct Join: WaitingOperation {
    let child: ActorID
    var reason: WaitReason { .process }
    var awaited: ActorID? { child }
    func isReady(_ state: EndedState, for waiter: QueuedActor) -> Bool { state.ending != nil }
    func apply(to state: inout EndedState, by waiter: QueuedActor) -> WorkerEnding {
      guard let ending = state.ending else {
        preconditionFailure("the process has not ended")
      }
      return ending
    }
    func event(_ result: WorkerEnding, object: ObjectID) -> EventRecord? { nil }
  }
}

extension Run {
  /// Starts a process of the run. When it returns, the process has a number or could not be started.
  /// - Parameters:
  ///   - body: the body of the process.
  ///   - arguments: the body's arguments, such as handles of shared objects.
  ///   - descriptors: descriptors for the child, which finds copies of them at `passedDescriptor(0)`
  ///     and up. The caller may close its own after the call.
  ///   - mayFail: whether the body expects that the process may be killed or exit with an error.
  ///     Otherwise such an ending ends the run, because others may wait for the process forever. A
  ///     process that could not be started always ends the run.
  /// - Throws: `RunStopped`, or `RaisedException` if the run has no more actors. If the process could
  ///   not be started, `join` returns the reason.
  @discardableResult
  public func process(
    _ name: String, body: ProcessBody, arguments: [String] = [], passing descriptors: [Int32] = [],
    mayFail: Bool = false
  ) throws -> ActorProcess {
    let copies: CopiedDescriptors
    do throws(Errno) { copies = try CopiedDescriptors(of: descriptors) } catch {
      throw raise(.system(error.rawValue))
    }
    let ended = Traced(id: ObjectID(rawValue: 0), ActorProcess.EndedState())
    let memory = memory
    let worker = try newWorker(
      name, bodyWords: ["process", body.name] + arguments, passing: copies,
      exception: { ending in
        if mayFail, ending.hasStarted { nil } else { ending.exception(ofProcess: name) }
      }, onMessage: { _ in }
    ) { ending in
      let waiters = ended.withState { state in
        state.ending = ending
        return state.waiters
      }
      for waiter in waiters.all { memory.wake(waiter) }
    }
    Supervisor.shared.launch(worker)
    worker.waitUntilStarted()
    return ActorProcess(worker, ended)
  }
}
