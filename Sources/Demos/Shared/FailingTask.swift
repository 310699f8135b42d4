import Catalog
import Concurrency

/// The tasks of a worker, some of which fail.
enum FailingTask {
  /// The length of a task, in ns.
  private static let length: Int64 = 20_000_000

  /// Performs as many tasks as the parameter `tasks` says. Every task whose number is a multiple of
  /// `fail-every` raises an exception.
  /// - Parameters:
  ///   - sleep: the listing's line at which a task works.
  ///   - raise: the listing's line that raises.
  ///   - owner: the worker, where the messages of the exceptions name it.
  ///   - onSuccess: runs after each task that succeeds.
  ///   - onFailure: handles the exception of each task that fails.
  /// - Throws: `RunStopped`, or an error of the closures.
  static func performAll<Line: ListingLine>(
    in run: Run, sleep: Line, raise: Line, owner: String? = nil,
    onSuccess: () throws -> Void = {},
    onFailure: (_ number: Int, _ exception: RaisedException) throws -> Void
  ) throws {
    let failing = run.arguments.integer("fail-every")
    for number in 1...run.arguments.integer("tasks") {
      run.at(sleep)
      try run.sleep(length)
      if number % failing == 0 {
        run.at(raise)
        let task = "task \(number)" + (owner.map { " of \($0)" } ?? "")
        try onFailure(
          number, run.raise(.valueError("\(task) failed")))
      } else {
        try onSuccess()
      }
    }
  }
}
