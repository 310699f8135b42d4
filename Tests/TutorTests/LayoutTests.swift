internal import Catalog
internal import Events
internal import Screen
internal import Testing
internal import Trace

@testable import RunViews
@testable import Tutor

@Suite("The layout of the screen")
struct LayoutTests {
  static let sizes: [Size] = {
    let columns = [1, 2, 20, 39, 40, 50, 79, 80, 119, 120, 160, 200]
    let rows = [1, 2, 11, 12, 15, 16, 23, 24, 33, 60]
    return columns.flatMap { width in rows.map { Size(columns: width, rows: $0) } }
  }()

  /// The tutor in each of its shapes.
  static func stages() throws -> [Stage] { try made.get() }

  private static let made = Result { try makeStages() }

  private static func makeStages() throws -> [Stage] {
    let opened = try Stage()
    var live = try Stage()
    try live.play(.producerConsumer(until: 900), of: "producer-consumer")
    var failed = try Stage(step: 2)
    var script = RunScript.producerConsumer(until: 900)
    script.add(.exceptionRaise, by: 3, texts: ["IndexError", "pop\u{1B}[31m from\nan empty list"])
    try failed.play(script, of: "producer-consumer")
    var pools = try Stage(lesson: 8, step: 1)
    try pools.play(.poolSizing(rounds: 3), of: "pool-sizing")
    var help = opened
    help.press(.character("?"))
    var list = opened
    list.press(.character("L"))
    var form = live
    form.press(.character("p"))
    form.type("x")
    form.press(.enter)
    var zoomed = live
    zoomed.press(.character("5"), .character("z"))
    var found = try Stage()
    try found.play(.deadlock(), of: "producer-consumer")
    found.press(.character("f"))
    return [opened, live, failed, pools, help, list, form, zoomed, found]
  }

  @Test("At every size all panes are inside the screen and do not overlap")
  func rects() throws {
    for var stage in try Self.stages() {
      for size in Self.sizes {
        stage.send(.resized(size))
        let layout = stage.model.layout
        var rects = layout.panes.map(\.rect) + [layout.footer, layout.alerts]
        rects.removeAll { $0.isEmpty }
        for (index, rect) in rects.enumerated() {
          #expect(Rect(size).intersection(rect) == rect, "\(size)")
          for other in rects[(index + 1)...] {
            #expect(rect.intersection(other).isEmpty, "\(size): \(rect) and \(other)")
          }
        }
        for placed in layout.panes {
          #expect(placed.rect.width >= 20 && placed.rect.height >= 3, "\(size): \(placed)")
        }
      }
    }
  }

  @Test("At every size the screen is drawn without control characters")
  func cells() throws {
    // A third of the sizes in each stage, so that each size is drawn in three stages.
    for (place, stage) in try Self.stages().enumerated() {
      var stage = stage
      for (index, size) in Self.sizes.enumerated() where index % 3 == place % 3 {
        stage.send(.resized(size))
        let frame = render(stage.model)
        #expect(frame.size == size)
        for line in frame.lines {
          let isClean = line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
          #expect(isClean, "\(size): \(line)")
        }
      }
    }
  }

  @Test("A screen that is too small says so on a line that fits")
  func tooSmall() throws {
    var stage = try Stage(39, 12)
    #expect(stage.lines.joined().contains("Lockstep needs 40×12"))
    stage.send(.resized(Size(columns: 14, rows: 3)))
    #expect(stage.lines == ["", "40×12 needed".leftSpaced(1), ""])
    stage.send(.resized(Size(columns: 1, rows: 1)))
    #expect(stage.lines == ["4"])
  }

  @Test("80 columns show the lesson and two panes, 120 columns show all panes")
  func panes() throws {
    var stage = try Stage(120, 33)
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .code, .state, .timeline, .events])
    stage.send(.resized(Size(columns: 119, rows: 33)))
    // Before a run, a small screen has the lesson alone.
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson])
    stage.press(.character("2"))
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .code, .timeline])
    stage.press(.character("5"))
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .code, .events])
    stage.send(.resized(Size(columns: 79, rows: 33)))
    #expect(stage.model.layout.panes.map(\.pane) == [.events])
  }

  @Test("Only the focused pane has a bright border")
  func focus() throws {
    var stage = try Stage(120, 33)
    for digit in 1...5 {
      stage.press(.character(Character("\(digit)")))
      let frame = render(stage.model)
      let bright = stage.model.layout.panes.filter {
        frame[$0.rect.origin].style == .focusBorder
      }
      #expect(bright.map { stage.model.digit(of: $0.pane) } == [digit])
    }
  }

  @Test("An actor has the same letter and colour in every pane")
  func colours() throws {
    var stage = try Stage(120, 40, step: 2)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    let frame = render(stage.model)
    for pane in [PaneID.code, .state, .timeline, .events] {
      let rect = try #require(stage.model.layout.rect(of: pane))
      var letters: Set<Style> = []
      for y in rect.y..<rect.maxY {
        for x in rect.x..<rect.maxX {
          let cell = frame[Point(x: x, y: y)]
          let next = frame[Point(x: x + 1, y: y)]
          if cell.text == "B", next.text == " " { letters.insert(Style(cell.style.role)) }
        }
      }
      #expect(letters == [.actor(1)], "\(pane)")
    }
  }

  @Test("The end of an axis is round, not before the time and not far after it")
  func axis() {
    var time: UInt64 = 1
    while time < 1 << 50 {
      let axis = BarScale.axisEnd(after: time)
      #expect(axis >= time && (Double(axis) <= Double(time) * 2.5 || axis <= 1_000_000))
      let bar = BarScale.barEnd(after: time)
      #expect(bar >= time && (Double(bar) <= Double(time) * 1.25 || bar <= 1_000_000))
      time = time * 13 / 10 + 1
    }
    #expect(BarScale.axisEnd(after: .max) == .max)
  }
}

extension String {
  fileprivate func leftSpaced(_ count: Int) -> String {
    String(repeating: " ", count: count) + self
  }
}
