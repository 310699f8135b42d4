internal import Catalog
internal import Events
internal import ExportChecks
internal import Exports
internal import Screen
internal import Testing

@testable import Plain
@testable import RunViews
@testable internal import Trace
@testable import Tutor

@Suite("A recording that holds anything")
struct HostileRecordingTests {
  private static let demos = DemoCatalog(cores: 2).demos

  /// Everything that is drawn of a run at some size: each pane, at its end and looking back.
  private static func draw(_ stage: inout Stage, _ events: Int) {
    for pane in stage.model.panes {
      stage.model.focusPane(pane)
      #expect(!stage.lines.isEmpty)
    }
    for position in [1, events / 2] {
      stage.model.look(at: position)
      for pane in stage.model.panes {
        stage.model.focusPane(pane)
        #expect(!stage.lines.isEmpty)
      }
    }
  }

  @Test("is drawn in every pane of every demo, at its end and looking back")
  func panes() throws {
    for (place, demo) in Self.demos.enumerated() {
      var hostile = HostileEvents(seed: UInt64(1 + place))
      let events = hostile.run([20, 200, 400][place % 3])
      let size = ViewTests.sizes[place % ViewTests.sizes.count]
      var stage = try Stage(size.columns, size.rows)
      stage.send(.runBegan(try RunRequest(words: [demo.id], in: stage.model.catalog)))
      stage.send(.events(events))
      Self.draw(&stage, events.count)
    }
  }

  @Test("is told in sentences, event by event and as a whole, and exported in every form")
  func sentences() throws {
    for seed in 100..<160 {
      var hostile = HostileEvents(seed: UInt64(seed))
      let events = hostile.run(200)
      let demo = Self.demos[seed % Self.demos.count]
      let request = try RunRequest(words: [demo.id], in: DemoCatalog(cores: 2))
      var session = RunSession(request: request, now: 0)
      for event in events {
        session.append([event], now: 0)
        #expect(!Narrator.detail(event, state: session.state).isEmpty)
        #expect(!Narrator.sentence(event, state: session.state).isEmpty)
      }
      #expect(session.state.contradictions() == [])
      #expect(!PlainRunText.end(session, told: 0).isEmpty)
      #expect(!PlainRunText.state(session, now: 0, listing: nil).isEmpty)
      #expect(!PlainRunText.timeline(session).isEmpty)
      for format in ExportFormat.allCases { #expect(!format.bytes(of: events).isEmpty) }
    }
  }

  @Test("A semaphore of as many permits as there are numbers, or of none, has a strip all the same")
  func permits() throws {
    for permits in [Int64.max, 0, -1, .min] {
      for kind in [EventKind.lockAcquire, .lockRelease] {
        var script = RunScript("semaphore")
        script.add(kind, object: 1) { $0[EventField.permits.slot] = permits }
        var stage = try Stage(120, 40)
        try stage.play(script, of: "producer-consumer")
        #expect(stage.picture.contains("object 1"))
        let state = try #require(stage.model.session?.state)
        #expect(abs(state[ObjectID(1)]?.lock.permits ?? 0) <= Int(Int32.max))
      }
    }
  }
}
