internal import Events
internal import Screen
internal import Testing

@testable import Tutor

@Suite("Drawings of the screen")
struct DrawingTests {
  static let sizes = [
    Size(columns: 200, rows: 60), Size(columns: 120, rows: 40), Size(columns: 100, rows: 30),
    Size(columns: 80, rows: 24), Size(columns: 60, rows: 20), Size(columns: 50, rows: 15),
    Size(columns: 40, rows: 12),
  ]

  private static func suffix(_ size: Size) -> String { "\(size.columns)x\(size.rows)" }

  @Test("An open lesson is a calm page beside its listing", arguments: sizes)
  func lesson(size: Size) throws {
    let stage = try Stage(size.columns, size.rows, step: 2)
    try KeptDrawing.expect(stage.picture, named: "lesson-\(Self.suffix(size))")
  }

  @Test("A live run appears in every pane", arguments: sizes)
  func run(size: Size) throws {
    var stage = try Stage(size.columns, size.rows, step: 2)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    try KeptDrawing.expect(stage.picture, named: "run-\(Self.suffix(size))")
  }

  @Test("A finished pool-sizing run is a chart with a verdict", arguments: sizes)
  func pools(size: Size) throws {
    var stage = try Stage(size.columns, size.rows, lesson: 8, step: 2)
    try stage.play(.poolSizing(), of: "pool-sizing")
    try KeptDrawing.expect(stage.picture, named: "pools-\(Self.suffix(size))")
  }

  @Test("The help lists every key", arguments: sizes)
  func help(size: Size) throws {
    var stage = try Stage(size.columns, size.rows)
    stage.press(.character("?"))
    try KeptDrawing.expect(stage.picture, named: "help-\(Self.suffix(size))")
  }

  @Test("The form shows an error beside a wrong value", arguments: sizes)
  func form(size: Size) throws {
    var stage = try Stage(size.columns, size.rows, step: 2)
    stage.press(.character("p"), .control("u"))
    stage.type("2000")
    stage.press(.enter)
    try KeptDrawing.expect(stage.picture, named: "form-\(Self.suffix(size))")
  }

  @Test("The lesson list marks the current lesson", arguments: sizes)
  func list(size: Size) throws {
    var stage = try Stage(size.columns, size.rows, step: 2)
    stage.press(.character("L"))
    try KeptDrawing.expect(stage.picture, named: "list-\(Self.suffix(size))")
  }

  @Test(
    "The palette lists every command with its key, and typing narrows it", arguments: sizes)
  func palette(size: Size) throws {
    var stage = try Stage(size.columns, size.rows, step: 2)
    stage.press(.character(":"))
    try KeptDrawing.expect(stage.picture, named: "palette-\(Self.suffix(size))")
    stage.type("step")
    try KeptDrawing.expect(stage.picture, named: "palette-typed-\(Self.suffix(size))")
  }

  @Test(
    "The contents list every step, mark the seen ones and select the current one", arguments: sizes)
  func contents(size: Size) throws {
    var stage = try Stage(size.columns, size.rows, step: 2)
    stage.press(.character("t"))
    try KeptDrawing.expect(stage.picture, named: "contents-\(Self.suffix(size))")
  }

  @Test("A search shows matches while the learner types", arguments: sizes)
  func search(size: Size) throws {
    var stage = try Stage(size.columns, size.rows, step: 2)
    stage.press(.character("/"))
    stage.type("the list")
    try KeptDrawing.expect(stage.picture, named: "search-\(Self.suffix(size))")
  }

  @Test("The settings are a form of four lines", arguments: sizes)
  func settings(size: Size) throws {
    var stage = try Stage(size.columns, size.rows, step: 2)
    stage.press(.character("S"))
    try KeptDrawing.expect(stage.picture, named: "settings-\(Self.suffix(size))")
  }

  @Test("The first start shows the first keys", arguments: sizes)
  func welcome(size: Size) throws {
    let stage = try Stage(size.columns, size.rows, isFirstStart: true)
    try KeptDrawing.expect(stage.picture, named: "welcome-\(Self.suffix(size))")
  }

  @Test("A finished run shows how it ended")
  func finished() throws {
    var stage = try Stage(120, 33, step: 2)
    try stage.play(.producerConsumer(until: 2000), of: "producer-consumer")
    try KeptDrawing.expect(stage.picture, named: "finished-120x33")
  }

  @Test("An exception shows its type, its thread and the thread that was first")
  func exception() throws {
    var stage = try Stage(120, 33, step: 2)
    try stage.play(
      .forestalled(), of: "producer-consumer", words: ["lock=off", "consumers=2", "pause=5ms"])
    try KeptDrawing.expect(stage.picture, named: "exception-120x33")
    stage.press(.character("f"))
    try KeptDrawing.expect(stage.picture, named: "exceptions-120x33")
  }

  @Test("A pause names the threads that still compute")
  func pausing() throws {
    var stage = try Stage(120, 33, step: 2)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    stage.press(.character(" "))
    stage.send(.computing([ActorID(2)]))
    #expect(stage.footer.hasSuffix("‖ pausing · add_thread still computes"))
    stage.send(.computing([]))
    #expect(stage.footer.hasSuffix("‖ paused · 0.9 s"))
  }

  @Test("With ASCII glyphs the picture has the same shape and contains only ASCII")
  func ascii() throws {
    var stage = try Stage(120, 33, step: 2, glyphs: .ascii)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    #expect(stage.picture.utf8.allSatisfy { $0 < 0x80 })
    try KeptDrawing.expect(stage.picture, named: "ascii-120x33")
  }
}
