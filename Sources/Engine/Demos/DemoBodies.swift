/// The one table from a demo's name to what it does.
enum DemoBodies {
  typealias Body = @Sendable (Run) throws -> Void

  static let all: [String: Body] = [
    // 1. Threads or processes?

    // 2. Pools of processes

    // 3. Many processes, many cores

    // 4. A producer and a consumer
    "producer-consumer": ProducerConsumer.run,

    // 5. Sharing data safely: threads

    // 5. Sharing data safely: processes

    // 6. When things go wrong

    // 7. Factorials on a thread pool
    "factorial": FactorialPool.run,

    // 8. How big should a pool be?
    "pool-sizing": PoolSizing.run,
  ]

  /// The body of a demo that the catalogue lists.
  static func body(of demo: String) -> Body {
    guard let body = all[demo] else {
      preconditionFailure("the catalogue lists \(demo), which has no body")
    }
    return body
  }
}

/// The one table from a name to what a worker process does: closures do not cross.
enum WorkerBodies {
  static func body(named name: String, arguments: [String]) -> WorkerBody? {
    switch name {
    case PoolSizing.bodyName: PoolSizing.square(arguments)
    default: nil
    }
  }
}
