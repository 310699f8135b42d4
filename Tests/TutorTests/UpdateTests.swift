internal import Catalog
internal import Events
internal import LessonKit
internal import Screen
internal import Testing

@testable import Tutor

@Suite("Keys, events and signals")
struct UpdateTests {
  private func live() throws -> Stage {
    var stage = try Stage(step: 2)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    return stage
  }

  private func request(_ words: String...) throws -> RunRequest {
    try RunRequest(words: words, in: DemoCatalog(cores: 2))
  }

  @Test("r starts the run of the step")
  func run() throws {
    var stage = try Stage()
    stage.press(.character("r"))
    #expect(stage.effects == [.start(try request("producer-consumer"))])
    // Until the run has begun, another key starts nothing.
    stage.press(.character("r"))
    #expect(stage.effects.isEmpty)
  }

  @Test("r during a run stops it and starts it again after its end")
  func runAgain() throws {
    var stage = try live()
    stage.press(.character("r"))
    #expect(stage.effects == [.stop])
    var end = RunScript("producer-consumer")
    end.finish(.stopped, at: 1_000_000)
    stage.press()
    stage.send(.events(Array(end.events.suffix(1))))
    #expect(stage.effects == [.start(try request("producer-consumer"))])
  }

  @Test("r and p work again after a stopped run")
  func runAfterStop() throws {
    var stage = try live()
    stage.press(.character("X"))
    #expect(stage.effects == [.stop])
    stage.press(.character("r"))
    #expect(stage.effects.isEmpty)
    var end = RunScript("producer-consumer")
    end.finish(.stopped, at: 1_000_000)
    stage.send(.events(Array(end.events.suffix(1))))
    #expect(stage.footer.contains("r run again") && stage.footer.contains("p parameters"))
    stage.press(.character("r"))
    #expect(stage.effects == [.start(try request("producer-consumer"))])
  }

  @Test("Space pauses and resumes, and a full stop steps a run that rests")
  func pause() throws {
    var stage = try live()
    stage.press(.character(" "))
    #expect(stage.effects == [.pause])
    stage.press(.character("."))
    #expect(stage.effects.isEmpty)
    stage.send(.computing([]))
    stage.press(.character("."))
    #expect(stage.effects == [.step])
    stage.press(.character(" "))
    #expect(stage.effects == [.resume])
  }

  @Test("A paused run names the next operation of each thread, and a full stop says which one goes")
  func next() throws {
    var stage = try Stage(120, 40, step: 2)
    try stage.play(.producerConsumer(until: 200), of: "producer-consumer")
    stage.press(.character(" "))
    stage.send(.computing([]))
    let append = NextOperation(.listAppend, ObjectID(1))
    stage.send(
      .next(
        NextOperations([ActorID(2): append, ActorID(3): NextOperation(.waitEnd)], goes: ActorID(2)))
    )
    #expect(stage.lines.contains { $0.contains("A add_thread     ▸ next: appends to shared_list") })
    #expect(stage.lines.contains { $0.contains("B remove_thread    next: wakes") })
    #expect(stage.footer.contains(". A appends to shared_list"))
    stage.press(.character("."))
    #expect(!stage.picture.contains("▸ next: ") && stage.footer.contains(". one step"))
    stage.send(.next(NextOperations([:], goes: ActorID(3))))
    #expect(stage.footer.contains(". B goes on"))
    stage.press(.character(" "))
    #expect(!stage.picture.contains("▸ next: "))
  }

  @Test("A pause event pauses the model")
  func pausedByEvent() throws {
    var stage = try live()
    stage.press(.character(" "))
    stage.send(.computing([ActorID(2)]))
    var script = RunScript("producer-consumer")
    script.add(.runPause)
    stage.send(.events(Array(script.events.suffix(1))))
    #expect(stage.footer.contains("paused"))
    stage.press(.character("."))
    #expect(stage.effects == [.step])
  }

  @Test("Space turns the page if nothing runs")
  func page() throws {
    var stage = try Stage(80, 24, step: 2)
    let before = stage.lines[1]
    stage.press(.character(" "))
    #expect(stage.effects.isEmpty)
    #expect(stage.lines[1] != before)
  }

  @Test("q stops a live run, if there is one, and quits")
  func quit() throws {
    var stage = try live()
    stage.press(.character("q"))
    #expect(stage.effects == [.stop, .quit])
    var idle = try Stage()
    idle.press(.character("q"))
    #expect(idle.effects == [.quit])
  }

  @Test("Ctrl-C stops the run; a second one, or one without a run, quits")
  func interrupt() throws {
    var stage = try live()
    stage.press(.control("c"))
    #expect(stage.effects == [.stop])
    stage.press(.control("c"))
    #expect(stage.effects == [.quit])
  }

  @Test("A refused run shows a message for a few seconds, then no timer remains")
  func refused() throws {
    var stage = try Stage()
    #expect(stage.model.nextDeadline == nil)
    stage.press(.character("r"))
    stage.send(.runRefused("no more processes can be started"))
    #expect(stage.picture.contains("! no more processes can be started"))
    let deadline = try #require(stage.model.nextDeadline)
    stage.send(.tick(now: deadline))
    #expect(!stage.picture.contains("no more processes"))
    #expect(stage.model.nextDeadline == nil)
  }

  @Test("The last change is lit for a while, and a finished run needs no timer")
  func calm() throws {
    var stage = try Stage(120, 33, step: 2)
    try stage.play(.producerConsumer(until: 2000), of: "producer-consumer")
    var ticks = 0
    while let deadline = stage.model.nextDeadline, ticks < 100 {
      stage.send(.tick(now: deadline))
      ticks += 1
    }
    #expect(ticks > 0 && ticks < 10)
    #expect(!render(stage.model).lines.joined().contains("▏"))
  }

  @Test("Waits grow with the clock, except while the run is paused")
  func waits() throws {
    var stage = try live()
    stage.wait(milliseconds: 40)
    #expect(stage.picture.contains("B waits 40 ms"))
    stage.press(.character(" "))
    stage.send(.computing([]))
    stage.wait(milliseconds: 5_000)
    #expect(stage.picture.contains("B waits 40 ms"))
    #expect(stage.model.nextDeadline == nil)
  }

  @Test("The form keeps typed values, shows the allowed ones, and runs when all are valid")
  func form() throws {
    var stage = try Stage(step: 2)
    stage.press(.character("p"), .control("u"))
    stage.type("0")
    stage.press(.enter)
    #expect(stage.effects.isEmpty)
    #expect(stage.picture.contains("allowed is 1...1000"))
    stage.press(.backspace)
    stage.send(.input(.paste("20\u{1B}q\n")))
    stage.press(.backspace, .enter)
    #expect(stage.effects == [.start(try request("producer-consumer", "items=20"))])
    #expect(stage.picture.contains("items 20"))
  }

  @Test("Space and arrows change a choice, and a key resets all values")
  func choices() throws {
    var stage = try Stage(step: 2)
    stage.press(.character("p"))
    for _ in 0..<9 { stage.press(.down) }
    stage.press(.character(" "))
    #expect(stage.picture.contains("‹ off ›"))
    stage.press(.left)
    #expect(stage.picture.contains("‹ on ›"))
    stage.press(.right, .control("d"), .enter)
    #expect(stage.effects == [.start(try request("producer-consumer"))])
  }

  @Test("Text that is pasted outside a form runs no command")
  func paste() throws {
    var stage = try live()
    let before = stage.picture
    stage.press()
    stage.send(.input(.paste("qrX\u{3}")))
    #expect(stage.effects.isEmpty)
    #expect(stage.picture == before)
  }

  @Test("Next and previous go through the steps of all lessons")
  func steps() throws {
    var stage = try Stage()
    var titles: [String] = []
    while stage.model.nextPlace != nil {
      stage.press(.character("]"))
      titles.append(stage.lines[0])
    }
    #expect(stage.model.place.lesson == stage.model.course.lessons.count - 1)
    while stage.model.previousPlace != nil { stage.press(.character("N")) }
    #expect(stage.model.place == StepPlace(lesson: 0, step: 0))
    #expect(Set(titles).count == titles.count)
  }

  @Test("Of several runs, r starts the one that was chosen or scrolled to")
  func several() throws {
    var stage = try Stage(120, 24, step: 1)
    stage.press(.character("v"), .right, .character("r"))
    #expect(stage.effects == [.start(try request("producer-consumer", "remove-delay=300ms"))])
    var scrolled = try Stage(80, 17, step: 1)
    scrolled.press(.character("v"), .character("G"))
    scrolled.press(.character("r"))
    #expect(scrolled.effects == [.start(try request("producer-consumer", "remove-delay=300ms"))])
  }

  @Test("If the whole step is visible, j and k choose a run")
  func choosing() throws {
    var stage = try Stage(120, 60, step: 1)
    stage.press(.character("v"), .character("j"), .character("j"), .character("r"))
    #expect(stage.effects == [.start(try request("producer-consumer", "remove-delay=300ms"))])
    var back = try Stage(120, 60, step: 1)
    back.press(.character("v"), .character("j"), .character("k"), .character("r"))
    #expect(back.effects == [.start(try request("producer-consumer"))])
  }

  @Test("A click on a run chooses it")
  func clicking() throws {
    var stage = try Stage(120, 60, step: 1)
    stage.press(.character("v"))
    let row = try #require(stage.lines.lastIndex { $0.contains("run producer-consumer") })
    stage.send(.input(.mouse(Mouse(Point(x: 10, y: row), .press))))
    stage.press(.character("r"))
    #expect(stage.effects == [.start(try request("producer-consumer", "remove-delay=300ms"))])
  }

  @Test("Esc closes one layer at a time, the topmost first")
  func closing() throws {
    var stage = try live()
    stage.press(.character("z"), .character("p"), .escape)
    #expect(stage.model.layer == nil && stage.model.isZoomed)
    stage.send(.runRefused("no"))
    stage.press(.escape)
    #expect(stage.model.notice == nil && stage.model.isZoomed)
    stage.press(.escape)
    #expect(!stage.model.isZoomed)
  }

  @Test("The wheel scrolls the pane below it, and a click focuses a pane or runs a hint")
  func mouse() throws {
    var stage = try live()
    let events = try #require(stage.model.layout.rect(of: .events))
    let point = Point(x: events.x + 5, y: events.y + 2)
    stage.send(.input(.mouse(Mouse(point, .wheelUp))))
    #expect(stage.picture.contains("G follows"))
    #expect(stage.model.focus == .lesson)
    stage.send(.input(.mouse(Mouse(point, .press))))
    #expect(stage.model.focus == .events)
    stage.press(.character("G"))
    #expect(stage.picture.contains("events · live"))
    stage.press()
    stage.send(.input(.mouse(Mouse(Point(x: 2, y: 39), .press))))
    #expect(stage.effects == [.pause])
  }

  @Test("On a screen with one pane, a run shows its own pane")
  func small() throws {
    var stage = try Stage(50, 15)
    #expect(stage.model.focus == .lesson)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    #expect(stage.model.focus == .state)
    var pools = try Stage(50, 15, lesson: 8)
    try pools.play(.poolSizing(), of: "pool-sizing")
    #expect(pools.model.focus == .pools)
  }

  @Test("The lesson list opens the selected lesson")
  func list() throws {
    var stage = try Stage()
    stage.press(.character("L"), .character("j"), .enter)
    #expect(stage.lines[0].contains("5 · Sharing data safely"))
  }

  @Test("Every pane shows the two ends of a value with thousands of digits")
  func longValues() throws {
    var stage = try Stage(120, 40, lesson: 7)
    var script = RunScript("factorial")
    script.name(1, "pool", "pool")
    script.add(.poolOpen, object: 1) { $0[1] = 2 }
    let digits = String(repeating: "1234567890", count: 2_000)
    script.add(.result, texts: ["20000!", digits])
    script.add(.output, texts: [digits])
    try stage.play(script, of: "factorial")
    let picture = stage.picture
    #expect(picture.contains("…"))
    #expect(!picture.contains("1234567890123456789012345678901234567890"))
  }

  @Test("A deadlock is shown until it is dismissed or another run begins")
  func deadlock() throws {
    var stage = try Stage()
    let script = RunScript.deadlock()
    try stage.play(script, of: "producer-consumer")
    #expect(stage.picture.contains("✗ deadlock: "))
    stage.press(.escape)
    #expect(!stage.picture.contains("✗ deadlock: "))
    try stage.play(script, of: "producer-consumer")
    #expect(stage.picture.contains("✗ deadlock: "))
  }

  @Test("Every pane of the run counts the lost events")
  func lost() throws {
    var stage = try Stage(120, 40)
    var script = RunScript.producerConsumer(until: 900)
    script.add(.loss, by: 2) { $0[0] = 3 }
    try stage.play(script, of: "producer-consumer")
    let edges = stage.lines.map { $0.split(separator: "3 lost").count - 1 }
    #expect(edges.reduce(0, +) == 4)
  }

  @Test("The largest possible times are shown")
  func extremes() throws {
    var stage = try Stage(lesson: 8)
    var script = RunScript("pool-sizing")
    for _ in 0..<2 {
      script.add(.measure, texts: ["size 1 total", "ns"]) { $0[0] = .max }
      script.add(.measure, texts: ["size 2 total", "ns"]) { $0[0] = .min }
    }
    var last = script.events[script.events.count - 1]
    last.record.seq += 1
    last.record.time = .max
    try stage.play(script, of: "pool-sizing")
    stage.send(.events([last]))
    stage.wait(milliseconds: 1_000)
    #expect(stage.lines.count == 40)
  }

  @Test("Three rounds with overlapping ranges have no winner")
  func overlap() throws {
    var stage = try Stage(lesson: 8)
    var script = RunScript("pool-sizing")
    for (size, times) in [(1, [100, 120, 140]), (2, [110, 115, 150])] {
      for time in times {
        script.add(.measure, texts: ["size \(size) total", "ns"]) { $0[0] = Int64(time) * 100_000 }
      }
    }
    script.finish(.completed, at: 900_000)
    try stage.play(script, of: "pool-sizing", words: ["rounds=3", "sizes=1...2"])
    #expect(stage.picture.contains("No winner: the times of sizes 1, 2 overlap"))
    #expect(!stage.picture.contains("shortest"))
    #expect(stage.picture.contains("12.0 ms   10.0–14.0"))
  }
}
