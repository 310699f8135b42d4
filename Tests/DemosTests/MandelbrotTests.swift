import Events
import TestRuns
import Testing

@testable import Demos

extension RunTests {
  @Suite struct MandelbrotTests {
    @Test(
      "Each row is recorded by the worker that computed it, and each round gives the same picture")
    func rows() throws {
      let report = PoolReport(
        try RecordedRun.events(of: "mandelbrot rows=9 workers=2 iterations=300"))
      let events = report.events
      #expect(violations(in: events) == [])
      let rows = events.filter { $0.kind == .result && $0.name?.hasPrefix("row ") == true }
      #expect(rows.count == 18)
      for number in 1...9 {
        let own = rows.filter { $0.name == "row \(number)" }
        #expect(own.count == 2)
        let expected = MandelbrotDemo.row(number, of: 9, iterations: 300) {}
        #expect(own.allSatisfy { $0.value == expected })
        #expect(own[0].actor != own[1].actor)
        for row in own {
          #expect(
            events.contains {
              $0.kind == .taskFinish && $0.task == number && $0.actor == row.actor
            })
        }
      }
      for worker in 1...2 {
        let name = "worker-\(worker)"
        #expect(report.events.measures("\(name): rows") == [Int64(report.done(by: name))])
      }
      for arm in ["1 worker", "2 workers"] {
        #expect(report.events.measures("\(arm): time").count == 1)
        #expect(report.events.measures("\(arm): cores used").count == 1)
      }
    }

    @Test("A single worker has no comparison")
    func alone() throws {
      let report = PoolReport(
        try RecordedRun.events(of: "mandelbrot rows=8 workers=1 iterations=100 rounds=2"))
      #expect(violations(in: report.events) == [])
      #expect(report.events.measures("1 worker: time").count == 2)
      #expect(report.events.measures("worker-1: rows") == [8])
    }
  }
}

@Suite struct MandelbrotPictureTests {
  @Test("The picture is symmetric about the real axis", arguments: [8, 9, 24, 31])
  func symmetry(rows: Int) {
    let picture = (1...rows).map { MandelbrotDemo.row($0, of: rows, iterations: 500) {} }
    #expect(picture == picture.reversed())
    #expect(picture.allSatisfy { $0.count == MandelbrotDemo.columns })
  }

  @Test("On the real axis, exactly the points from -2 to 1/4 are inside")
  func realAxis() {
    let row = Array(MandelbrotDemo.row(5, of: 9, iterations: 20_000) {})
    for (column, pixel) in row.enumerated() {
      let real = -2.2 + 3 * Double(column) / Double(MandelbrotDemo.columns - 1)
      #expect((pixel == MandelbrotDemo.inside) == (-2 <= real && real <= 0.25), "\(real)")
    }
  }

  @Test("The main bulbs are inside, and far points have the lightest shade")
  func bulbs() {
    let rows = 24
    let picture = (1...rows).map { Array(MandelbrotDemo.row($0, of: rows, iterations: 1000) {}) }
    for (index, row) in picture.enumerated() {
      let y = 1.2 * Double(2 * index + 1 - rows) / Double(rows)
      for (column, pixel) in row.enumerated() {
        let x = -2.2 + 3 * Double(column) / Double(MandelbrotDemo.columns - 1)
        let isInDisc = (x + 1) * (x + 1) + y * y < 1.0 / 16 || x * x + y * y < 1.0 / 16
        if isInDisc { #expect(pixel == MandelbrotDemo.inside) }
        if x * x + y * y > 4 { #expect(pixel == " ") }
      }
    }
  }

  @Test("A row calls its checkpoint often")
  func checkpoints() {
    var looks = 0
    let row = MandelbrotDemo.row(5, of: 9, iterations: 100_000) { looks += 1 }
    // There is a checkpoint after 10,000 steps at most.
    #expect(looks >= row.count { $0 == MandelbrotDemo.inside } * 10)
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try MandelbrotDemo.row(5, of: 9, iterations: 100) { throw Enough() }
    }
  }
}
