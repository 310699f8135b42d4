internal import Catalog
internal import Events
internal import LessonKit
internal import Screen
internal import Testing
internal import Trace

@testable import Tutor

@Suite("Search")
struct SearchTests {
  private func searching(_ text: String, in stage: Stage) -> Stage {
    var stage = stage
    stage.press(.character("/"))
    stage.type(text)
    return stage
  }

  @Test("Matches are counted over all lessons, and n visits each one and wraps around")
  func lessons() throws {
    var stage = searching("lock", in: try Stage(lesson: 4, step: 1))
    let hits = stage.model.search?.hits ?? []
    #expect(hits.count > 10)
    stage.press(.enter)
    let first = stage.model.search?.current
    var places: Set<StepPlace> = []
    for _ in hits {
      places.insert(stage.model.place)
      stage.press(.character("n"))
    }
    #expect(stage.model.search?.current == first)
    #expect(places == Set(hits.compactMap(\.place)))
    stage.press(.character("N"), .character("N"), .character("n"))
    #expect(stage.model.search?.current == (first.map { ($0 + hits.count - 1) % hits.count }))
  }

  @Test("A match in another step says where it is, and one key goes back")
  func leaving() throws {
    var stage = searching("livelock", in: try Stage(lesson: 4, step: 1))
    stage.press(.enter)
    let place = stage.model.place
    #expect(place != StepPlace(lesson: 3, step: 0))
    #expect(stage.footer.contains("● this match is in \(place.lesson + 1)/\(place.step + 1): "))
    #expect(stage.footer.contains("backspace goes back"))
    stage.press(.escape)
    stage.press(.escape)
    stage.press(.backspace)
    #expect(stage.model.place == StepPlace(lesson: 3, step: 0))
  }

  @Test("Each match that n visits is visible and lit")
  func inSight() throws {
    for size in [Size(columns: 120, rows: 40), Size(columns: 50, rows: 15)] {
      var stage = searching("thread", in: try Stage(size.columns, size.rows, lesson: 4, step: 1))
      stage.press(.enter)
      for _ in stage.model.search?.hits ?? [] {
        let frame = render(stage.model)
        let lit = frame.bounds.points.filter { frame[$0].style == .lit }
        let text = lit.map { frame[$0].text }.joined().lowercased()
        #expect(text.contains("thread"), "\(text) at \(stage.model.place)\n\(stage.picture)")
        stage.press(.character("n"))
      }
    }
  }

  @Test("A match that continues on the next line is one match, lit on both lines")
  func wrapped() throws {
    let text = "one two three four five six seven eight nine ten eleven twelve"
    var stage = try Stage(document: "# A\n\n## B\n\n> \(text) \(text) \(text)\n", 50, 15)
    stage.press(.character("/"))
    stage.type("five six seven eight nine ten")
    #expect(stage.model.search?.hits.count == 3)
    #expect(stage.model.search?.inLesson.lines.count == 3)
    let frame = render(stage.model)
    let found = frame.bounds.points.filter { [.lit, .notice].contains(frame[$0].style) }
    #expect(Set(found.map(\.y)).count > 3)
    #expect(found.allSatisfy { frame[$0].text != "┃" })
  }

  @Test("Small letters match both cases, a capital matches only capitals")
  func cases() throws {
    let document = "# A\n\n## B\n\nThread thread THREAD Straße ÉTÉ été\n"
    for (query, count) in [("thread", 3), ("Thread", 1), ("THREAD", 1), ("été", 2), ("É", 2)] {
      let stage = searching(query, in: try Stage(document: document))
      #expect(stage.model.search?.hits.count == count, "\(query)")
    }
  }

  @Test("A search without matches says so, and so does n")
  func nothing() throws {
    var stage = searching("zebra", in: try Stage())
    #expect(stage.footer.contains("not found"))
    stage.press(.enter, .character("n"))
    #expect(stage.picture.contains("! nothing was found"))
    stage.press(.escape, .escape)
    #expect(stage.model.search == nil)
  }

  @Test(
    "Esc while typing cancels the search and returns, and n is the next step again")
  func dropped() throws {
    var stage = try Stage(50, 15, lesson: 4, step: 1)
    stage.press(.pageDown)
    let before = stage.picture
    stage.press(.character("/"))
    stage.type("a list")
    stage.press(.escape)
    #expect(stage.picture == before)
    stage.press(.character("n"))
    #expect(stage.model.place == StepPlace(lesson: 3, step: 1))
  }

  @Test("Every pane can be searched, and shows the number of matches")
  func panes() throws {
    for (pane, text) in [
      ("2", "lock"), ("3", "add_thread"), ("4", "add_thread"), ("5", "lock.acquire"),
    ] as [(Character, String)] {
      var stage = try Stage(step: 2)
      try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
      stage.press(.character(pane), .character("/"))
      stage.type(text)
      stage.press(.enter)
      let hits = stage.model.search?.hits.count ?? 0
      #expect(hits > 0, "\(text) in \(pane)")
      let current = (stage.model.search?.current ?? 0) + 1
      #expect(stage.picture.contains("\(current) of \(hits)"), "\(stage.picture)")
    }
  }

  @Test("A long run is searched part by part")
  func long() throws {
    var stage = try Stage(step: 2)
    var script = RunScript("producer-consumer")
    script.name(1, "list_lock", "lock")
    for _ in 0..<4_500 { script.add(.output, texts: ["a needle here"]) }
    try stage.play(script, of: "producer-consumer")
    stage.press(.character("5"), .character("/"))
    stage.type("needle")
    #expect(!stage.model.isSearchComplete)
    #expect(stage.model.nextDeadline.map { $0 <= stage.now + 1 } == true)
    for _ in 0..<4 { stage.wait(milliseconds: 1) }
    #expect(stage.model.isSearchComplete)
    #expect(stage.model.search?.hits.count == 4_500)
  }

  @Test("A search in hidden events completes")
  func outOfSight() throws {
    var stage = try Stage(80, 24, step: 2)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    stage.press(.character("5"), .character("/"))
    stage.type("append")
    stage.press(.enter, .character("4"))
    try stage.play(.producerConsumer(until: 2000), of: "producer-consumer")
    stage.wait(milliseconds: 1)
    #expect(stage.model.isSearchComplete)
    #expect(stage.model.nextDeadline.map { $0 > stage.now + 1_000_000 } ?? true)
  }

  @Test("A search begins at the current moment, and Esc while typing returns to live events")
  func live() throws {
    var stage = try Stage(step: 2)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    stage.press(.character("5"), .character("/"))
    stage.type("list")
    let first = try #require(stage.model.search?.current)
    #expect(first > 0)
    stage.press(.escape)
    #expect(stage.model.scroll.follows(.events))
  }

  @Test("Matches of a frequent letter are counted up to a limit")
  func bounded() throws {
    let text = String(repeating: "e ", count: 12_000)
    var stage = try Stage(document: "# A\n\n## B\n\n\(text)\n\n## C\n\n\(text)\n", 200, 60)
    stage.press(.character("/"))
    stage.type("e")
    for _ in 0..<8 { stage.wait(milliseconds: 1) }
    #expect(stage.model.isSearchComplete)
    #expect(stage.footer.contains("+"))
  }

  @Test("Text that is pasted into a search is searched for and runs no command")
  func paste() throws {
    var stage = try Stage()
    stage.press(.character("/"))
    stage.send(.input(.paste("remove_thread\nq")))
    #expect(stage.effects.isEmpty)
    #expect(stage.model.search?.field.text == "remove_threadq")
  }
}

extension Rect {
  /// Every cell, row by row.
  var points: [Point] {
    (y..<maxY).flatMap { y in (x..<maxX).map { Point(x: $0, y: y) } }
  }
}
