import Events
import Screen
import Testing

@testable import Tutor

@Suite("Notices")
struct NoticeTests {
  static let sizes = [
    Size(columns: 160, rows: 50), Size(columns: 120, rows: 40), Size(columns: 80, rows: 24),
    Size(columns: 50, rows: 15), Size(columns: 40, rows: 12),
  ]

  @Test("A notice of any length covers no border", arguments: sizes)
  func borders(_ size: Size) throws {
    for words in [3, 12, 40, 90] {
      var stage = try Stage(size.columns, size.rows, step: 2)
      stage.send(.notice(Array(repeating: "word", count: words).joined(separator: " ")))
      #expect(stage.picture.contains("● word word"))
      for placed in stage.model.layout.panes {
        let (top, bottom) = (placed.rect.y, placed.rect.maxY - 1)
        #expect(stage.lines[top].contains("╭") && stage.lines[bottom].contains("╰"))
        #expect(!stage.lines[bottom].contains("word"))
      }
    }
  }

  @Test("A short notice takes the place of the footer, and the state of the run stays")
  func footer() throws {
    var stage = try Stage(120, 40, step: 2)
    try stage.play(.producerConsumer(until: 200), of: "producer-consumer")
    let before = Array(stage.lines.dropLast())
    stage.send(.notice("saved"))
    #expect(stage.footer.hasPrefix(" ● saved") && stage.footer.contains("native"))
    #expect(Array(stage.lines.dropLast()) == before)
    stage.wait(milliseconds: 6000)
    #expect(!stage.footer.contains("saved"))
  }

  @Test("The reason why a key does nothing goes when the key does something")
  func stale() throws {
    var stage = try Stage(120, 40, step: 2)
    try stage.play(.producerConsumer(until: 200), of: "producer-consumer")
    stage.press(.character("c"))
    #expect(stage.footer.contains("! the run has not ended yet"))
    var end = RunScript("producer-consumer")
    end.finish(.completed, at: 300_000)
    stage.send(.events(Array(end.events.suffix(1))))
    #expect(!stage.footer.contains("the run has not ended yet"))
    stage.press(.character("X"))
    #expect(stage.footer.contains("! nothing is running"))
    try stage.play(.producerConsumer(until: 200), of: "producer-consumer")
    #expect(!stage.footer.contains("nothing is running"))
  }

  @Test("After the second run of a step, the key that compares both is offered")
  func comparison() throws {
    var stage = try Stage(120, 40, step: 2)
    stage.press(.character("r"))
    try stage.play(.producerConsumer(until: 2000), of: "producer-consumer")
    #expect(!stage.footer.contains("compare"))
    stage.press(.right, .character("r"))
    try stage.play(
      .producerConsumer(until: 2000), of: "producer-consumer", words: ["remove-delay=100ms"])
    #expect(stage.footer.contains("● c compares this run with the one before"))
    stage.wait(milliseconds: 6000)
    #expect(stage.footer.hasPrefix(" c compare both runs"))
    stage.press(.character("c"))
    #expect(stage.effects == [.listRuns(.compare)])
    stage.press(.character("]"))
    #expect(!stage.footer.contains("compare both runs"))
  }
}

@Suite("Plain mode after the second run")
struct PlainComparisonTests {
  @Test("It says how to compare both runs of the step")
  func offer() throws {
    var stage = try PlainStage(isScripted: false)
    stage.type("1")
    stage.events(RunScript.producerConsumer(until: 2000).events)
    #expect(!stage.says("type compare"))
    stage.type("6")
    stage.events(RunScript.producerConsumer(until: 2000).events)
    #expect(stage.says("To compare this run with the one before, type compare."))
  }
}

@Suite("Tabs, help and palette")
struct ReachTests {
  @Test("Every pane has its digit on a tab or alone, at every size", arguments: NoticeTests.sizes)
  func digits(_ size: Size) throws {
    for step in 1...9 {
      var stage = try Stage(size.columns, size.rows, step: step)
      try stage.play(.producerConsumer(until: 200), of: "producer-consumer")
      for placed in stage.model.layout.panes where placed.tabs.count > 1 {
        let row = Array(stage.lines[placed.rect.y])
        let edge = String(row[placed.rect.x..<placed.rect.maxX])
        for pane in placed.tabs {
          let digit = try #require(stage.model.digit(of: pane))
          #expect(edge.contains(" \(digit)"), "\(edge)")
        }
        #expect(edge.contains("[\(placed.pane.tab)]"))
      }
    }
  }

  @Test("The help has each key of the panes in one row, and all that the table says of it")
  func help() {
    let bindings = KeyTable.bindings.filter { $0.scopes.contains(.panes) }
    let rows = KeyTable.help.prefix { row in
      bindings.contains { $0.section == row.section } || !row.keys.isEmpty
    }
    let sections = Set(bindings.map(\.section))
    var seen: [Key: Int] = [:]
    for row in rows where sections.contains(row.section) {
      for key in row.keys { seen[key, default: 0] += 1 }
    }
    #expect(seen.values.allSatisfy { $0 == 1 })
    #expect(Set(seen.keys) == Set(bindings.flatMap(\.keys)))
    for binding in bindings {
      for key in binding.keys {
        #expect(
          KeyTable.help.contains { $0.keys.contains(key) && $0.docs.contains(binding.doc) },
          "\(binding.doc)")
      }
    }
    for section in Binding.Section.allCases {
      let keys = KeyTable.help.filter { $0.section == section }.flatMap(\.keys)
      #expect(Set(keys).count == keys.count, "\(section)")
    }
  }
}
