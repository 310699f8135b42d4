/// The lessons and their listings that come inside the program, so that it needs no files.
public enum BuiltInLessons {
  /// The Markdown documents, in the order of their names.
  public static var documents: [(name: String, text: String)] {
    files.filter { $0.name.hasSuffix(".md") }
  }

  /// The runnable Python file of that name, such as `producer_consumer.py`.
  public static func listing(named name: String) -> String? {
    files.first { $0.name == name && name.hasSuffix(".py") }?.text
  }

  /// Every file in the folder `Lessons`, in the order of their names.
  public static var files: [(name: String, text: String)] {
    embedded.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
  }

  // The names of the generated constants lose a leading digit, so each is given again here.
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
      ("cascade.py", PackageResources.cascade_py),
      ("catch_inside.py", PackageResources.catch_inside_py),
      ("corruption.py", PackageResources.corruption_py),
      ("exception_log.py", PackageResources.exception_log_py),
      ("exception_queue.py", PackageResources.exception_queue_py),
      ("factorials.py", PackageResources.factorials_py),
      ("finally_demo.py", PackageResources.finally_demo_py),
      ("future_exception.py", PackageResources.future_exception_py),
      ("leak.py", PackageResources.leak_py),
      ("pool_sizing.py", PackageResources.pool_sizing_py),
      ("producer_consumer.py", PackageResources.producer_consumer_py),
      ("shared_state.py", PackageResources.shared_state_py),
      ("timeout_cancel.py", PackageResources.timeout_cancel_py),
    ]
  }
}
