internal import Screen
internal import Testing

@testable import Tutor

@Suite("Copies and settings")
struct CopyTests {
  @Test("y copies the full content of the focused pane without borders")
  func panes() throws {
    var stage = try Stage(50, 15, step: 2)
    try stage.play(.producerConsumer(until: 900), of: "producer-consumer")
    for (pane, piece) in [
      ("1", "next:"), ("2", "def remove_from_list():"), ("3", "list_lock"), ("4", "A"),
      ("5", "list.append"),
    ] as [(Character, String)] {
      stage.press(.character(pane), .character("y"))
      guard case .copy(let text, let what) = stage.effects.first else {
        Issue.record("nothing was copied from pane \(pane)")
        continue
      }
      #expect(text.contains(piece) && !text.contains("│") && !what.isEmpty, "\(text)")
    }
  }

  @Test("y is offered exactly in the panes that it can copy")
  func offered() throws {
    var empty = try Stage()
    var full = try Stage(step: 2)
    try full.play(.producerConsumer(until: 900), of: "producer-consumer")
    for pane in PaneID.allCases {
      empty.model.focus = pane
      full.model.focus = pane
      #expect(empty.model.hasCopy == (empty.model.copied != nil), "\(pane)")
      #expect(full.model.hasCopy == (full.model.copied != nil), "\(pane)")
    }
  }

  @Test("Y copies the shell command of the run with its changed parameters")
  func command() throws {
    var stage = try Stage(step: 2)
    stage.press(.character("Y"))
    guard case .copy(let text, _) = stage.effects.first else {
      Issue.record("something else is open")
      return
    }
    #expect(text.hasPrefix("lockstep run producer-consumer items=10 "))
  }

  @Test("Before a run, y says that its panes have nothing to copy")
  func nothing() throws {
    var stage = try Stage()
    stage.press(.character("5"), .character("y"))
    #expect(stage.effects.isEmpty)
    #expect(stage.picture.contains("! there is nothing to copy here"))
  }

  @Test("Each setting takes effect immediately and can be undone")
  func settings() throws {
    var stage = try Stage()
    stage.press(.character("S"))
    for field in SettingsForm.Field.allCases {
      let before = stage.model.settings
      for _ in field.choices {
        let old = stage.model.settings
        stage.press(.right)
        #expect(stage.model.settings != old)
        #expect(stage.effects == [.settings(stage.model.settings)])
      }
      #expect(stage.model.settings == before)
      stage.press(.character(" "), .left)
      #expect(stage.model.settings == before)
      stage.press(.left, .down)
    }
    #expect(stage.model.settings != Settings())
    stage.press(.control("d"))
    #expect(stage.model.settings == Settings())
    stage.press(.enter)
    #expect(stage.model.layer == nil)
  }
}
