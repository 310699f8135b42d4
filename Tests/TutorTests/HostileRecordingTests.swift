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

@Suite("Recordings with any content")
struct HostileRecordingTests {
  private static let demos = DemoCatalog(cores: 2).demos

  /// Draws each pane of a run at its end and at earlier moments.
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

  @Test("Every pane of every demo draws them, at the end and at earlier moments")
  func panes() throws {
    // Demos with the same views have the same panes.
    var views: Set<[Demo.View]> = []
    let demos = Self.demos.filter { views.insert($0.views).inserted }
    for (place, demo) in demos.enumerated() {
      var hostile = HostileEvents(seed: UInt64(1 + place))
      let events = hostile.run([200, 20, 400, 100][place % 4])
      let size = ViewTests.sizes[place % ViewTests.sizes.count]
      var stage = try Stage(size.columns, size.rows)
      stage.send(.runBegan(try RunRequest(words: [demo.id], in: stage.model.catalog)))
      stage.send(.events(events))
      Self.draw(&stage, events.count)
    }
  }

  @Test("Plain mode describes them, and every format exports them")
  func sentences() throws {
    for seed in 100..<112 {
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
      #expect(!PlainRunText.end(session, reported: 0, asked: []).isEmpty)
      #expect(!PlainRunText.state(session, now: 0, listing: nil).isEmpty)
      #expect(!PlainRunText.timeline(session).isEmpty)
      for format in ExportFormat.allCases { #expect(!format.bytes(of: events).isEmpty) }
    }
  }

  @Test("A semaphore with an extreme number of permits has a strip")
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
