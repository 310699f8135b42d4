public import Catalog
public import Events

/// The configuration of a run.
public struct RunConfiguration: Sendable {
  /// The demo and its checked arguments.
  public let request: RunRequest
  /// The lines of the demo's listing. Events refer to them by number.
  public let listing: [String]
  /// The program that worker processes run. It must call `WorkerProgram.runIfAsked` before anything
  /// else.
  public let workerPath: String
  /// The program's version, for the run's first event.
  public let version: String
  /// How many cores the program may use, for the run's first event.
  public let cores: Int
  /// The initial speed of the run's clock.
  public let speed: RunSpeed

  /// Creates a configuration. By default, workers run this same executable.
  public init(
    request: RunRequest, listing: [String], workerPath: String = "/proc/self/exe",
    version: String, cores: Int, speed: RunSpeed = .normal
  ) {
    self.request = request
    self.listing = listing
    self.workerPath = workerPath
    self.version = version
    self.cores = cores
    self.speed = speed
  }
}
