import Catalog
public import Concurrency
public import Events
import Glibc
import Platform
public import Rings

/// Why a run could not begin.
public enum RunStartError: Error, CustomStringConvertible {
  case memory(RunMemoryError)
  case noThread

  public var description: String {
    switch self {
    case .memory(let error): "the run could not begin: \(error)"
    case .noThread: "the run could not begin: the system has no more threads"
    }
  }
}

/// A run in progress, which can be paused, stepped, resumed and stopped.
public final class LiveRun: Sendable {
  private let run: Run
  private let control: RunControl
  private let drainer: PosixThread

  /// The body of a run's main thread.
  public typealias Body = @Sendable (Run) throws -> Void

  /// Starts a run.
  /// - Parameter deliver: takes batches of events in order, on a thread of the run. The last event
  ///   is `run.finish`.
  /// - Throws: `RunStartError` if the system has no memory or no thread.
  public init(
    _ configuration: RunConfiguration, body: @escaping Body,
    deliver: @escaping @Sendable ([Event]) -> Void
  ) throws(RunStartError) {
    let memory: RunMemory
    do { memory = try RunMemory() } catch { throw .memory(error) }
    memory.begin(speed: configuration.speed)
    let control = RunControl(memory: memory)
    let run = Run(configuration, memory: memory)
    self.run = run
    self.control = control
    let main = run.memory.nextActor()
    guard let slot = memory.claimSlot(for: main) else { throw .noThread }
    let mainThread = PosixThread.start(named: "main") {
      MainThread(run: run, configuration: configuration, control: control, body: body)
        .main(slot: slot)
    }
    guard let mainThread else { throw .noThread }
    let drainer = PosixThread.start(named: "lockstep:drain") {
      Drainer(
        memory: memory, control: control, loss: run.loss,
        endChildren: { Self.endChildren(of: run) },
        deliver: deliver
      ).drain(until: mainThread)
    }
    guard let drainer else {
      control.stop()
      Drainer(
        memory: memory, control: control, loss: run.loss, endChildren: {}, deliver: { _ in }
      ).drain(until: mainThread)
      throw .noThread
    }
    self.drainer = drainer
  }

  /// Pauses the run. Each actor stops before its next operation. When all are at rest, the run's
  /// clock stops and `run.pause` is recorded. Nothing happens after it.
  public func pause() { control.pause() }

  /// Resumes a paused run.
  public func resume() { control.resume() }

  /// Lets a paused run do one operation that records an event. If an actor comes to rest again
  /// without an event, the next actor goes on. The run's clock runs until all actors are at rest.
  /// - Returns: false if the run is not at rest yet, or if no actor can go on.
  @discardableResult
  public func step() -> Bool { control.step() }

  /// Changes the speed of the run's clock, and records `run.speed`. In a paused run, the speed
  /// applies when the run is resumed. At unlimited speed, the clock moves ahead to the next deadline
  /// whenever all actors are at rest.
  public func setSpeed(_ speed: RunSpeed) { control.setSpeed(speed) }

  /// Stops the run. Within a second, all its threads and processes have ended.
  public func stop() {
    run.loss.close()
    control.stop()
    Self.endChildren(of: run)
  }

  private static func endChildren(of run: Run) {
    for child in run.children.withLock({ $0 }) { child.end(after: RunControl.patience) }
  }

  /// The number of events recorded so far, delivered or not.
  public var eventCount: UInt64 { control.memory.eventCount }

  /// The run's time in nanoseconds, as in its events. It does not change while the run is paused.
  public var time: UInt64 { control.memory.clock.now() }

  /// The actors that are not at rest, during a pause or a step.
  public var computing: [ActorID] { control.memory.computing }

  /// What the actors of a paused run do next, and who a step lets go on; nil while the run is not
  /// paused and at rest.
  public var next: NextOperations? { control.next() }

  /// Waits until the run has ended and its last event has been delivered.
  public func wait() { drainer.join() }
}
