import CPlatform
public import Catalog
import Glibc
public import Trace

/// What a run needs beside its demo's arguments.
public struct RunConfiguration: Sendable {
  /// The demo that is to be run, with its checked arguments.
  public let request: RunRequest
  /// The lines of the demo's listing, which events name by their numbers.
  public let listing: [String]
  /// The program that worker processes run: this one, in which `WorkerProgram.runIfAsked` comes
  /// before anything else.
  public let workerPath: String
  /// The program's version, for the run's first event.
  public let version: String
  /// How many cores the program may use, for the run's first event.
  public let cores: Int

  /// What a run of this program needs; by default its workers run this same executable.
  public init(
    request: RunRequest, listing: [String], workerPath: String = "/proc/self/exe",
    version: String, cores: Int
  ) {
    self.request = request
    self.listing = listing
    self.workerPath = workerPath
    self.version = version
    self.cores = cores
  }
}

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
  private let drainer: Guarded<pthread_t?>

  /// Starts a demo.
  /// - Parameter deliver: takes the events in order, in batches, on a thread of the run; the
  ///   last of them is `run.finish`.
  /// - Throws: `RunStartError` when the system gives no memory or no thread.
  public convenience init(
    _ configuration: RunConfiguration, deliver: @escaping @Sendable ([Event]) -> Void
  ) throws(RunStartError) {
    try self.init(
      configuration, body: DemoBodies.body(of: configuration.request.demo.id), deliver: deliver)
  }

  /// Starts a run of any body.
  init(
    _ configuration: RunConfiguration, body: @escaping DemoBodies.Body,
    deliver: @escaping @Sendable ([Event]) -> Void
  ) throws(RunStartError) {
    let memory: RunMemory
    do { memory = try RunMemory() } catch { throw .memory(error) }
    memory.begin()
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
    if let thread = drainer.withLock({ $0 }) { pthread_detach(thread) }
  }

  /// Asks all actors to rest before their next operation, and stops the run's clock. When all of
  /// them rest, `run.pause` is among the events.
  public func pause() { control.pause() }

  /// Lets a paused run go on.
  public func resume() { control.resume() }

  /// Lets one operation of a paused run happen. Returns whether anybody could be let go: nobody
  /// can before the run has come to rest, or while all wait for each other.
  @discardableResult
  public func step() -> Bool { control.step() }

  /// Ends the run: within a second nothing of it is left.
  public func stop() {
    control.stop()
    let processes = run.children.withLock { $0.processes }
    for process in processes { process.end(after: RunControl.patience) }
  }

  /// How many events the run has recorded so far, delivered or still to be.
  var eventCount: UInt64 { control.memory.eventCount }

  /// The actors that still compute while the run is being paused.
  public var computing: [ActorID] { control.memory.computing }

  /// Waits until the run is over and its last event has been delivered.
  public func wait() {
    let thread = drainer.withLock { drainer in
      defer { drainer = nil }
      return drainer
    }
    if let thread { pthread_join(thread, nil) }
  }
}
