import Concurrency
import Engine

/// What a demo does, written once as plain synchronous code that knows nothing of modes.
protocol DemoBody: SendableMetatype {
  /// The lines that the demo's events name; each occurs exactly once in its listing.
  associatedtype Line: ListingLine

  /// What the demo's worker processes do; empty where it starts none.
  static var workerBodies: [any WorkerBody] { get }

  /// Runs the demo on its main thread.
  static func run(_ run: Run) throws
}

extension DemoBody {
  static var workerBodies: [any WorkerBody] { [] }

  static var lines: [String] { Line.allCases.map(\.rawValue) }
}
