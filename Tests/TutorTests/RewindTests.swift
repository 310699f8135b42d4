internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import Screen
internal import Testing
internal import Trace

@testable import RunViews
@testable import Tutor

@Suite("Moving through a run")
struct RewindTests {
  /// A finished run of producer-consumer.
  static func finished(_ columns: Int = 120, _ rows: Int = 40) throws -> Stage {
    var stage = try Stage(columns, rows, step: 2)
    try stage.play(.producerConsumer(until: 2000), of: "producer-consumer")
    return stage
  }

  @Test("At any moment the state follows from the events up to it")
  func folded() throws {
    var stage = try Self.finished()
    let events = RunScript.producerConsumer(until: 2000).events
    var random = SystemRandomNumberGenerator()
    for _ in 0..<60 {
      let position = Int.random(in: 0..<events.count, using: &random)
      stage.model.look(at: position)
      let session = try #require(stage.model.session)
      var fold = RunFold()
      for event in events.prefix(position) { fold.apply(event) }
      #expect(session.position == position)
      // Later names are known at earlier moments.
      fold.adoptNames(from: session.log.state)
      #expect(session.state == fold.state, "after \(position) events")
      #expect(session.findings == fold.findings && session.raises == fold.raises)
      #expect(
        session.results().map(\.name)
          == events.prefix(position).compactMap {
            $0.kind == .result && $0.name != Event.shownName ? $0.name : nil
          })
    }
  }

  @Test("The final result of a run is not shown at earlier moments")
  func notYetShown() throws {
    var script = RunScript.producerConsumer(until: 900)
    script.add(.result, texts: [Event.shownName, "Ten went in, and ten came out"])
    script.finish(.completed, at: 901_000)
    var stage = try Stage(step: 2)
    try stage.play(script, of: "producer-consumer")
    #expect(stage.picture.contains("┃ Ten went in"))
    stage.press(.character(","), .character(","))
    #expect(stage.model.session?.shown == nil)
    #expect(!stage.picture.contains("┃ Ten went in"))
  }

  @Test("Comma and full stop move by one event, and every pane follows")
  func events() throws {
    var stage = try Self.finished()
    let count = try #require(stage.model.session?.log.count)
    stage.press(.character(","))
    #expect(stage.model.session?.position == count - 1)
    #expect(stage.footer.contains("◀ event \(count - 1) of \(count)"))
    for _ in 0..<40 { stage.press(.character(",")) }
    #expect(stage.model.session?.position == count - 41)
    #expect(stage.picture.contains("event \(count - 41) of \(count)"))
    stage.press(.character("."))
    #expect(stage.model.session?.position == count - 40)
    stage.press(.end)
    #expect(stage.model.session?.isRewound == false)
    stage.press(.character("."))
    #expect(stage.picture.contains("! this is the newest event"))
  }

  @Test("Home goes to the start, arrows move along the lanes, and F returns")
  func along() throws {
    var stage = try Self.finished()
    let count = try #require(stage.model.session?.log.count)
    stage.press(.character(","), .home)
    #expect(stage.model.session?.position == 0)
    stage.press(.character(","))
    #expect(stage.picture.contains("! this is the beginning of the run"))
    var positions = [0]
    while stage.model.session?.isRewound == true {
      stage.press(.right)
      positions.append(try #require(stage.model.session?.position))
      try #require(positions.count <= count + 1)
    }
    #expect(positions == positions.sorted() && Set(positions).count == positions.count)
    #expect(positions.last == count)
    // Along the lanes it takes fewer steps than there are events.
    #expect(positions.count < count)
    stage.press(.character(","), .left, .left)
    let back = try #require(stage.model.session?.position)
    #expect(back < count - 1)
    stage.press(.character("F"))
    #expect(stage.model.session?.position == count && stage.model.session?.isRewound == false)
  }

  @Test("The run continues while an earlier moment is shown unchanged")
  func live() throws {
    var stage = try Stage(step: 2)
    let script = RunScript.producerConsumer(until: 2000)
    let request = try RunRequest(words: ["producer-consumer"], in: stage.model.catalog)
    stage.send(.runBegan(request))
    stage.send(.events(Array(script.events.prefix(60))))
    stage.press(.character(","), .character(","))
    let state = stage.model.session?.state
    stage.send(.events(Array(script.events.dropFirst(60).prefix(40))))
    #expect(stage.model.session?.position == 58)
    #expect(stage.model.session?.state == state)
    #expect(stage.footer.contains("event 58 of 100"))
    #expect(stage.footer.contains("F live"))
    // It can still be paused and stopped.
    stage.press(.character(" "))
    #expect(stage.effects == [.pause])
    stage.press(.character("F"))
    #expect(stage.model.session?.position == 100)
    #expect(stage.model.scroll.follows(.events))
  }

  @Test("A click on the lanes goes to that time, and a click on an event to that event")
  func clicks() throws {
    var stage = try Self.finished()
    let rect = try #require(stage.model.content(of: .timeline))
    let session = try #require(stage.model.session)
    let lanes = TimelineRows(session, now: 0, width: rect.width, glyphs: .unicode)
    let middle = Point(x: rect.x + lanes.columns.label + 2 + lanes.columns.lane / 2, y: rect.y + 1)
    stage.send(.input(.mouse(Mouse(middle, .press))))
    let time = try #require(stage.model.session?.time(at: stage.now))
    let whole = session.state.time
    #expect(time > whole * 4 / 10 && time < whole * 6 / 10)
    #expect(stage.model.session?.selection == .actor(ActorID(3)))
    let events = try #require(stage.model.content(of: .events))
    let offset = stage.model.scroll[.events]
    stage.send(.input(.mouse(Mouse(Point(x: events.x + 3, y: events.y), .press))))
    #expect(stage.model.session?.position == offset + 1)
  }

  @Test("Every pane shows the moment of a match among the events")
  func found() throws {
    var stage = try Self.finished()
    stage.press(.character("5"), .character("/"))
    stage.type("list.remove")
    #expect(stage.model.session?.isRewound == false)
    stage.press(.enter)
    let first = try #require(stage.model.session)
    #expect(first.isRewound)
    #expect(first.log[first.position - 1].kind == .listRemove)
    stage.press(.character("n"))
    let second = try #require(stage.model.session)
    #expect(second.position != first.position)
    #expect(second.log[second.position - 1].kind == .listRemove)
  }

  @Test("A key goes from a wait to the event that ended it, and describes it")
  func why() throws {
    var stage = try Self.finished()
    let log = try #require(stage.model.session?.log)
    let begin = try #require(
      (0..<log.count).first { log[$0].kind == .waitBegin && log[$0].waitReason == .lock })
    stage.model.look(at: begin + 1)
    #expect(stage.footer.contains("g what ended it?"))
    stage.press(.character("g"))
    let position = try #require(stage.model.session?.position)
    #expect(log[position - 1].kind == .lockRelease)
    #expect(log[position - 1].actor == ActorID(2))
    #expect(stage.picture.contains("this ended the wait of remove_thread: it waited 50 µs"))
  }

  @Test("A sleep ends without a cause, and an endless wait has no end")
  func ends() throws {
    let stage = try Self.finished()
    let log = try #require(stage.model.session?.log)
    let begin = try #require(
      (0..<log.count).first { log[$0].kind == .waitBegin && log[$0].waitReason == .sleep })
    let actor = log[begin].actor
    let wait = try #require(log.state(at: begin + 1)[actor]?.wait)
    let ending = try #require(log.ending(of: wait, by: actor, after: begin + 1))
    #expect(ending.cause == nil && log[ending.end].kind == .waitEnd)
    var stuck = try Stage()
    try stuck.play(.deadlock(), of: "producer-consumer")
    stuck.press(.character(","))
    #expect(stuck.model.askedWait != nil)
    stuck.press(.character("g"))
    #expect(stuck.picture.contains("! transfer-1 is still waiting"))
  }

  @Test("Zooming shows less time around the current moment, or all of it again")
  func glass() throws {
    var stage = try Self.finished()
    let whole = try #require(stage.model.session?.shownTime(at: stage.now))
    stage.press(.character(","), .home)
    for _ in 0..<60 { stage.press(.character(".")) }
    let time = try #require(stage.model.session?.time(at: stage.now))
    for _ in 0..<5 {
      stage.press(.character("+"))
      let shown = try #require(stage.model.session?.shownTime(at: stage.now))
      #expect(shown.from <= time && time <= shown.to)
    }
    let shown = try #require(stage.model.session?.shownTime(at: stage.now))
    #expect(shown.to - shown.from == (whole.to - whole.from) / 32)
    // The zoomed part follows the learner.
    for _ in 0..<40 { stage.press(.character(".")) }
    let later = try #require(stage.model.session)
    let seen = later.shownTime(at: stage.now)
    #expect(seen.from <= later.time(at: stage.now) && later.time(at: stage.now) <= seen.to)
    for _ in 0..<5 { stage.press(.character("-")) }
    #expect(stage.model.session?.window == nil)
    stage.press(.character("-"))
    #expect(stage.picture.contains("! the timeline shows the whole run"))
  }

  @Test("Playback shows each event at its time, at any speed, and can be paused")
  func playback() throws {
    var stage = try Self.finished()
    stage.press(.character(","), .home, .character(" "))
    #expect(stage.model.session?.isPlaying == true)
    #expect(stage.footer.contains("space pause"))
    stage.wait(milliseconds: 400)
    let log = try #require(stage.model.session?.log)
    #expect(stage.model.session?.position == log.position(at: 400_000_000))
    #expect(stage.model.session?.time(at: stage.now) == 400_000_000)
    stage.press(.character(")"))
    stage.wait(milliseconds: 100)
    #expect(stage.model.session?.position == log.position(at: 600_000_000))
    stage.press(.character(" "))
    stage.wait(milliseconds: 1000)
    #expect(stage.model.session?.position == log.position(at: 600_000_000))
    stage.press(.character(" "))
    stage.wait(milliseconds: 5000)
    #expect(stage.model.session?.isRewound == false)
    #expect(stage.model.nextDeadline == nil || stage.model.notice != nil)
  }

  @Test("Arrows choose a lane, and a key asks about its wait")
  func lanes() throws {
    var stage = try Self.finished()
    stage.press(.character("4"), .down)
    #expect(stage.model.session?.selection == .actor(ActorID(2)))
    stage.press(.down)
    #expect(stage.model.session?.selection == .actor(ActorID(3)))
    #expect(stage.picture.contains("B remove_thread ▸"))
    stage.press(.up, .up)
    #expect(stage.model.session?.selection == .actor(ActorID(2)))
  }

  @Test(
    "An earlier moment is one column through all lanes and moves no pane",
    arguments: [(120, 40), (80, 24), (50, 15)])
  func drawn(columns: Int, rows: Int) throws {
    var stage = try Self.finished(columns, rows)
    let before = stage.model.layout.panes.map(\.rect)
    stage.model.look(at: 71)
    stage.wait(milliseconds: 1)
    #expect(stage.model.layout.panes.map(\.rect) == before)
    try KeptDrawing.expect(stage.picture, named: "rewound-\(columns)x\(rows)")
  }
}
