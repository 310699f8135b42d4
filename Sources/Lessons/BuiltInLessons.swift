/// The lessons and listings that are built into the program, so that it needs no files.
public enum BuiltInLessons {
  /// The Markdown documents, sorted by name.
  public static var documents: [(name: String, text: String)] {
    embedded.filter { $0.name.hasSuffix(".md") }.map { ($0.name, text(of: $0.bytes)) }
  }

  /// The runnable Python file with a name such as `producer_consumer.py`.
  public static func listing(named name: String) -> String? {
    guard name.hasSuffix(".py") else { return nil }
    return embedded.first { $0.name == name }.map { text(of: $0.bytes) }
  }

  /// All files in the folder `Lessons`, sorted by name.
  public static var files: [(name: String, text: String)] {
    embedded.map { ($0.name, text(of: $0.bytes)) }
  }

  private static func text(of bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  // The generated constants lose the leading digit of the file name, so this table has both.
  private static var embedded: [(name: String, bytes: [UInt8])] {
    [
      ("01-threads-or-processes.md", PackageResources._1_threads_or_processes_md),
      ("02-process-pools.md", PackageResources._2_process_pools_md),
      ("03-multiprocessing.md", PackageResources._3_multiprocessing_md),
      ("04-producer-consumer.md", PackageResources._4_producer_consumer_md),
      ("05-sharing-data.md", PackageResources._5_sharing_data_md),
      ("06-exceptions.md", PackageResources._6_exceptions_md),
      ("07-factorial.md", PackageResources._7_factorial_md),
      ("08-pool-sizing.md", PackageResources._8_pool_sizing_md),
      ("abandoned_lock.py", PackageResources.abandoned_lock_py),
      ("affinity.py", PackageResources.affinity_py),
      ("cascade.py", PackageResources.cascade_py),
      ("catch_inside.py", PackageResources.catch_inside_py),
      ("condition.py", PackageResources.condition_py),
      ("corruption.py", PackageResources.corruption_py),
      ("cpu_bound.py", PackageResources.cpu_bound_py),
      ("crash_isolation.py", PackageResources.crash_isolation_py),
      ("event.py", PackageResources.event_py),
      ("exception_log.py", PackageResources.exception_log_py),
      ("exception_queue.py", PackageResources.exception_queue_py),
      ("factorials.py", PackageResources.factorials_py),
      ("finally_demo.py", PackageResources.finally_demo_py),
      ("future_exception.py", PackageResources.future_exception_py),
      ("io_bound.py", PackageResources.io_bound_py),
      ("leak.py", PackageResources.leak_py),
      ("lock.py", PackageResources.lock_py),
      ("lost_update.py", PackageResources.lost_update_py),
      ("manager.py", PackageResources.manager_py),
      ("mandelbrot.py", PackageResources.mandelbrot_py),
      ("many_clients.py", PackageResources.many_clients_py),
      ("memory_cost.py", PackageResources.memory_cost_py),
      ("monte_carlo_pi.py", PackageResources.monte_carlo_pi_py),
      ("parallel_loop.py", PackageResources.parallel_loop_py),
      ("pipe.py", PackageResources.pipe_py),
      ("pool_queue.py", PackageResources.pool_queue_py),
      ("pool_reuse.py", PackageResources.pool_reuse_py),
      ("pool_sizing.py", PackageResources.pool_sizing_py),
      ("private_memory.py", PackageResources.private_memory_py),
      ("process_condition.py", PackageResources.process_condition_py),
      ("process_event.py", PackageResources.process_event_py),
      ("process_lock.py", PackageResources.process_lock_py),
      ("process_queue.py", PackageResources.process_queue_py),
      ("producer_consumer.py", PackageResources.producer_consumer_py),
      ("queue_demo.py", PackageResources.queue_demo_py),
      ("responsiveness.py", PackageResources.responsiveness_py),
      ("rlock.py", PackageResources.rlock_py),
      ("semaphore.py", PackageResources.semaphore_py),
      ("shared_memory.py", PackageResources.shared_memory_py),
      ("shared_state.py", PackageResources.shared_state_py),
      ("split_data.py", PackageResources.split_data_py),
      ("timeout_cancel.py", PackageResources.timeout_cancel_py),
    ]
  }
}
