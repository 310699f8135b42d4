import Concurrency
import Trace

/// The cores that a part of a run used, and the share that other programs took meanwhile.
struct CoreShare {
  /// CPU time divided by wall time.
  let used: Double
  /// The percentage of all cores that other programs used, or nil if the time was too short.
  let takenByOthers: Int?

  /// Measures a body.
  static func measured<Result>(
    in run: Run, _ body: () throws -> Result
  ) rethrows -> (Result, CoreShare) {
    let before = CoreUse()
    let cpu = CoreUse.ownTime
    let began = run.now()
    let result = try body()
    let used = Double(CoreUse.ownTime(since: cpu)) / Double(max(1, run.now() - began))
    let others = before.takenByOthers(until: CoreUse(), cores: run.cores)
    return (result, CoreShare(used: used, takenByOthers: others))
  }

  func record(_ name: String, _ run: Run) throws {
    try run.measure(name, Int64(used * 100), unit: "/100")
    if let takenByOthers {
      try run.measure("cores taken by others", Int64(takenByOthers), unit: "%")
    }
  }

  /// The rows of a table with two columns.
  var rows: [[String]] {
    [["cores used", ValueText.measure(Int64(used * 100), unit: "/100")]]
      + (takenByOthers.map { [["taken by others", "\($0) %"]] } ?? [])
  }
}
