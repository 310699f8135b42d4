import Events
import Testing

@testable import Trace

@Suite("What was measured in arms")
struct ArmSummaryTests {
  private static func summary(_ measures: (String, Int64, String)...) -> ArmSummary {
    var summary = ArmSummary()
    for (name, value, unit) in measures {
      var event = Event(.measure, texts: [name, unit])
      event.record[0] = value
      summary.note(event)
    }
    return summary
  }

  @Test("Quantities and arms stand in the order of their first measures")
  func order() {
    let summary = Self.summary(
      ("threads: wall", 10, "ns"), ("processes: wall", 20, "ns"), ("processes: memory", 5, "B"),
      ("threads: memory", 6, "B"), ("threads: wall", 30, "ns"), ("threads: wall", 20, "ns"))
    #expect(summary.quantities.map(\.name) == ["wall", "memory"])
    #expect(
      summary.quantities.map { $0.arms.map(\.name) } == [
        ["threads", "processes"], ["threads", "processes"],
      ])
    let threads = summary.quantities[0].arms[0]
    #expect(threads.values == [10, 30, 20])
    #expect((threads.median, threads.least, threads.most) == (20, 10, 30))
    #expect(summary.quantities[0].hasRounds && !summary.quantities[1].hasRounds)
  }

  @Test("Other measures are no arms")
  func others() {
    let summary = Self.summary(
      ("size 1 total", 1, "ns"), ("ticks over time", 2, ""), (": wall", 3, "ns"), ("a:", 3, "ns"),
      ("a:b", 3, "ns"))
    #expect(summary.quantities.isEmpty)
  }

  @Test("An arm's name may have a colon of its own")
  func colons() {
    let summary = Self.summary(("pool: 2 workers: wall", 1, "ns"))
    #expect(summary.quantities.first?.arms.first?.name == "pool: 2 workers")
  }

  @Test(
    "Numbers of a column are written in one unit",
    arguments: [
      ("ns", [803_211_000, 101_400_000] as [Int64], ["803 ms", "101 ms"]),
      ("ns", [803_211_000, 900_000], ["803.2 ms", "0.9 ms"]),
      ("ns", [803_211_000, 40_000], ["803.21 ms", "0.04 ms"]),
      ("ns", [1_803_211_000, 500_000_000], ["1,803 ms", "500 ms"]),
      ("ns", [12_340_000_000, 9_000_000_000], ["12.3 s", "9.0 s"]),
      ("ns", [45_300], ["45.3 µs"]), ("ns", [0], ["0 ns"]),
      ("B", [18_874_368, 1_048_576], ["18.9 MB", "1.0 MB"]), ("B", [64], ["64 B"]),
      ("%", [97, 3], ["97 %", "3 %"]), ("/100", [197, 5, -5], ["1.97", "0.05", "-0.05"]),
      ("", [1_204, -3], ["1,204", "-3"]),
    ])
  func numbers(unit: String, values: [Int64], texts: [String]) {
    let scale = MeasureScale(
      unit: unit, least: values.map { abs($0) }.min() ?? 0, greatest: values.max() ?? 0)
    #expect(values.map(scale.text) == texts)
  }
}
