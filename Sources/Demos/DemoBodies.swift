import Catalog
public import Concurrency
public import Engine
public import Events

/// The table of all demos' code, by id.
public enum DemoBodies {
  static let all: [String: any DemoBody.Type] = [
    // 1. Threads or processes?
    "io-bound": IOBoundDemo.self,
    "ping-pong": PingPongDemo.self,
    "memory-cost": MemoryCostDemo.self,
    "many-clients": ManyClientsDemo.self,
    "responsiveness": ResponsivenessDemo.self,
    "shared-state": SharedStateDemo.self,
    "cpu-bound": CPUBoundDemo.self,
    "crash-isolation": CrashIsolationDemo.self,
    "split-data": SplitDataDemo.self,
    "private-memory": PrivateMemoryDemo.self,

    // 2. Pools of processes
    "pool-reuse": PoolReuseDemo.self,
    "pool-queue": PoolQueueDemo.self,

    // 3. Many processes, many cores
    "monte-carlo-pi": MonteCarloPiDemo.self,
    "mandelbrot": MandelbrotDemo.self,
    "parallel-loop": ParallelLoopDemo.self,
    "affinity": AffinityDemo.self,

    // 4. A producer and a consumer
    "producer-consumer": ProducerConsumerDemo.self,
    "lost-update": LostUpdateDemo.self,

    // 5. Sharing data safely: threads
    "lock": LockDemo.self,
    "rlock": RLockDemo.self,
    "queue": QueueDemo.self,
    "condition": ConditionDemo.self,
    "event": EventDemo.self,
    "barrier": BarrierDemo.self,

    // 5. Sharing data safely: processes
    "process-queue": ProcessQueueDemo.self,
    "pipe": PipeDemo.self,
    "two-readers": TwoReadersDemo.self,
    "shared-memory": SharedMemoryDemo.self,
    "manager": ManagerDemo.self,
    "process-lock": ProcessLockDemo.self,
    "semaphore": SemaphoreDemo.self,
    "process-condition": ProcessConditionDemo.self,
    "process-event": ProcessEventDemo.self,

    // 6. When things go wrong
    "leak": LeakDemo.self,
    "corruption": CorruptionDemo.self,
    "cascade": CascadeDemo.self,
    "abandoned-lock": AbandonedLockDemo.self,
    "two-locks": TwoLocksDemo.self,
    "catch-inside": CatchInsideDemo.self,
    "exception-log": ExceptionLogDemo.self,
    "future-exception": FutureExceptionDemo.self,
    "exception-queue": ExceptionQueueDemo.self,
    "finally": FinallyDemo.self,
    "timeout-cancel": TimeoutCancelDemo.self,

    // 7. Factorials on a thread pool
    "factorial": FactorialDemo.self,

    // 8. How big should a pool be?
    "pool-sizing": PoolSizingDemo.self,
  ]

  /// The code of a demo in the catalog.
  public static func body(of demo: String) -> LiveRun.Body {
    guard let body = all[demo] else {
      preconditionFailure("the demo \(demo) has no body")
    }
    return { try body.run($0) }
  }
}

extension WorkerBodies {
  /// The functions of all demos' worker processes.
  public static let demos = WorkerBodies(DemoBodies.all.values.flatMap { $0.workerBodies })
}

extension LiveRun {
  /// Starts the demo that the configuration names.
  /// - Parameter deliver: receives the events in order, in batches, on a thread of the run. The
  ///   last event is `run.finish`.
  /// - Throws: `RunStartError` if the system has no memory or no thread left.
  public convenience init(
    _ configuration: RunConfiguration, deliver: @escaping @Sendable ([Event]) -> Void
  ) throws(RunStartError) {
    try self.init(
      configuration, body: DemoBodies.body(of: configuration.request.demo.id), deliver: deliver)
  }
}
