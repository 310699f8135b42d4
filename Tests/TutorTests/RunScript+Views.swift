internal import Catalog
internal import Trace

extension RunScript {
  mutating func measure(_ name: String, _ value: Int64, _ unit: String, by actor: Int = 1) {
    add(.measure, by: actor, texts: [name, unit]) { $0[0] = value }
  }

  mutating func result(_ name: String, _ value: String, by actor: Int = 1) {
    add(.result, by: actor, texts: [name, value])
  }

  static let shown =
    "8 waits of 100 ms: 803 ms in turn, 101 ms on threads, 112 ms in processes; "
    + "starting 8 processes took 9 ms, starting 8 threads less than one"

  /// Eight waits in turn, on threads and in processes, measured a few times.
  static func ioBound(rounds: Int = 1, isFinished: Bool = true) -> RunScript {
    var script = RunScript("io-bound")
    let arms: [(String, wall: Int64, cpu: Int64, memory: Int64)] = [
      ("in turn", 803_211_000, 1_204_000, 0), ("threads", 101_400_000, 2_100_000, 1_048_576),
      ("processes", 112_900_000, 14_800_000, 18_874_368),
    ]
    script.time = 100_000
    for round in 0..<rounds {
      for arm in arms {
        let more = Int64(round) * arm.wall / 40
        script.measure("\(arm.0): wall", arm.wall + more, "ns")
        script.measure("\(arm.0): CPU time", arm.cpu + more / 100, "ns")
        script.measure("\(arm.0): memory", arm.memory, "B")
        script.measure("\(arm.0): cores used", arm.cpu * 100 / arm.wall + 1, "/100")
      }
    }
    guard isFinished else { return script }
    script.result("shown", shown)
    script.finish(.completed, at: 1_020_000)
    return script
  }
}
