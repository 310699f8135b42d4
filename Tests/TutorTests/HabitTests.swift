internal import Catalog
internal import LessonKit
internal import Screen
internal import Testing
internal import Trace

@testable import Tutor

@Suite("Habits of fingers and eyes")
struct HabitTests {
  @Test("A short message moves no pane")
  func calmNotice() throws {
    for size in [(120, 40), (80, 24), (50, 15)] {
      var stage = try Stage(size.0, size.1)
      let before = stage.model.layout
      stage.press(.character("X"))
      #expect(stage.picture.contains("! nothing is running"))
      #expect(stage.model.layout == before)
    }
  }

  @Test("An unknown key shows where the keys are listed")
  func deadKey() throws {
    var stage = try Stage()
    stage.press(.character("J"))
    #expect(stage.picture.contains("! J does nothing here; ? lists the keys"))
    stage.press(.character("?"), .character("/"))
    #expect(stage.model.scope == .palette)
  }

  @Test("Space that is pressed just as a run ends does not turn the page")
  func lateSpace() throws {
    var stage = try Stage(50, 15, step: 2)
    try stage.play(.producerConsumer(until: 2000), of: "producer-consumer")
    stage.press(.character("1"), .character("g"), .character(" "))
    #expect(stage.model.scroll[.lesson] == 0)
    #expect(stage.picture.contains("● the run has ended"))
    stage.wait(milliseconds: 1_500)
    stage.press(.character(" "))
    #expect(stage.model.scroll[.lesson] > 0)
  }

  @Test("Typing replaces the old value, unless a key has moved into the value first")
  func typing() throws {
    var stage = try Stage(step: 2)
    stage.press(.character("p"))
    stage.type("25")
    guard case .parameters(let typed) = stage.model.layer else {
      Issue.record("something else is open")
      return
    }
    #expect(typed.fields[0].text == "25")
    stage.press(.escape, .character("p"), .end)
    stage.type("0")
    guard case .parameters(let edited) = stage.model.layer else {
      Issue.record("something else is open")
      return
    }
    #expect(edited.fields[0].text == "100")
    for _ in 0..<9 { stage.press(.down) }
    stage.type("o")
    guard case .parameters(let chosen) = stage.model.layer else {
      Issue.record("something else is open")
      return
    }
    #expect(chosen.selected?.text == "off")
  }

  @Test("A step that a search only passes is not marked as seen until the learner moves in it")
  func passing() throws {
    var stage = try Stage(lesson: 4, step: 1)
    stage.press(.character("/"))
    stage.type("amdahl")
    stage.press(.enter)
    let place = stage.model.place
    #expect(place.lesson > 0 && !stage.model.isSeen(place))
    stage.press(.character("j"))
    #expect(stage.model.isSeen(place))
  }

  @Test("Messages at the same time are shown together, each with its sign")
  func news() throws {
    var stage = try Stage()
    stage.send(.notice("read again: notes.md"))
    #expect(stage.picture.contains("● read again: notes.md"))
    stage.send(.warning("more.md is left out"))
    #expect(stage.picture.contains("! read again: notes.md; more.md is left out"))
    stage.wait(milliseconds: 100)
    stage.send(.notice("what you did is kept again"))
    #expect(stage.picture.contains("● what you did is kept again"))
  }

  @Test("The first keys are shown until the learner uses one of them")
  func welcome() throws {
    for key: Key in [.character("r"), .character("]"), .escape] {
      var stage = try Stage(isFirstStart: true)
      stage.press(.character("j"))
      #expect(stage.picture.contains("Welcome: "))
      stage.press(key)
      if key == .character("r") {
        try stage.play(.producerConsumer(until: 10), of: "producer-consumer")
      }
      #expect(!stage.picture.contains("Welcome: "), "\(key)")
    }
  }
}
