internal import Catalog
internal import Screen
internal import Testing
internal import Trace

@testable internal import Tutor

@Suite("The views that a demo asks for")
struct ViewTests {
  static let sizes = [
    Size(columns: 120, rows: 40), Size(columns: 80, rows: 24), Size(columns: 40, rows: 12),
  ]

  static func suffix(_ size: Size) -> String { "\(size.columns)x\(size.rows)" }

  @Test("A demo's views stand in the state's place, the state a key away")
  func place() throws {
    var stage = try Stage(100, 30)
    try stage.play(.ioBound(), of: "io-bound")
    #expect(stage.model.panes == [.lesson, .code, .bars, .timeline, .events, .state])
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .bars, .timeline])
    #expect(stage.picture.contains("2 code 3 [bars] 6 state"))
    stage.press(.character("6"))
    #expect(stage.model.focus == .state)
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .state, .timeline])
    stage.press(.character("2"))
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .code, .timeline])
    stage.press(.character("3"))
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .bars, .timeline])
  }

  @Test("What was chosen for one demo is not chosen for the next")
  func chosen() throws {
    var stage = try Stage(100, 30)
    try stage.play(.ioBound(), of: "io-bound")
    stage.press(.character("6"))
    try stage.play(.ioBound(), of: "io-bound")
    #expect(stage.model.shownMiddle == .state)
    try stage.play(RunScript("mandelbrot"), of: "mandelbrot")
    #expect(stage.model.shownMiddle == .picture)
    #expect(
      stage.model.panes == [.lesson, .code, .picture, .timeline, .events, .bars, .state])
  }

  @Test("A small view leaves the code its place; on a high screen the state has one too")
  func small() throws {
    var stage = try Stage(120, 33)
    try stage.play(RunScript("lock"), of: "lock")
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .code, .waits, .timeline, .events])
    stage.press(.character("6"))
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .code, .state, .timeline, .events])
    stage.send(.resized(Size(columns: 200, rows: 60)))
    #expect(
      stage.model.layout.panes.map(\.pane)
        == [.lesson, .code, .waits, .state, .timeline, .events])
  }

  @Test("Each view of each demo is reached by its digit and drawn at every size")
  func all() throws {
    for demo in DemoCatalog(cores: 2).demos {
      var stage = try Stage(80, 24)
      try stage.play(.ioBound(), of: demo.id)
      for size in Self.sizes + [Size(columns: 200, rows: 60), Size(columns: 39, rows: 11)] {
        stage.send(.resized(size))
        for (index, pane) in stage.model.panes.enumerated() {
          stage.press(.character(Character("\(index + 1)")))
          #expect(stage.model.focus == pane, "\(demo.id)")
          #expect(render(stage.model).size == size)
          let isSeen = stage.model.layout.rect(of: pane) != nil
          #expect(isSeen || stage.model.layout.isTooSmall, "\(demo.id) \(size) \(pane)")
        }
      }
    }
  }

  @Test("A chart has a group for each quantity and a bar for each arm", arguments: sizes)
  func bars(size: Size) throws {
    var stage = try Stage(size.columns, size.rows)
    try stage.play(.ioBound(), of: "io-bound")
    try KeptDrawing.expect(stage.picture, named: "bars-\(Self.suffix(size))")
  }

  @Test("Where arms were measured more than once, their ranges stand beside their medians")
  func ranges() throws {
    var stage = try Stage(120, 40)
    try stage.play(.ioBound(rounds: 3), of: "io-bound")
    try KeptDrawing.expect(stage.picture, named: "bars-rounds-120x40")
  }

  @Test("Bars are drawn in ASCII too")
  func ascii() throws {
    var stage = try Stage(80, 24, glyphs: .ascii)
    try stage.play(.ioBound(rounds: 3, isFinished: false), of: "io-bound")
    stage.press(.character("3"), .character("z"))
    #expect(stage.picture.utf8.allSatisfy { $0 < 0x80 })
    try KeptDrawing.expect(stage.picture, named: "bars-ascii-80x24")
  }

  @Test("A chart invites to run, and says that nothing is measured yet")
  func empty() throws {
    var stage = try Stage(100, 30)
    try stage.play(RunScript("io-bound"), of: "io-bound")
    #expect(stage.picture.contains("Nothing is measured yet."))
  }

  // MARK: what was shown

  @Test("What was shown stands in full in every view of the demo", arguments: sizes)
  func shown(size: Size) throws {
    for demo in ["io-bound", "mandelbrot", "lock", "leak", "catch-inside", "pool-sizing"] {
      var stage = try Stage(size.columns, size.rows)
      try stage.play(.ioBound(), of: demo)
      for (index, pane) in stage.model.panes.enumerated() where pane.isMiddle {
        stage.press(.character(Character("\(index + 1)")))
        let rect = try #require(stage.model.content(of: pane))
        let rows = stage.lines[rect.y..<rect.maxY].map { line in
          String(line.dropFirst(rect.x).prefix(rect.width))
        }
        let sentence = rows.filter { $0.hasPrefix("┃ ") }.map { $0.dropFirst(2) }
        let words = sentence.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(words == RunScript.shown, "\(demo) \(pane) \(size)")
      }
    }
  }

  @Test("Results that are sentences are wrapped, not cut")
  func wrapped() throws {
    var stage = try Stage(80, 24)
    var script = RunScript("shared-state")
    script.result("before", "the parent's counter is 41 at 0x7f3a5c000b20")
    script.result(
      "child",
      "the child has a counter of its own, which began at 0 and not at 41, at the same "
        + "address 0x7f3a5c000b20")
    script.finish(.completed, at: 100)
    try stage.play(script, of: "shared-state")
    stage.press(.character("3"), .character("z"))
    #expect(stage.picture.contains("the parent's counter is 41 at 0x7f3a5c000b20"))
    #expect(stage.picture.contains("which began at 0 and not"))
    #expect(stage.picture.contains("the same address 0x7f3a5c000b20"))
    #expect(!stage.picture.contains("characters)"))
  }

  @Test("The plain tutor says what was shown and what was measured")
  func spoken() throws {
    var stage = try Stage(80, 24)
    try stage.play(.ioBound(rounds: 3), of: "io-bound")
    let session = try #require(stage.model.session)
    let lines = PlainRunText.end(session, PlainLanes(), told: 0).map(\.text)
    #expect(lines.contains("Shown: \(RunScript.shown)."))
    #expect(
      lines.contains(
        "Measured, memory: in turn 0 bytes in the middle of 3, at least 0 bytes and at most "
          + "0 bytes; threads 1.0 megabytes in the middle of 3, at least 1.0 megabytes and at most "
          + "1.0 megabytes; processes 18.9 megabytes in the middle of 3, at least 18.9 megabytes "
          + "and at most 18.9 megabytes."))
  }
}
