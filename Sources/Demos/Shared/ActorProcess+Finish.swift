import Concurrency
import Engine

extension [ActorProcess] {
  /// The pids, separated by commas.
  var pids: String { map { "\($0.pid)" }.joined(separator: ", ") }
}

extension ActorProcess {
  /// Waits until the process has exited with status 0.
  /// - Throws: `RunStopped`, or `RaisedException` if the process did not start or ended in another
  ///   way.
  func finish(in run: Run) throws {
    let ending = try join()
    guard ending != .exited(0) else { return }
    throw run.raise(
      RaisedException(
        type: "RuntimeError", message: ending.failure ?? "\(name) ended before it was done"))
  }
}
