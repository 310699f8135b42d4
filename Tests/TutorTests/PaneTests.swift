internal import Catalog
internal import Screen
internal import Testing

@testable internal import Events
@testable import RunViews
@testable internal import Trace
@testable import Tutor

@Suite("The content of the panes")
struct PaneTests {
  @Test("A deadlock of two threads is drawn as a square of arrows")
  func square() throws {
    var stage = try Stage(120, 33, step: 2)
    try stage.play(.deadlock(), of: "producer-consumer")
    stage.press(.character("f"))
    try KeptDrawing.expect(stage.picture, named: "finding-120x33")
    let session = try #require(stage.model.session)
    guard case .deadlock(let cycle, _) = session.findings.last?.kind else {
      Issue.record("no deadlock was found")
      return
    }
    func drawn(_ width: Int, _ glyphs: Glyphs) -> String {
      CycleDrawing.rows(cycle, state: session.state, width: width, glyphs: glyphs)
        .map(\.plain).joined(separator: "\n")
    }
    #expect(
      drawn(60, .unicode) == """
        A transfer-1 ──── waits for ─────▶ savings
              ▲                                │
            holds                           held by
              │                                ▼
          current ◀────── waits for ──── B transfer-2
        """)
    #expect(
      drawn(30, .ascii) == """
        A transfer-1  waits for -> savings  held by -> B transfer-2
        B transfer-2  waits for -> current  held by -> A transfer-1
        """)
  }

  @Test("A cycle of another size is a list of arrows, one for each wait")
  func list() {
    var state = RunState()
    for event in RunScript.deadlock().events { state.apply(event) }
    let links = [2, 3, 1].map {
      Finding.Link(actor: ActorID($0), object: nil, holder: ActorID($0 % 3 + 1))
    }
    let rows = CycleDrawing.rows(links, state: state, width: 60, glyphs: .unicode).map(\.plain)
    #expect(
      rows == [
        "main          waits for → A transfer-1 to end",
        "A transfer-1  waits for → B transfer-2 to end",
        "B transfer-2  waits for → main to end",
      ])
  }

  @Test("An exception is in its lane at its time, in the log and at its thread")
  func exception() throws {
    var stage = try Stage(120, 33, step: 2)
    try stage.play(.forestalled(), of: "producer-consumer", words: ["lock=off", "consumers=2"])
    let frame = render(stage.model)
    let rect = try #require(stage.model.layout.rect(of: .timeline))
    let failures = (rect.x..<rect.maxX).filter { x in
      (rect.y + 1..<rect.maxY).contains { y in
        let cell = frame[Point(x: x, y: y)]
        return cell.text == "×" && cell.style.role == .failure
      }
    }
    #expect(failures.count == 1)
    #expect(stage.picture.contains("C remove_thread-2: IndexError: pop from empty list"))
    #expect(stage.picture.contains("B remove_thread-1 took the last"))
    #expect(stage.lines.contains { $0.contains("tid 4713  × 1") })
    // A thread that adds in between does not forestall.
    var other = RunScript.forestalled()
    other.add(.listAppend, by: 2, object: 1) { $0[1] = 1 }
    other.add(.exceptionRaise, by: 4, texts: ["IndexError", "pop from empty list"])
    try stage.play(other, of: "producer-consumer")
    let raises = try #require(stage.model.session?.raises)
    #expect(raises.map(\.forestaller) == [ActorID(3), nil])
  }

  @Test("A few results share a line; many are a list with the newest last")
  func results() throws {
    var stage = try Stage(120, 40, lesson: 7)
    var script = RunScript("factorial")
    for (name, value) in [("final size", 0), ("tries lost", 4), ("exceptions", 0)] {
      script.add(.result, texts: [name]) { $0[0] = Int64(value) }
    }
    try stage.play(script, of: "factorial")
    #expect(stage.picture.contains("results   final size 0 · tries lost 4 · exceptions 0"))
    for number in 1...40 {
      script.add(.result, texts: ["\(number)!", String(repeating: "12", count: 30 + number)])
    }
    try stage.play(script, of: "factorial")
    let rows = StateRows(
      try #require(stage.model.session), now: 0, width: 76, height: 10, glyphs: .unicode
    ).rows.map(\.text.plain)
    #expect(rows.contains { $0.hasPrefix("results") && $0.contains("…  40! 1212") })
    #expect(rows.contains("43 results, the newest last"))
    #expect(rows.last?.contains("(140 digits)") == true)
    #expect(rows.last?.contains("40!  1212") == true)
    #expect(rows.allSatisfy { TextWidth.columns(of: $0) <= 76 })
  }

  @Test("The columns of the threads do not move during a run")
  func calmColumns() throws {
    var places: Set<Int> = []
    for until in stride(from: UInt64(100), through: 900, by: 50) {
      var stage = try Stage(120, 33, step: 2)
      try stage.play(.producerConsumer(until: until), of: "producer-consumer")
      let row = try #require(stage.lines.first { $0.contains("tid 4712") })
      let before = row.split(separator: "tid", maxSplits: 1).first ?? ""
      places.insert(before.count)
    }
    #expect(places.count == 1)
  }

  @Test("The change is lit, and not the release, print and sleep right after it")
  func telling() throws {
    var stage = try Stage(80, 24, step: 2)
    var script = RunScript.forestalled()
    let rows = script.events.prefix { $0.kind != .waitBegin }
    script.wait(2, for: .sleep, at: 200_000)
    try stage.play(script, of: "producer-consumer")
    stage.send(.runBegan(try RunRequest(words: ["producer-consumer"], in: stage.model.catalog)))
    stage.send(.events(Array(rows) + script.events.suffix(1)))
    #expect(stage.lines.contains { $0.hasPrefix("│▏shared_list ") })
    #expect(stage.picture.contains("list.append  7    →  7"))
    stage.wait(milliseconds: 700)
    #expect(!stage.picture.contains("▏"))
  }

  @Test("At 80×24 a run's lists, locks, threads and lanes are all visible")
  func small() throws {
    var stage = try Stage(80, 24, step: 2)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    for pane in [PaneID.state, .timeline] {
      let rect = try #require(stage.model.layout.rect(of: pane))
      let rows = stage.lines[rect.y + 1..<rect.maxY - 1]
      let labels =
        pane == .state ? ["shared_list", "list_lock", "A ", "B "] : ["A ", "B ", "shared_list"]
      for label in labels { #expect(rows.contains { $0.dropFirst(2).hasPrefix(label) }, "\(pane)") }
      #expect(rows.allSatisfy { $0.contains { $0.isLetter } })
    }
    #expect((stage.model.layout.rect(of: .lesson)?.height ?? 0) <= 9)
  }

  @Test("The bars grow during a measurement, and the verdict comes at its end")
  func growing() throws {
    var stage = try Stage(120, 40, lesson: 8)
    var script = RunScript("pool-sizing")
    script.add(.measure, texts: ["size 1 total", "ns"]) { $0[0] = 20_000_000 }
    script.add(.measure, texts: ["size 2 total", "ns"]) { $0[0] = 10_000_000 }
    for pool in 1...3 { script.name(pool, "pool \(pool)", "pool") }
    try stage.play(script, of: "pool-sizing")
    var lengths: [Int] = []
    for _ in 0..<4 {
      stage.wait(milliseconds: 3)
      let row = try #require(stage.lines.first { $0.contains("measuring") })
      lengths.append(row.count { "█▏▎▍▌▋▊▉".contains($0) })
    }
    #expect(lengths == lengths.sorted() && Set(lengths).count == 4)
    #expect(!stage.picture.contains("this time"))
  }

  @Test("Pool sizes beyond the number of cores are separate")
  func beyond() throws {
    var stage = try Stage(120, 40, lesson: 8)
    try stage.play(.poolSizing(), of: "pool-sizing")
    let lines = stage.lines
    let divider = try #require(lines.firstIndex { $0.contains("more workers than cores") })
    #expect(lines[divider - 1].contains("│ 2  "))
    #expect(lines[divider + 1].contains("│ 3  "))
  }

  @Test("The lanes of each pool begin at its start, and scrolling reaches the first pool")
  func pools() throws {
    var stage = try Stage(120, 33, lesson: 8)
    try stage.play(.poolSizing(rounds: 2), of: "pool-sizing")
    #expect(stage.picture.contains("│ pool 5  main"))
    #expect(stage.picture.contains("pid 4831"))
    #expect(!stage.picture.contains("pid 4802"))
    stage.press(.character("4"), .character("g"))
    #expect(stage.picture.contains("pid 4802"))
    let corners = stage.lines.filter { $0.contains("pid 48") }.compactMap { line in
      line.firstIndex(of: "└").map { line.distance(from: line.startIndex, to: $0) }
    }
    #expect(corners.count > 3 && corners[0] == corners[1])
  }
}
