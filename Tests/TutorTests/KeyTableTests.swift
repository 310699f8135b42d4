internal import Catalog
internal import Screen
internal import Testing
internal import Trace

@testable import RunViews
@testable import Tutor

@Suite("The key table")
struct KeyTableTests {
  /// States that together give every key a meaning.
  static func stages() throws -> [Stage] { try made.get() }

  private static let made = Result { try makeStages() }

  private static func makeStages() throws -> [Stage] {
    var paused = try Stage(step: 2)
    try paused.play(.producerConsumer(until: 900), of: "producer-consumer")
    paused.press(.character(" "))
    paused.send(.computing([]))
    var last = try Stage(lesson: 8, step: 99)
    last.press(.down)
    var choice = paused
    choice.press(.character("p"))
    for _ in 0..<9 { choice.press(.down) }
    var plain = try Stage()
    plain.press(.character("z"))
    var found = try Stage()
    try found.play(.deadlock(), of: "producer-consumer")
    var palette = try Stage()
    palette.press(.character(":"))
    var contents = try Stage()
    contents.press(.character("t"))
    var settings = try Stage()
    settings.press(.character("S"))
    var typing = try Stage()
    typing.press(.character("/"))
    typing.type("lock")
    var searched = typing
    searched.press(.enter)
    var moved = try Stage()
    moved.press(.character(">"))
    var linked = try Stage(lesson: 5, step: 2)
    linked.press(.character("v"), .character("v"))
    var followed = linked
    followed.press(.enter)
    if followed.model.layer != nil { followed.press(.enter) }
    // An earlier moment with a wait, seen from the lanes and from the lesson.
    var back = try Stage(step: 2)
    try back.play(.producerConsumer(until: 1000), of: "producer-consumer")
    back.press(.character(","), .character("+"))
    while back.model.askedWait == nil, back.model.session?.position ?? 0 > 1 {
      back.press(.character(","))
    }
    var lanes = back
    lanes.press(.character("F"), .character("4"))
    var log = back
    log.press(.character("5"))
    var over = try Stage(step: 2)
    try over.play(.producerConsumer(until: 2000), of: "producer-consumer")
    over.press(.character(","))
    var problems = try Stage(lesson: 6, step: 5)
    try problems.play(.abandoned(), of: "abandoned-lock")
    problems.press(.character("f"))
    var kept = try Stage(step: 2)
    kept.send(.recentRuns([RecordingsTests.recent("one")], .replay))
    return try LayoutTests.stages() + [
      kept, problems, back, lanes, log, over, paused, last, choice, plain, found, palette, contents,
      settings,
      typing, searched, moved,
      linked, followed,
    ]
  }

  @Test("Each key of each command works in some state")
  func reachable() throws {
    let stages = try Self.stages()
    for binding in KeyTable.bindings {
      for key in binding.keys {
        let isReached = stages.contains { stage in
          guard case .command(let command) = KeyTable.answer(to: key, stage.model) else {
            return false
          }
          return command == binding.command
        }
        #expect(isReached, "\(key) \(binding.doc)")
      }
    }
  }

  @Test("No key has two meanings in the same state")
  func unambiguous() throws {
    for stage in try Self.stages() {
      let rows = KeyTable.bindings.filter {
        $0.applies(to: stage.model) && $0.availability(stage.model) == .now
      }
      for (index, row) in rows.enumerated() {
        for other in rows[(index + 1)...] {
          let shared = Set(row.keys).intersection(other.keys)
          // Space pauses a live run and turns the page otherwise. At an earlier moment, some keys
          // move through the run in every pane. The order of the table decides.
          let isBack = stage.model.session?.isRewound == true
          let decided: Set<Key> =
            isBack
            ? [.character(" "), .left, .right, .home, .end, .character("g"), .character("G")]
            : [.character(" "), .home]
          #expect(
            shared.subtracting(decided).isEmpty || row.command == other.command,
            "\(row.doc), \(other.doc)")
        }
      }
    }
  }

  @Test("The footer shows complete hints, only for available commands")
  func footer() throws {
    for var stage in try Self.stages() {
      for columns in [40, 50, 80, 120, 200] {
        stage.send(.resized(Size(columns: columns, rows: 24)))
        let hints = KeyTable.hints(stage.model)
        for (hint, command) in hints {
          #expect(!hint.key.isEmpty && !hint.action.isEmpty)
          let rows = KeyTable.bindings.filter {
            $0.command == command && $0.applies(to: stage.model)
          }
          #expect(rows.contains { $0.availability(stage.model) == .now })
        }
        guard stage.model.scope != .search else { continue }
        let placed = stage.model.footerHints.layout(in: stage.model.layout.footer)
        let footer = stage.footer
        for (place, hint) in zip(placed, hints) {
          #expect(footer.contains("\(hint.hint.key) \(hint.hint.action)"))
          #expect(place.hint == hint.hint)
        }
      }
    }
  }

  @Test("Esc never quits, and repeated Esc closes everything")
  func escape() throws {
    for var stage in try Self.stages() {
      for _ in 0..<6 {
        stage.press(.escape)
        #expect(stage.effects.isEmpty)
      }
      #expect(stage.model.closable == nil)
      #expect(stage.model.layer == nil)
    }
  }

  @Test("An unavailable key says why")
  func reasons() throws {
    var stage = try Stage(lesson: 1)
    stage.press(.character("X"))
    #expect(stage.picture.contains("! nothing is running"))
    stage.press(.character("."))
    #expect(stage.picture.contains("! nothing has run"))
    stage.press(.character("["))
    #expect(stage.picture.contains("! this is the first step"))
    #expect(stage.effects.isEmpty)
  }

  @Test("The help and the README have a line for each row of the table")
  func documentation() throws {
    let help = KeyTable.helpRows(.unicode, width: 200).map(\.plain)
    for binding in KeyTable.bindings {
      #expect(help.contains { $0.contains(binding.doc) })
      #expect(KeyTable.markdownRows.contains { $0.contains(binding.doc) })
    }
    #expect(KeyTable.markdownRows.count == KeyTable.bindings.count)
  }
}
