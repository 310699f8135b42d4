internal import Catalog
internal import Events
internal import Screen
internal import Testing

@testable import Plain
@testable import RunViews
@testable import Tutor

@Suite("The views of a demo")
struct ViewTests {
  static let sizes = [
    Size(columns: 120, rows: 40), Size(columns: 80, rows: 24), Size(columns: 40, rows: 12),
  ]

  static func suffix(_ size: Size) -> String { "\(size.columns)x\(size.rows)" }

  @Test("A demo's views replace the state, which is a key away")
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

  @Test("A chosen view does not carry over to the next demo")
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

  @Test("A small view leaves room for the code, and on a high screen for the state")
  func small() throws {
    var stage = try Stage(120, 33)
    try stage.play(RunScript("condition"), of: "condition")
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .code, .waits, .timeline, .events])
    stage.press(.character("6"))
    #expect(stage.model.layout.panes.map(\.pane) == [.lesson, .code, .state, .timeline, .events])
    stage.send(.resized(Size(columns: 200, rows: 60)))
    #expect(
      stage.model.layout.panes.map(\.pane)
        == [.lesson, .code, .waits, .state, .timeline, .events])
  }

  @Test("A digit opens each view of each demo, and it is drawn at every size")
  func all() throws {
    let allSizes = Self.sizes + [Size(columns: 200, rows: 60), Size(columns: 39, rows: 11)]
    var drawn: Set<[Demo.View]> = []
    for demo in DemoCatalog(cores: 2).demos {
      var stage = try Stage(80, 24)
      try stage.play(.ioBound(), of: demo.id)
      // Demos with the same views have the same panes, so one of them shows every size.
      let sizes = drawn.insert(demo.views).inserted ? allSizes : [stage.model.size]
      for size in sizes {
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

  @Test("A chart has a group for each quantity and a bar for each variant", arguments: sizes)
  func bars(size: Size) throws {
    var stage = try Stage(size.columns, size.rows)
    try stage.play(.ioBound(), of: "io-bound")
    try KeptDrawing.expect(stage.picture, named: "bars-\(Self.suffix(size))")
  }

  @Test("Repeated measurements show their ranges beside their medians")
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

  @Test("A chart without values says that nothing is measured yet")
  func empty() throws {
    var stage = try Stage(100, 30)
    try stage.play(RunScript("io-bound"), of: "io-bound")
    #expect(stage.picture.contains("Nothing is measured yet."))
  }

  // MARK: waits

  /// The drawn rows inside a pane.
  static func rows(_ stage: Stage, _ pane: PaneID) throws -> [String] {
    let rect = try #require(stage.model.content(of: pane))
    return stage.lines[rect.y..<rect.maxY].map { line in
      var row = String(line.dropFirst(rect.x).prefix(rect.width))
      while row.last == " " { row.removeLast() }
      return row
    }
  }

  private static func zoomed(
    _ script: RunScript, of demo: String, words: [String] = [], glyphs: Glyphs = .unicode
  ) throws -> Stage {
    var stage = try Stage(80, 24, glyphs: glyphs)
    try stage.play(script, of: demo, words: words)
    stage.press(.character("3"), .character("z"))
    return stage
  }

  @Test("The rows of a lock show its holder, its waiters and the past turns")
  func lock() throws {
    var stage = try Self.zoomed(.lockTurns(), of: "lock")
    stage.wait(milliseconds: 20)
    try KeptDrawing.expect(stage.picture, named: "waits-lock-80x24")
    let over = try Self.zoomed(.lockTurns(isFinished: true), of: "lock")
    try KeptDrawing.expect(over.picture, named: "waits-lock-over-80x24")
  }

  @Test("The rows of waiters keep their places when the waits end")
  func steady() throws {
    let live = try Self.rows(Self.zoomed(.lockTurns(), of: "lock"), .waits)
    var script = RunScript.lockTurns()
    for actor in [2, 3] { script.endWait(actor, for: .lock, object: 1, at: 290_000) }
    let calm = try Self.rows(Self.zoomed(script, of: "lock"), .waits)
    #expect(live.firstIndex { $0.contains("turns") } == calm.firstIndex { $0.contains("turns") })
    #expect(calm.contains { $0.contains("nobody") })
  }

  @Test("A reentrant lock shows its depths, and a plain lock taken twice is a cycle of one")
  func again() throws {
    let rows = try Self.rows(Self.zoomed(.takenAgain(isPlain: false), of: "rlock"), .waits)
    #expect(rows.contains { $0.hasSuffix("1 → 2 → 1 → 0") })
    var plain = try Self.zoomed(.takenAgain(isPlain: true), of: "rlock", words: ["kind=plain"])
    plain.wait(milliseconds: 300)
    try KeptDrawing.expect(plain.picture, named: "waits-circle-80x24")
    let ascii = try Self.zoomed(
      .takenAgain(isPlain: true), of: "rlock", words: ["kind=plain"], glyphs: .ascii)
    #expect(ascii.picture.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("A condition separates its waiters from those of its lock, and counts lost calls")
  func condition() throws {
    var stage = try Self.zoomed(.condition(), of: "condition")
    stage.wait(milliseconds: 15)
    try KeptDrawing.expect(stage.picture, named: "waits-condition-80x24")
  }

  @Test("An abandoned lock shows that its holder has ended, and the waits grow")
  func abandoned() throws {
    var stage = try Self.zoomed(.abandoned(), of: "abandoned-lock")
    var lengths: [Int] = []
    for _ in 0..<3 {
      stage.wait(milliseconds: 240)
      let rows = try Self.rows(stage, .waits)
      #expect(rows.contains { $0.contains("held by A owner, who has ended") })
      let row = try #require(rows.first { $0.contains("waiter-1") })
      lengths.append(row.count { $0 == "▒" })
    }
    #expect(lengths == lengths.sorted() && Set(lengths).count == 3)
    try KeptDrawing.expect(stage.picture, named: "waits-abandoned-80x24")
    // After the run, the endless waits are still shown.
    var script = RunScript.abandoned()
    for actor in [3, 4] {
      script.time = 1_200_000
      script.add(.waitEnd, by: actor, object: 1) {
        $0[0] = WaitReason.lock.rawValue
        $0[1] = WaitOutcome.stopped.rawValue
        $0[2] = 1_100_000_000
      }
    }
    script.finish(.deadlocked, at: 1_200_100)
    let rows = try Self.rows(Self.zoomed(script, of: "abandoned-lock"), .waits)
    #expect(rows.contains { $0.contains("waited") && $0.contains("B waiter-1    1.1 s  ▒▒") })
    #expect(!rows.contains { $0.contains("nobody") })
  }

  // MARK: exceptions

  @Test("Each exception shows where it was raised, raised again, and caught or lost")
  func exceptions() throws {
    var stage = try Stage(120, 40)
    try stage.play(.exceptions(), of: "catch-inside")
    try KeptDrawing.expect(stage.picture, named: "exceptions-view-120x40")
    let rows = try Self.rows(stage, .exceptions)
    #expect(rows.contains { $0.contains("└ caught by A worker-1, line 12, 10 µs later") })
    #expect(rows.contains { $0.contains("└ raised again in main, line 21") })
    #expect(rows.contains { $0.contains("└ lost: B worker-2 ended with it") })
    #expect(stage.picture.contains("2 caught · 1 lost"))
    // Only the view shows them.
    #expect(!stage.picture.contains("✗ A worker-1"))
    #expect(
      try Self.zoomed(RunScript("cascade"), of: "cascade").picture.contains(
        "Nothing was raised yet."))
  }

  // MARK: the picture

  @Test("A picture grows row by row with its workers' letters, and is reduced to fit")
  func picture() throws {
    let half = try Self.zoomed(.picture(rows: 12), of: "mandelbrot")
    try KeptDrawing.expect(half.picture, named: "picture-80x24")
    var small = try Stage(80, 24)
    try small.play(.picture(), of: "mandelbrot")
    let rows = try Self.rows(small, .picture)
    let letters = rows.compactMap(\.first).filter { $0 == "A" || $0 == "B" }
    // The row of the legend also begins with a letter, and every row is used.
    #expect(letters.count == rows.count && Set(letters) == ["A", "B"])
    #expect(rows.last == "A worker-1 12 rows · B worker-2 12 rows")
    let frame = render(small.model)
    let rect = try #require(small.model.content(of: .picture))
    #expect(frame[Point(x: rect.x, y: rect.y)].style.role == .actor(0))
    #expect(frame[Point(x: rect.x + 36, y: rect.y + rect.height - 2)].style.role == .actor(1))
  }

  // MARK: lanes

  private static func lanes(_ script: RunScript, of demo: String, rows: Int = 40) throws -> Stage {
    var stage = try Stage(120, rows)
    try stage.play(script, of: demo)
    stage.press(.character("4"))
    return stage
  }

  @Test("A strip shows its maximum, and a full one has full height")
  func strips() throws {
    let rows = try Self.rows(Self.lanes(.strips(), of: "queue"), .timeline)
    let queue = try #require(rows.first { $0.hasPrefix("tasks") })
    #expect(queue.hasSuffix("most 3 of 3") && queue.contains("█"))
    #expect(rows.first { $0.hasPrefix("permits") }?.hasSuffix("most 3 of 4") == true)
    let series = try #require(rows.first { $0.hasPrefix("open files") })
    #expect(series.hasSuffix("most 49") && series.contains("█") && series.contains("▁"))
    // Without strips, the lanes have the full width.
    let plain = try Self.rows(Self.lanes(.strips(), of: "lock"), .timeline)
    #expect(plain.first { $0.hasPrefix("tasks") }?.contains("most") == false)
  }

  @Test("Actors with the same name and separate lives share a lane, a letter and a colour")
  func shared() throws {
    let stage = try Self.lanes(.rounds(), of: "split-data")
    let rows = try Self.rows(stage, .timeline)
    #expect(rows.count { $0.dropFirst(2).hasPrefix("worker-1") } == 1)
    #expect(rows.count { $0.dropFirst(2).hasPrefix("worker-2") } == 1)
    let rect = try #require(stage.model.content(of: .timeline))
    let frame = render(stage.model)
    let colours = (rect.x + 12..<rect.maxX).map { frame[Point(x: $0, y: rect.y)].style.role }
    #expect(Set(colours).subtracting([.muted, .text]) == [.actor(0)])
    // The state has one row for them, too.
    let session = try #require(stage.model.session)
    let state = StateRows(session, now: 0, width: 76, height: 40, glyphs: .unicode).rows
    #expect(state.count { $0.text.plain.hasPrefix("A worker-1") } == 1)
  }

  @Test("64 processes one after another share a counted lane; 64 at a time get a scroll mark")
  func crowd() throws {
    let rows = try Self.rows(Self.lanes(.crowd(64), of: "pool-reuse"), .timeline)
    #expect(rows.first?.hasPrefix("task 64×") == true && rows[1].hasPrefix("main"))
    let many = try Self.lanes(.crowd(64, atOnce: true), of: "pool-reuse")
    let rect = try #require(many.model.layout.rect(of: .timeline))
    let edge = many.lines[rect.y..<rect.maxY].map { $0.last }
    #expect(edge.contains("┃"))
  }

  @Test("The legend lists exactly the signs in the lanes")
  func legend() throws {
    var script = RunScript("queue")
    script.thread(2, named: "sleeper", at: 100)
    script.wait(2, for: .sleep, at: 50_000)
    script.wait(1, for: .join, child: 2, at: 60_000)
    script.finish(.completed, at: 100_000)
    let picture = try Self.lanes(script, of: "queue").picture
    #expect(picture.contains("━ runs  · idle  ─ sleeps   0 – 100 ms"))
    #expect(!picture.contains("holds"))
  }

  @Test("The listing shows the changed parameters of the run")
  func changes() throws {
    var stage = try Stage(120, 40)
    let words = ["lock=off", "consumers=2"]
    try stage.play(.producerConsumer(until: 300), of: "producer-consumer", words: words)
    #expect(stage.picture.contains("this run: consumers 2, lock off ╮"))
    stage.send(.resized(Size(columns: 200, rows: 60)))
    #expect(stage.picture.contains("this run: consumers 2, lock off · producer_consumer.py ╮"))
    try stage.play(.producerConsumer(until: 300), of: "producer-consumer")
    #expect(!stage.picture.contains("this run:"))
  }

  // MARK: what was shown

  @Test("Every view of a demo shows its final sentence in full", arguments: sizes)
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

  @Test("Results that are sentences are wrapped and not cut")
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

  @Test("Plain mode says what was shown and what was measured")
  func spoken() throws {
    var stage = try Stage(80, 24)
    try stage.play(.ioBound(rounds: 3), of: "io-bound")
    let session = try #require(stage.model.session)
    let lines = PlainRunText.end(session, reported: 0, asked: ["time", "memory"]).map(\.text)
    #expect(lines.contains("Shown: \(RunScript.shown)."))
    #expect(
      lines.contains(
        "Measured, memory: in turn 0 bytes as the median of 3, at least 0 bytes and at most "
          + "0 bytes; threads 1.0 megabytes as the median of 3, at least 1.0 megabytes and at most "
          + "1.0 megabytes; processes 18.9 megabytes as the median of 3, at least 18.9 megabytes "
          + "and at most 18.9 megabytes."))
  }
}
