import CPlatform
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
    case .noThread: "the run could not begin: the system gives no more threads"
    }
  }
}

/// A run while it goes on: the handle by which it is paused, stepped, resumed and stopped.
public final class LiveRun: Sendable {
  private let run: Run
  private let control: RunControl
  private let drainer: Guarded<PosixThread?>

  /// What a run's main thread does.
  public typealias Body = @Sendable (Run) throws -> Void

  /// Starts a run.
  /// - Parameter deliver: takes the events in order, in batches, on a thread of the run; the
  ///   last of them is `run.finish`.
  /// - Throws: `RunStartError` when the system gives no memory or no thread.
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
    let mainThread = PosixThread.start {
      MainThread(run: run, configuration: configuration, control: control, body: body)
        .main(slot: slot)
    }
    guard let mainThread else { throw .noThread }
    let drain = PosixThread.start {
      lks_set_thread_name("lockstep:drain")
      Drainer(memory: memory, control: control, deliver: deliver).drain(until: mainThread)
    }
    drainer = Guarded(drain)
    guard drain != nil else {
      control.stop()
      Drainer(memory: memory, control: control, deliver: { _ in }).drain(until: mainThread)
      throw .noThread
    }
  }

  deinit {
    drainer.withLock { $0 }?.detach()
  }

  /// Asks all actors to rest before their next operation. When all of them do, the run's clock
  /// stands, and `run.pause` is among the events: nothing happens after it.
  public func pause() { control.pause() }

  /// Lets a paused run go on.
  public func resume() { control.resume() }

  /// Lets one operation of a paused run happen that is among the events: where an actor that is let
  /// go rests again with nothing recorded, the next one is let go at once. The run's clock goes
  /// until all rest again. Returns whether anybody could be let go: nobody can before the run has
  /// come to rest, from the pause or the step before, or while all wait for each other.
  @discardableResult
  public func step() -> Bool { control.step() }

  /// Has the run's clock go faster or slower from now on, by which all sleep and wait and events
  /// tell the time; `run.speed` is among the events. In a paused run it does so once the run goes
  /// on. At unlimited speed nobody waits for time: whenever all rest, the clock is put forward to
  /// the next deadline.
  public func setSpeed(_ speed: RunSpeed) { control.setSpeed(speed) }

  /// Ends the run: within a second nothing of it is left.
  public func stop() {
    control.stop()
    for child in run.children.withLock({ $0 }) { child.end(after: RunControl.patience) }
  }

  /// How many events the run has recorded so far, delivered or still to be.
  public var eventCount: UInt64 { control.memory.eventCount }

  /// Nanoseconds of the run's clock, by which its events tell the time; it stands while the run is
  /// paused.
  public var time: UInt64 { control.memory.clock.now() }

  /// The actors that still do something while the run is being paused, or during a step.
  public var computing: [ActorID] { control.memory.computing }

  /// Waits until the run is over and its last event has been delivered.
  public func wait() {
    let thread = drainer.withLock { drainer in
      defer { drainer = nil }
      return drainer
    }
    thread?.join()
  }
}
