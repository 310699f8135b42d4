public import Catalog
public import Events

/// What a run needs beside its demo's arguments.
public struct RunConfiguration: Sendable {
  /// The demo that is to be run, with its checked arguments.
  public let request: RunRequest
  /// The lines of the demo's listing, which events name by their numbers.
  public let listing: [String]
  /// The program that worker processes run: this one, in which `WorkerProgram.runIfAsked` comes
  /// before anything else.
  public let workerPath: String
  /// The program's version, for the run's first event.
  public let version: String
  /// How many cores the program may use, for the run's first event.
  public let cores: Int
  /// How fast the run's clock goes at first.
  public let speed: RunSpeed

  /// What a run of this program needs; by default its workers run this same executable.
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
