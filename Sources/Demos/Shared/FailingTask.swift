import Concurrency

/// A task that takes a moment, and fails where its number is one of every so many: what the demos of
/// failures have their workers do.
struct FailingTask: Sendable {
  let number: Int
  /// In ns.
  let length: Int64
  /// Of so many tasks one fails.
  let failsEvery: Int
  /// What the exception says that it raises.
  var message: String

  /// - Parameters:
  ///   - sleep: the listing's line at which the task works.
  ///   - raise: the listing's line that raises.
  /// - Throws: `RunStopped`, or the task's own `RaisedException`.
  func perform(_ run: Run, sleep: some ListingLine, raise: some ListingLine) throws {
    run.at(sleep)
    try run.sleep(length)
    guard number % failsEvery != 0 else {
      run.at(raise)
      throw run.raise(RaisedException(type: "ValueError", message: message))
    }
  }
}
