import Events
import Testing

@testable import Trace

@Suite("The summary of pool sizes")
struct PoolSizingSummaryTests {
  /// A summary of rounds with the given totals in ms, by size.
  private func summary(cores: Int = 2, others: Int? = nil, _ totals: [Int: [Int64]])
    -> PoolSizingSummary
  {
    var summary = PoolSizingSummary()
    var start = Event(.runStart, texts: ["pool-sizing", "", "native", "1"])
    start.record[0] = Int64(cores)
    summary.note(start)
    for (size, values) in totals {
      for value in values { summary.note(measure("size \(size) total", value * 1_000_000)) }
    }
    if let others { summary.note(measure("cores taken by others", Int64(others))) }
    return summary
  }

  private func measure(_ name: String, _ value: Int64) -> Event {
    var event = Event(.measure, texts: [name, "ns"])
    event.record[0] = value
    return event
  }

  @Test("One round proves only the shortest this time")
  func oneRound() {
    let summary = summary([1: [20], 2: [10], 3: [30]])
    #expect(summary.verdict == .thisTime(size: 2))
    #expect(summary.sentence?.contains("one round proves little") == true)
  }

  @Test("The slowest round of a winner is quicker than all rounds of the others")
  func winner() {
    #expect(summary([1: [20, 21, 22], 2: [10, 11, 19]]).verdict == .shortest(size: 2))
  }

  @Test("Without a verdict, the table still has all times")
  func tables() {
    #expect(
      summary(others: 60, [1: [20, 21, 24], 2: [10, 11, 12]]).conclusion?.lines == [
        "No verdict: other programs used 60 % of the cores.",
        "workers              median    least     most  speed-up  cores  create     map   close",
        "1                   21.0 ms  20.0 ms  24.0 ms       1.0         0.0 ms  0.0 ms  0.0 ms",
        "2                   11.0 ms  10.0 ms  12.0 ms       1.9         0.0 ms  0.0 ms  0.0 ms",
        "serial share: 0.05",
      ])
    #expect(
      summary([3: [20]]).conclusion?.lines == [
        "There is only size 3, so there is nothing to compare.",
        "workers     time  speed-up  cores  create     map   close",
        "3        20.0 ms                   0.0 ms  0.0 ms  0.0 ms",
      ])
  }

  @Test("There is no winner if ranges overlap")
  func overlap() {
    let summary = summary([1: [20, 21, 22], 2: [10, 11, 20], 3: [40, 41, 42]])
    #expect(summary.verdict == .overlap(sizes: [1, 2]))
  }

  @Test("There is no verdict on speed if other programs used the cores")
  func disturbed() {
    #expect(summary(others: 60, [1: [20], 2: [10]]).verdict == .disturbed(percent: 60))
    #expect(summary(others: 5, [1: [20], 2: [10]]).verdict == .thisTime(size: 2))
  }

  @Test("The serial share is computed for the greatest size with a core for each worker")
  func serialShare() throws {
    // Half of the time is serial: two workers take 30 of 40, four take 25.
    let times: [Int: [Int64]] = [1: [40], 2: [30], 4: [25], 8: [60]]
    let onTwo = try #require(summary(cores: 2, times).serialShare)
    let onFour = try #require(summary(cores: 4, times).serialShare)
    #expect(abs(onTwo - 0.5) < 0.001 && abs(onFour - 0.5) < 0.001)
    #expect(summary(cores: 1, times).serialShare == nil)
  }

  @Test("Absurd times of a damaged recording cannot overflow sums")
  func absurd() {
    var summary = summary([1: [20, 21], 2: [10, 11]])
    for value in [Int64.max, .max, .min] {
      for part in ["create", "map", "close", "cpu", "total"] {
        summary.note(measure("size 3 \(part)", value))
      }
    }
    #expect(summary.arms.last?.coresUsed == 1 && summary.arms.last?.least == 0)
    #expect(summary.verdict == .overlap(sizes: [2, 3]))
  }

  @Test("The number of rounds and sizes is limited")
  func most() {
    let rounds = [Int64](repeating: 1, count: PoolSizingSummary.maxValues + 10)
    #expect(summary([1: rounds]).arms.map(\.total.count) == [PoolSizingSummary.maxValues])
    var sizes: [Int: [Int64]] = [:]
    for size in 1...PoolSizingSummary.maxArms + 10 { sizes[size] = [1] }
    #expect(summary(sizes).arms.count == PoolSizingSummary.maxArms)
  }

  @Test("There is no verdict before there are two sizes")
  func single() {
    #expect(summary([3: [20, 21]]).verdict == nil)
    #expect(summary([:]).conclusion == nil)
  }
}
