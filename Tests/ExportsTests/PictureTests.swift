import Events
import ExportChecks
import TestEvents
import TestNumbers
import Testing

@testable import Exports

@Suite("The picture of a timeline")
struct PictureTests {
  static func bytes(_ events: [Event]) -> [UInt8] { ExportFormat.svg.bytes(of: events) }
  static func check(_ events: [Event]) -> SVGCheck { SVGCheck(bytes(events)) }

  private func texts(_ check: SVGCheck, _ style: String) -> [String] {
    check.elements.filter { $0.name == "text" && $0.attributes["class"] == style }.map(\.text)
  }

  private func styles(_ check: SVGCheck) -> Set<String> {
    Set(check.elements.filter { $0.name == "rect" }.compactMap { $0.attributes["class"] })
  }

  @Test("A run without events is a picture that says so")
  func nothing() {
    let check = Self.check([])
    #expect(check.problems == [])
    #expect(texts(check, "title") == ["A run"])
    #expect(texts(check, "note").last?.contains("the run's end is missing") == true)
  }

  @Test(
    "A picture has a title, parameters, lanes, locks, strips, a legend and a footer")
  func parts() {
    let check = Self.check(Script.adderAndRemover().events)
    #expect(check.problems == [])
    #expect(texts(check, "title") == ["demo"])
    #expect(texts(check, "sub") == ["n=1"])
    #expect(texts(check, "label letter") == ["A", "B", "·"])
    #expect(
      texts(check, "label") == [
        "adder", "remover", "main", "list_lock", "shared: length",
      ])
    #expect(texts(check, "head") == ["threads", "who holds it", "amounts over time"])
    #expect(texts(check, "held") == ["A", "B"])
    #expect(texts(check, "note").first == "most 1")
    #expect(
      texts(check, "note").last == "made with lockstep 1.0 · 2 cores, completed, no event lost")
  }

  @Test("An incomplete run says below the title what is missing")
  func missing() {
    var script = Script(threads: "a")
    script.add(.loss, Script.a, numbers: [3])
    #expect(
      texts(Self.check(script.events), "missing") == [
        "Incomplete: 3 events were lost, its end is missing"
      ])
    var whole = Script(threads: "a")
    whole.finish()
    #expect(texts(Self.check(whole.events), "missing") == [])
  }

  @Test("A name with marks for the writing direction does not garble a sentence")
  func direction() {
    var script = Script()
    script.name(Script.lock, "a\u{202E}b\u{2067}c\u{2028}d", "lock")
    script.acquire(.main)
    let check = Self.check(script.events)
    #expect(texts(check, "label").contains("a b c d"))
  }

  @Test("The legend explains only the styles that occur")
  func legend() {
    let check = Self.check(Script.adderAndRemover().events)
    #expect(styles(check).isSuperset(of: ["holding", "waiting", "asleep", "running", "starting"]))
    #expect(!styles(check).contains("task"))
    let words = texts(check, "note")
    for style in LaneStyle.allCases {
      #expect(words.contains(style.words) == styles(check).contains(style.name), "\(style)")
    }
  }

  @Test("Tooltips show actor, activity and exact times")
  func tooltips() {
    let titles = Self.check(Script.adderAndRemover().events).elements.compactMap(\.title)
    #expect(titles.contains("A adder sleeps, 0.020000 ms – 0.040000 ms (20 µs)"))
    #expect(titles.contains("B remover waits (lock), 0.045000 ms – 0.061000 ms (16 µs)"))
    #expect(titles.contains("B remover holds list_lock, 0.062000 ms – 0.070000 ms (8 µs)"))
  }

  @Test("The picture has a description for screen readers")
  func description() {
    let check = Self.check(Script.adderAndRemover().events)
    #expect(check.elements.first?.attributes["role"] == "img")
    let description = check.elements.first { $0.name == "desc" }?.text ?? ""
    #expect(description.hasPrefix("What threads did during 90 µs: A adder, B remover, · main."))
    #expect(description.contains("Locks: list_lock. shared: length, most 1."))
  }

  @Test("Findings have numbered flags and sentences, and exceptions have crosses")
  func marks() {
    var script = Script(threads: "a", "b")
    script.acquire(Script.a)
    script.acquire(Script.b, Script.other)
    script.wait(Script.a, .lock, Script.other)
    script.wait(Script.b, .lock, Script.lock)
    script.add(.exceptionRaise, .main, texts: ["Error", "a < b & \"c\""])
    script.finish(.deadlocked)
    let check = Self.check(script.events)
    #expect(check.problems == [])
    #expect(texts(check, "flag") == ["1", "1"])
    #expect(texts(check, "label").contains { $0.contains("neither can go on") })
    let crosses = check.elements.filter { $0.attributes["class"] == "exception" }
    #expect(crosses.first?.title == "main raises Error: a < b & \"c\", 0.017000 ms")
    #expect(texts(check, "note").contains("an exception is raised"))
  }

  @Test("The line of a finding does not cross the number of another")
  func flags() {
    var script = Script(threads: "holder", "one", "two")
    script.acquire(Script.a)
    script.wait(Script.b, .lock, Script.lock)
    script.wait(Script.c, .lock, Script.lock)
    script.add(.threadExit, Script.a)
    script.finish(.deadlocked)
    let classes = Self.check(script.events).elements.compactMap { $0.attributes["class"] }
    #expect(classes.count { $0 == "finding" } == 2)
    let lastLine = classes.lastIndex(of: "finding") ?? classes.endIndex
    let firstFlag = classes.firstIndex(of: "mark") ?? 0
    #expect(lastLine < firstFlag)
  }

  @Test("Workers with the same name share a lane if their lives do not overlap")
  func sharedLanes() {
    var script = Script()
    for child in [Script.a, Script.b] {
      script.add(.processSpawn, .main, numbers: [Int64(child.rawValue)])
      script.add(.actorName, child, texts: ["worker-1", "process"])
      script.add(.processStart, child)
      script.add(.processExit, child, numbers: [0])
    }
    let check = Self.check(script.events)
    #expect(texts(check, "label letter") == ["2×", "·"])
    #expect(texts(check, "head") == ["processes"])
  }

  /// Threads that take a lock in turn, many times.
  static func longRun(threads: Int, turns: Int) -> [Event] {
    var script = Script()
    let actors = (0..<threads).map { ActorID($0 + 2) }
    for actor in actors {
      script.add(.threadSpawn, .main, numbers: [Int64(actor.rawValue)])
      script.add(
        .actorName, actor, texts: ["a-worker-with-a-long-name-\(actor.rawValue)", "thread"])
      script.add(.threadStart, actor)
    }
    for turn in 0..<turns {
      let actor = actors[turn % threads]
      script.wait(actor, .lock, Script.lock)
      script.goOn(actor, .lock, Script.lock)
      script.acquire(actor)
      script.append(actor, "1", size: Int64(turn % 7 + 1))
      script.release(actor)
      script.wait(actor, .sleep)
      script.goOn(actor, .sleep)
    }
    script.finish()
    return script.events
  }

  @Test(
    "The picture stays below a megabyte for any run",
    arguments: [(2, 8_000), (60, 4_000), (300, 2_000)])
  func bounded(_ threads: Int, _ turns: Int) {
    let bytes = Self.bytes(Self.longRun(threads: threads, turns: turns))
    #expect(bytes.count < 1_000_000, "\(bytes.count) bytes")
    let check = SVGCheck(bytes)
    #expect(check.problems == [])
    let letters = check.elements.filter { ($0.attributes["class"] ?? "").hasSuffix(" letter") }
    #expect(letters.count == min(threads + 1, 128))
    #expect(texts(check, "note").contains("and 173 more lanes") == (threads == 300))
    #expect(texts(check, "note").contains { $0.hasPrefix("each mark shows the most important") })
  }

  @Test("No label overlaps the lanes, and everything is inside the picture")
  func inside() {
    let check = Self.check(Self.longRun(threads: 60, turns: 300))
    let width = check.elements.first?.number("width") ?? 0
    let height = check.elements.first?.number("height") ?? 0
    for element in check.elements where element.name == "text" {
      let size = element.attributes["class"]?.hasPrefix("small") == true ? 10.0 : 12
      let x = element.number("x") ?? -1
      let y = element.number("y") ?? -1
      #expect(x >= 0 && y > 0 && y < height)
      guard element.attributes["text-anchor"] == nil else { continue }
      let limit = x < 190 && element.attributes["class"]?.contains("note") == false ? 190 : width
      #expect(x + PictureText.width(element.text, size: size) <= limit, "\(element.text)")
    }
    for element in check.elements where element.name == "rect" {
      let right = (element.number("x") ?? 0) + (element.number("width") ?? 0)
      #expect(right <= width)
    }
  }

  @Test("A text that does not fit ends with an ellipsis after a whole word")
  func ellipsis() {
    let text = "one two three four five"
    let width = PictureText.width("one two three f…", size: 10)
    #expect(PictureText.fitted(text, width: 1000, size: 10) == text)
    #expect(PictureText.fitted(text, width: width, size: 10) == "one two three…")
    #expect(PictureText.fitted("verylongword", width: 40, size: 10).hasSuffix("…"))
    let lines = PictureText.wrapped(text, width: width, size: 10, lines: 2)
    #expect(lines == ["one two three", "four five"])
    let one = PictureText.wrapped(text, width: width, size: 10, lines: 1)
    #expect(one == ["one two three…"])
  }

  @Test(
    "The axis has five to eleven round times",
    arguments: [
      1, 7, 99, 100, 1_000, 1_234_567, 999_999_999, 2_500_000_001, 3_600_000_000_000,
    ] as [UInt64])
  func ticks(_ end: UInt64) {
    let axis = TimeAxis(end: end, left: 0, width: 700)
    #expect(axis.ticks.first == 0 && axis.ticks.allSatisfy { $0 <= end })
    #expect((end < 5 ? 2 : 5)...11 ~= axis.ticks.count, "\(axis.ticks)")
  }

  @Test("Random events make a valid picture", arguments: 1...20)
  func anything(_ seed: UInt64) {
    var random = RandomEvents(seed: seed)
    var numbers = Seeded(seed)
    let events = (0..<200).map { _ in
      var event = random.event(EventKind.allCases.randomElement(using: &numbers) ?? .output)
      if Bool.random(using: &numbers) {
        event.record.actor = UInt32.random(in: 0...5, using: &numbers)
        event.record.object = UInt32.random(in: 0...5, using: &numbers)
        event.record.time %= 1_000
      }
      return event
    }
    let bytes = Self.bytes(events)
    #expect(SVGCheck(bytes).problems == [])
    #expect(bytes.count < 1_000_000)
  }
}

@Suite("The check of pictures")
struct SVGCheckTests {
  @Test(
    "A broken picture is refused",
    arguments: [
      "", "<svg>", "<svg></rect>", "<svg/>text", #"<svg a="1" a="2"/>"#, "<svg a=1/>",
      "<svg>&</svg>", "<svg>&nbsp;</svg>", "<svg><script></script></svg>",
      #"<svg onload="x"/>"#, #"<svg href="x"/>"#, #"<svg a="http://x"/>"#, "<svg>\u{1}</svg>",
      #"<svg aria-labelledby="title"/>"#, "<svg><!-- </svg>", "<rect/>",
    ])
  func broken(_ text: String) {
    #expect(SVGCheck(Array(text.utf8)).problems != [], "\(text)")
  }

  @Test("A valid picture is parsed")
  func sound() {
    let text = #"<svg a="&lt;1&gt;"><rect x="1.5"><title>a &amp; b</title></rect></svg>"#
    let check = SVGCheck(Array(text.utf8))
    #expect(check.problems == [])
    #expect(check.elements.first?.attributes["a"] == "<1>")
    #expect(check.elements[1].title == "a & b" && check.elements[1].number("x") == 1.5)
  }
}
