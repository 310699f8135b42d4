import Catalog
import Concurrency

/// What a task of a pool does for its length: the parameter `task`.
enum TaskKind {
  /// Computes for a time of the CPU, or sleeps for a time of the run's clock.
  /// - Parameters:
  ///   - length: in nanoseconds.
  ///   - sleep: the listing's line that sleeps.
  ///   - compute: the listing's line that computes.
  static func perform<Line: ListingLine>(
    _ length: Int64, sleep: Line, compute: Line, _ run: Run
  ) throws {
    if run.arguments.choice("task") == "sleep" {
      run.at(sleep)
      try run.sleep(length)
    } else {
      run.at(compute)
      try BusyWork.compute(for: UInt64(length), run)
    }
  }
}
