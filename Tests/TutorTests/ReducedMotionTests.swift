internal import Events
internal import History
internal import Screen
internal import Testing
internal import Trace

@testable import Tutor

@Suite("With reduced motion")
struct ReducedMotionTests {
  /// A live run with full or reduced motion.
  private func live(isReduced: Bool) throws -> Stage {
    var stage = try Stage(step: 2)
    stage.model.settings.hasReducedMotion = isReduced
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    return stage
  }

  @Test("a live run redraws the screen at most once a second")
  func beat() throws {
    for (isReduced, beat) in [(false, UInt64(200_000_000)), (true, 1_000_000_000)] {
      var stage = try live(isReduced: isReduced)
      stage.wait(milliseconds: 700)
      var times: [UInt64] = []
      for _ in 0..<3 {
        let deadline = try #require(stage.model.nextDeadline)
        times.append(deadline)
        stage.wait(milliseconds: (deadline - stage.now) / 1_000_000)
      }
      #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == beat })
      #expect(stage.model.leastRest == (isReduced ? beat : 0))
    }
  }

  @Test("only events wait for the next redraw, keys do not")
  func whatWaits() {
    let waiting: [Message] = [.events([]), .tick(now: 1), .computing([])]
    let hurried: [Message] = [
      .input(.key(.enter)), .resized(Size(columns: 80, rows: 24)), .notice("x"), .glyphs(.ascii),
    ]
    #expect(waiting.allSatisfy { $0.isFromRunOrClock })
    #expect(!hurried.contains { $0.isFromRunOrClock })
  }

  @Test("nothing is lit")
  func lit() throws {
    func isLit(_ stage: Stage) -> Bool {
      let frame = render(stage.model)
      return (0..<frame.size.rows).contains { y in
        (0..<frame.size.columns).contains { frame[Point(x: $0, y: y)].style.role == .lit }
      }
    }
    #expect(try isLit(live(isReduced: false)))
    #expect(try !isLit(live(isReduced: true)))
  }

  @Test("a run that is paused or over redraws immediately")
  func atRest() throws {
    var stage = try live(isReduced: true)
    stage.press(.character(" "))
    stage.send(.computing([]))
    #expect(stage.model.leastRest == 0)
    var over = try Stage(step: 2)
    over.model.settings.hasReducedMotion = true
    #expect(over.model.leastRest == 0)
    var script = RunScript.producerConsumer(until: 900)
    script.finish(.stopped, at: 950_000)
    try over.play(script, of: "producer-consumer")
    #expect(over.model.leastRest == 0)
  }

  @Test("symbols change with the terminal's glyphs, in the lesson too")
  func glyphs() throws {
    var stage = try Stage(step: 2)
    #expect(stage.picture.contains("┃"))
    stage.send(.glyphs(.ascii))
    let isASCII = stage.picture.utf8.allSatisfy { $0 < 0x80 }
    #expect(isASCII)
    stage.send(.glyphs(.unicode))
    #expect(stage.picture.contains("┃"))
  }
}
