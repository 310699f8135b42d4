import Concurrency
import Engine

extension [ActorProcess] {
  /// The pids, separated by commas.
  var pids: String { map { "\($0.pid)" }.joined(separator: ", ") }
}

extension ActorProcess {
  /// Waits until the process has done its work.
  /// - Throws: `RunStopped`, or `RaisedException` if the process did not start or ended in another
  ///   way.
  func finish(in run: Run) throws {
    let ending = try join()
    if ending.isFailure { throw run.raise(ending.exception(ofProcess: name)) }
  }
}
