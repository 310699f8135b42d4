/// Every demo there is, for a machine with a given number of cores.
public struct DemoCatalog: Sendable {
  /// The demos in the order in which they are offered.
  public let demos: [Demo]

  /// - Parameter cores: how many cores the program may use; some defaults follow it.
  public init(cores: Int) {
    demos = [
      // 1. Threads or processes?
      .ioBound, .memoryCost, .manyClients, .responsiveness, .sharedState, .cpuBound(cores: cores),
      .crashIsolation, .splitData, .privateMemory,
      // 2. Pools of processes
      .poolReuse, .poolQueue,
      // 3. Many processes, many cores
      .monteCarloPi, .mandelbrot, .parallelLoop, .affinity,
      // 4. A producer and a consumer
      .producerConsumer, .lostUpdate,
      // 5. Sharing data safely: threads, then processes
      .lock, .reentrantLock, .queue, .condition, .event,
      .processQueue, .pipe, .sharedMemory, .manager, .processLock, .semaphore, .processCondition,
      .processEvent,
      // 6. When things go wrong
      .leak, .corruption, .cascade, .abandonedLock, .catchInside, .exceptionLog, .futureException,
      .exceptionQueue, .finally, .timeoutCancel,
      // 7. Factorials on a thread pool
      .factorial(cores: cores),
      // 8. How big should a pool be?
      .poolSizing,
    ]
  }

  /// The demo of that name.
  /// - Throws: `ParameterError.unknownDemo`, with the closest name there is.
  public func demo(_ id: String) throws(ParameterError) -> Demo {
    guard let demo = demos.first(where: { $0.id == id }) else {
      let known = demos.map(\.id)
      throw .unknownDemo(id, suggestion: Suggestion.closest(to: id, among: known))
    }
    return demo
  }
}
