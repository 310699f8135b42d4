import Catalog
public import Concurrency
public import Engine
public import Events

/// What a demo does, written once as plain synchronous code that knows nothing of modes.
protocol DemoBody: SendableMetatype {
  /// The lines that the demo's events name; each occurs exactly once in its listing.
  associatedtype Line: ListingLine

  /// What the demo's worker processes do; empty where it starts none.
  static var workerBodies: [any WorkerBody] { get }

  /// Runs the demo on its main thread.
  static func run(_ run: Run) throws
}

extension DemoBody {
  static var workerBodies: [any WorkerBody] { [] }

  static var lines: [String] { Line.allCases.map(\.rawValue) }
}

/// The one table from a demo's name to what it does.
public enum DemoBodies {
  static let all: [String: any DemoBody.Type] = [
    // 1. Threads or processes?
    "io-bound": IOBound.self,
    "memory-cost": MemoryCost.self,
    "many-clients": ManyClients.self,
    "responsiveness": Responsiveness.self,
    "shared-state": SharedState.self,
    "cpu-bound": CPUBound.self,
    "crash-isolation": CrashIsolation.self,
    "split-data": SplitData.self,
    "private-memory": PrivateMemory.self,

    // 2. Pools of processes
    "pool-reuse": PoolReuse.self,
    "pool-queue": PoolQueue.self,

    // 3. Many processes, many cores
    "monte-carlo-pi": MonteCarloPi.self,
    "mandelbrot": Mandelbrot.self,
    "parallel-loop": ParallelLoop.self,
    "affinity": Affinity.self,

    // 4. A producer and a consumer
    "producer-consumer": ProducerConsumer.self,
    "lost-update": LostUpdate.self,

    // 5. Sharing data safely: threads
    "lock": TakingTurns.self,
    "rlock": TakenTwice.self,
    "queue": WaitingQueue.self,
    "condition": WaitUntilTrue.self,
    "event": OneFlag.self,

    // 5. Sharing data safely: processes
    "process-queue": QueueBetween.self,
    "pipe": PipeEnds.self,
    "shared-memory": MemoryForAll.self,
    "manager": KeptByServer.self,
    "process-lock": ProcessTurns.self,
    "semaphore": FewInside.self,
    "process-condition": ProcessSignal.self,
    "process-event": ProcessFlag.self,

    // 6. When things go wrong
    "leak": Leak.self,
    "corruption": Corruption.self,
    "cascade": Cascade.self,
    "abandoned-lock": AbandonedLock.self,
    "catch-inside": CatchInside.self,
    "exception-log": ExceptionLog.self,
    "future-exception": FutureException.self,
    "exception-queue": ExceptionQueue.self,
    "finally": Finally.self,
    "timeout-cancel": TimeoutCancel.self,

    // 7. Factorials on a thread pool
    "factorial": FactorialPool.self,

    // 8. How big should a pool be?
    "pool-sizing": PoolSizing.self,
  ]

  /// The body of a demo that the catalogue lists.
  public static func body(of demo: String) -> LiveRun.Body {
    guard let body = all[demo] else {
      preconditionFailure("the catalogue lists \(demo), which has no body")
    }
    return { try body.run($0) }
  }
}

extension WorkerBodies {
  /// What the demos' worker processes do.
  public static let demos = WorkerBodies(DemoBodies.all.values.flatMap { $0.workerBodies })
}

extension LiveRun {
  /// Starts the demo that the configuration names.
  /// - Parameter deliver: takes the events in order, in batches, on a thread of the run; the
  ///   last of them is `run.finish`.
  /// - Throws: `RunStartError` when the system gives no memory or no thread.
  public convenience init(
    _ configuration: RunConfiguration, deliver: @escaping @Sendable ([Event]) -> Void
  ) throws(RunStartError) {
    try self.init(
      configuration, body: DemoBodies.body(of: configuration.request.demo.id), deliver: deliver)
  }
}
