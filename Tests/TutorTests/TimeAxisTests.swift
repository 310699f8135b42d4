import Events
import Screen
import Testing

@testable import RunViews
@testable import Tutor

@Suite("The time axis under the lanes")
struct TimeAxisTests {
  private func axis(_ stage: Stage) throws -> String {
    let session = try #require(stage.model.session)
    return TimelineRows(session, now: stage.model.now, width: 60, glyphs: .unicode).axisRow.plain
  }

  /// A run of one second.
  private func stage(_ columns: Int = 120, _ rows: Int = 40) throws -> Stage {
    var stage = try Stage(columns, rows, step: 2)
    try stage.play(.producerConsumer(until: 2000), of: "producer-consumer")
    return stage
  }

  @Test("Its ticks are at round moments, at every zoom")
  func ticks() throws {
    var stage = try stage()
    #expect(try axis(stage).contains("╵0 ") && axis(stage).contains("╵500 ms"))
    for _ in 0..<12 {
      stage.press(.character("+"))
      let ticks = try axis(stage).split(separator: "╵").dropFirst()
      #expect(!ticks.isEmpty || stage.model.session?.isRewound == true)
      for tick in ticks {
        let digits = tick.prefix { $0.isNumber || $0 == "." }.filter { $0 != "." && $0 != "0" }
        #expect(digits.count <= 7, "\(tick)")
      }
    }
  }

  @Test("No two ticks touch, at any width")
  func widths() throws {
    let session = try #require(try stage().model.session)
    for width in 20..<160 {
      let axis = TimelineRows(session, now: 0, width: width, glyphs: .unicode).axisRow
      #expect(axis.columns <= width)
      for (place, sign) in axis.plain.enumerated() where sign == "╵" && place > 0 {
        #expect(Array(axis.plain)[place - 1] == " ")
      }
    }
  }

  @Test("The moment on display has its mark and its time")
  func moment() throws {
    var stage = try stage()
    #expect(try !axis(stage).contains("▴"))
    for _ in 0..<40 {
      stage.press(.character(","))
      let session = try #require(stage.model.session)
      let words = TimeText.moment(session.time(at: stage.model.now)) + " s"
      let axis = try axis(stage)
      #expect(
        axis.contains("▴" + words) || axis.contains(words + "▴") || axis.contains(words + ":"))
    }
  }

  @Test("The end of a long wait is not searched in each frame, so its beginning has no length")
  func longWait() throws {
    for (others, hasLength) in [(10, true), (2_000, false)] {
      var script = RunScript("producer-consumer")
      script.thread(2, named: "a", at: 100)
      script.thread(3, named: "b", at: 200)
      script.name(1, "list_lock", "lock")
      script.wait(2, for: .lock, object: 1, at: 300)
      let position = script.events.count
      for _ in 0..<others { script.add(.lockAcquire, by: 3, object: 1) }
      script.endWait(2, for: .lock, object: 1, at: 1_000_000, waited: 1_800)
      var stage = try Stage(120, 40, step: 2)
      try stage.play(script, of: "producer-consumer")
      stage.model.look(at: position)
      let session = try #require(stage.model.session)
      let axis = TimelineRows(session, now: 0, width: 110, glyphs: .unicode).axisRow.plain
      #expect(axis.contains("A waits 1.8 µs") == hasLength, "\(axis)")
    }
  }

  @Test("What happened at the moment stands beside it, and a wait has its length")
  func happening() throws {
    var stage = try stage()
    var told: [String] = []
    for _ in 0..<120 {
      stage.press(.character(","))
      let session = try #require(stage.model.session)
      let axis = TimelineRows(session, now: stage.model.now, width: 110, glyphs: .unicode).axisRow
      #expect(axis.columns <= 110)
      told.append(axis.plain.trimmed)
    }
    #expect(told.contains { $0.contains("s: A acquires list_lock") })
    #expect(told.contains { $0.firstMatch(of: /B waits \d+(\.\d+)? (µs|ms)/) != nil })
    #expect(told.contains { $0.firstMatch(of: /B waited \d+(\.\d+)? (µs|ms)/) != nil })
  }

  @Test(
    "It is the row below the lanes, and the lanes above it scroll",
    arguments: [(120, 40), (80, 24)])
  func place(columns: Int, rows: Int) throws {
    let stage = try stage(columns, rows)
    let lines = stage.lines
    let lane = try #require(lines.lastIndex { $0.contains("│ main ") })
    #expect(lines[lane + 1].contains("╵0"))
  }
}
