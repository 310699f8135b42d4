import Concurrency
import Engine

/// The code of a demo: plain synchronous Swift that does not know whether the run pauses or steps.
protocol DemoBody: SendableMetatype {
  /// The lines of the listing that the demo's events name. Each occurs exactly once in the listing.
  associatedtype Line: ListingLine

  /// The functions of the demo's worker processes.
  static var workerBodies: [any WorkerBody] { get }

  /// Runs the demo on its main thread.
  static func run(_ run: Run) throws
}

extension DemoBody {
  static var workerBodies: [any WorkerBody] { [] }

  static var lines: [String] { Line.allCases.map(\.rawValue) }
}
