import TestRuns
import Testing

@testable import Demos

extension RunTests {
  @Suite struct MonteCarloPiTests {
    @Test("The estimate is near pi, and the same for any number of workers")
    func estimate() throws {
      var estimates: Set<String?> = []
      for workers in [1, 2, 3] {
        let report = PoolReport(
          try RecordedRun.events(of: "monte-carlo-pi samples=100003 workers=\(workers) rounds=2"))
        #expect(violations(in: report.events) == [])
        estimates.insert(report.events.result("pi"))
        for arm in workers == 1 ? ["1 worker"] : ["1 worker", "\(workers) workers"] {
          #expect(report.events.measures("\(arm): time").count == 2)
          #expect(report.events.measures("\(arm): cores used").count == 2)
        }
        // 1.642 / √100,003
        #expect(report.events.result("expected error") == "0.005193")
      }
      #expect(estimates.count == 1)
      let pi = try #require(estimates.first??.split(separator: ".").joined()).map(String.init)
        .joined()
      let millionths = try #require(Int(pi))
      #expect(abs(millionths - 3_141_593) < 5 * 5193)
    }
  }
}

@Suite struct PointTests {
  @Test("The shares add up to all points", arguments: [1000, 1001, 31_999, 20_000_000])
  func shares(samples: Int) {
    let points = (0..<MonteCarloPiDemo.shares).map { MonteCarloPiDemo.points(in: $0, of: samples) }
    #expect(points.reduce(0, +) == samples)
    #expect((points.max() ?? 0) - (points.min() ?? 0) <= 1)
  }

  @Test("About π / 4 of each share's points hit, and each share has different points")
  func hits() {
    let points = 100_000
    let hits = (0..<MonteCarloPiDemo.shares).map { MonteCarloPiDemo.hits(points, seed: $0) {} }
    // Five standard deviations; √(n p (1 − p)) is 130.
    for count in hits { #expect((77_890...79_190).contains(count)) }
    #expect(Set(hits).count > MonteCarloPiDemo.shares / 2)
    let all: Int = hits.reduce(0, +)
    #expect((2_509_599...2_516_949).contains(all))
    #expect(MonteCarloPiDemo.hits(points, seed: 7) {} == hits[7])
  }

  @Test("Throwing points calls the checkpoint often")
  func checkpoints() {
    var looks = 0
    _ = MonteCarloPiDemo.hits(1_000_000, seed: 1) { looks += 1 }
    #expect(looks >= 10)
  }
}
