/// The terms of concurrency that each demo shows, so that a document about them can offer the demo.
public struct DemoTerms: Sendable {
  /// The id of the demo.
  public let demo: String
  /// The id of the demo that shows the same between processes, or nil.
  public let betweenProcesses: String?
  /// The phrases for it, in lower case. Punctuation and plurals do not matter.
  public let phrases: [String]

  private init(_ demo: String, betweenProcesses: String? = nil, _ phrases: String...) {
    self.demo = demo
    self.betweenProcesses = betweenProcesses
    self.phrases = phrases
  }

  /// The terms of all demos.
  public static let all = [
    DemoTerms(
      "io-bound", "i/o-bound", "io-bound", "wait for i/o", "waiting for i/o", "waiting on i/o"),
    DemoTerms("ping-pong", "context switch", "thread switch", "ping-pong"),
    DemoTerms("memory-cost", "memory overhead", "memory footprint", "memory cost"),
    DemoTerms(
      "many-clients", "web server", "many clients", "many connections", "multiple requests",
      "multiple user requests", "concurrency is more important"),
    DemoTerms("responsiveness", "responsiveness", "responsive", "latency"),
    DemoTerms(
      "shared-state", "shared state", "global variable", "shared variable", "shared resource"),
    DemoTerms(
      "cpu-bound", "cpu-bound", "compute-bound", "gil", "global interpreter lock"),
    DemoTerms(
      "crash-isolation", "isolation", "fault tolerance", "process crash", "segmentation fault"),
    DemoTerms(
      "split-data", "large data", "large dataset", "data processing", "parallel computation"),
    DemoTerms(
      "private-memory", "security concern", "risk isolation", "private memory",
      "separate memory", "own memory space", "address space"),
    DemoTerms(
      "pool-reuse", "process pool", "pool of processes", "pool of workers", "worker pool",
      "process creation", "creation overhead",
      "multiprocessing.pool"),
    DemoTerms(
      "pool-queue", "task distribution", "management of concurrency", "queuing", "queueing",
      "task queue", "load balancing"),
    DemoTerms(
      "monte-carlo-pi", "monte carlo", "mathematical computation", "scientific simulation",
      "performance for cpu-bound"),
    DemoTerms("mandelbrot", "mandelbrot", "image processing", "video rendering"),
    DemoTerms("parallel-loop", "parallel loop", "parallelize loops", "parallel workload"),
    DemoTerms("affinity", "affinity", "specific processor", "specific core"),
    DemoTerms(
      "producer-consumer", "producer-consumer", "producer and consumer",
      "producers and consumers"),
    DemoTerms("lost-update", "race condition", "data race", "lost update"),
    DemoTerms(
      "lock", betweenProcesses: "process-lock", "lock", "mutex", "mutual exclusion",
      "critical section"),
    DemoTerms("rlock", "rlock", "reentrant lock", "re-entrant lock", "recursive lock"),
    DemoTerms(
      "queue", betweenProcesses: "process-queue", "queue", "queue.queue", "fifo queue",
      "thread-safe queue", "blocking queue"),
    DemoTerms(
      "condition", betweenProcesses: "process-condition", "condition variable",
      "threading.condition"),
    DemoTerms(
      "event", betweenProcesses: "process-event", "event object", "threading.event",
      "event flag"),
    DemoTerms("barrier", "barrier", "threading.barrier", "multiprocessing.barrier"),
    DemoTerms(
      "process-queue", "multiprocessing.queue", "process-safe queue", "inter-process queue"),
    DemoTerms("pipe", "pipe", "multiprocessing.pipe"),
    DemoTerms("two-readers", "multiple producers or consumers", "several readers", "two readers"),
    DemoTerms(
      "shared-memory", "shared memory", "multiprocessing.value", "multiprocessing.array",
      "value and array"),
    DemoTerms("manager", "manager", "multiprocessing.manager", "manager process"),
    DemoTerms("process-lock", "multiprocessing.lock", "process lock"),
    DemoTerms("semaphore", "semaphore", "multiprocessing.semaphore"),
    DemoTerms("process-condition", "multiprocessing.condition"),
    DemoTerms("process-event", "multiprocessing.event"),
    DemoTerms("leak", "resource leak", "memory leak", "file descriptor leak"),
    DemoTerms("corruption", "data integrity", "corrupt data", "inconsistent state"),
    DemoTerms("cascade", "cascading failure", "system stability"),
    DemoTerms("abandoned-lock", "abandoned lock"),
    DemoTerms(
      "two-locks", "deadlock", "circular wait", "hold and wait", "lock order", "livelock"),
    DemoTerms("catch-inside", "try-except", "catching exceptions", "catch exceptions"),
    DemoTerms(
      "exception-log", "exception logging", "logging exceptions", "log exceptions", "error log"),
    DemoTerms(
      "future-exception", "exceptions with concurrent.futures", "exceptions in futures",
      "future.exception"),
    DemoTerms("exception-queue", "propagating exceptions", "propagate exceptions"),
    DemoTerms("finally", "finally block", "finally clause", "try-finally", "resource cleanup"),
    DemoTerms("timeout-cancel", "timeout", "time-out", "cancellation"),
    DemoTerms("factorial", "factorial", "thread pool", "threadpoolexecutor"),
    DemoTerms("pool-sizing", "pool size", "pool sizing", "size of the pool"),
  ]
}
