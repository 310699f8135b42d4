internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import Screen
internal import Testing

@testable import RunViews
@testable import Tutor

@Suite("Recordings in the tutor")
struct RecordingsTests {
  private static let header = RecordingHeader(
    demo: "producer-consumer", engine: "native", version: "0.1.0",
    started: "2026-11-25T14:05:00Z")
  private static let events = RunScript.producerConsumer(until: 2000).events

  /// A recording that is being opened and has no events yet.
  private static func opened(_ header: RecordingHeader = header) throws -> Stage {
    var stage = try Stage(lesson: 1)
    stage.send(.recordingBegan(header, path: "a.ndjson", isOfTheseLessons: true))
    return stage
  }

  static func recent(_ name: String, demo: String = "producer-consumer") -> RecentRun {
    RecentRun(
      path: name, demo: demo, parameters: demo == "producer-consumer" ? "lock=off" : "",
      started: "2026-11-25 14:05", duration: 1_500_000_000, outcome: .completed)
  }

  @Test("A recording opens beside the step that runs its demo, and plays from the start")
  func playback() throws {
    var stage = try Self.opened()
    #expect(stage.model.step?.runs.first?.request?.demo.id == "producer-consumer")
    stage.send(.recorded(Self.events, read: 100, of: 100))
    stage.send(.recordingEnded(nil))
    #expect(stage.model.session?.isPlaying == true && stage.model.session?.isLive == false)
    stage.wait(milliseconds: 700)
    let log = try #require(stage.model.session?.log)
    let shown = try #require(stage.model.session?.time(at: stage.now))
    #expect(stage.model.session?.position == log.position(at: shown))
    #expect(shown > 650_000_000 && shown < 750_000_000)
    stage.wait(milliseconds: 2000)
    #expect(stage.model.session?.isRewound == false)
    #expect(stage.footer.contains("recorded · completed"))
  }

  @Test("The current step stays open if it runs the demo of the recording")
  func openStep() throws {
    var stage = try Stage(lesson: 4, step: 2)
    let place = stage.model.place
    #expect(stage.model.step?.runs.first?.request?.demo.id == "producer-consumer")
    let own = try #require(stage.model.step?.runs.first?.request)
    let parameters = own.arguments.names.map { "\($0)=\(own.arguments[$0])" }
      .joined(separator: " ")
    let header = RecordingHeader(demo: own.demo.id, parameters: parameters)
    stage.send(.recordingBegan(header, path: "a.ndjson", isOfTheseLessons: true))
    #expect(stage.model.place == place)
  }

  @Test("A recording ends with the same screen as its run")
  func sameAsLive() throws {
    var live = try Stage(step: 1)
    try live.play(.producerConsumer(until: 2000), of: "producer-consumer")
    var stage = try Self.opened()
    for start in stride(from: 0, to: Self.events.count, by: 7) {
      let piece = Array(Self.events[start..<min(start + 7, Self.events.count)])
      stage.send(.recorded(piece, read: start, of: Self.events.count))
    }
    stage.send(.recordingEnded(nil))
    stage.press(.character("F"))
    #expect(stage.model.session?.state == live.model.session?.state)
    #expect(
      stage.model.session?.results().map(\.value) == live.model.session?.results().map(\.value))
    let rows = { (stage: Stage) in stage.lines.dropLast().map { $0.dropFirst(56) } }
    #expect(rows(stage) == rows(live))
  }

  @Test("A large recording is usable while it loads, and its progress is shown")
  func reading() throws {
    var stage = try Self.opened()
    stage.send(.recorded(Array(Self.events.prefix(50)), read: 40, of: 100))
    stage.press(.character("F"))
    #expect(stage.footer.contains("reading 40 %"))
    stage.press(.character(","), .character(","))
    #expect(stage.footer.contains("event 48 of 50"))
    stage.send(.recorded(Array(Self.events.dropFirst(50)), read: 100, of: 100))
    #expect(stage.model.session?.position == 48)
  }

  @Test("A cut recording is shown up to the cut, with a message")
  func cut() throws {
    var stage = try Self.opened()
    stage.send(.recorded(Array(Self.events.prefix(60)), read: 60, of: 60))
    stage.send(.recordingEnded("the recording is cut short after line 61"))
    #expect(stage.picture.contains("! the recording is cut short after line 61"))
    stage.wait(milliseconds: 5000)
    #expect(stage.model.session?.position == 60)
  }

  @Test("A recording of an unknown demo shows its name in safe characters")
  func foreign() throws {
    let header = RecordingHeader(demo: "no\u{1B}[31m-such", parameters: "x=1")
    var stage = try Self.opened(header)
    stage.send(.recorded(Self.events, read: 1, of: 1))
    stage.send(.recordingEnded(nil))
    stage.press(.character("F"))
    #expect(stage.model.session?.request.demo.parameters.isEmpty == true)
    #expect(!stage.picture.contains("\u{1B}"))
    #expect(stage.picture.contains("list_lock"))
  }

  @Test("R lists the recent runs with their changed parameters, and Enter opens one")
  func list() throws {
    var stage = try Stage(step: 2)
    stage.press(.character("R"))
    #expect(stage.effects == [.listRuns(.replay)])
    stage.send(.recentRuns([Self.recent("one"), Self.recent("two")], .replay))
    #expect(stage.picture.contains("producer-consumer  completed · 1.5 s · lock off"))
    #expect(stage.footer.contains("enter show it"))
    stage.press(.down, .enter)
    #expect(stage.effects == [.openRecording("two")])
    #expect(stage.model.layer == nil)
  }

  @Test("A key removes a run from the list in place, and the same key restores it")
  func removal() throws {
    var stage = try Stage(step: 2)
    stage.send(.recentRuns([Self.recent("one"), Self.recent("two")], .replay))
    stage.press(.down)
    #expect(stage.footer.contains("^X remove"))
    stage.press(.control("x"))
    #expect(stage.effects == [.removeRecording("two")])
    stage.send(.recordingMoved("two", isRemoved: true))
    #expect(stage.picture.contains("producer-consumer  · removed"))
    #expect(stage.picture.contains("removed; ^X restores it"))
    #expect(stage.footer.contains("^X restore") && !stage.footer.contains("show it"))
    stage.press(.enter)
    #expect(stage.effects.isEmpty && stage.model.layer != nil)
    stage.press(.control("x"))
    #expect(stage.effects == [.restoreRecording("two")])
    stage.send(.recordingMoved("two", isRemoved: false))
    #expect(!stage.picture.contains("· removed"))
    stage.press(.enter)
    #expect(stage.effects == [.openRecording("two")])
  }

  @Test("A removed run can be restored, but not opened")
  func removedEarlier() throws {
    var stage = try Stage(step: 2)
    let removed = RecentRun(
      path: "one", demo: "producer-consumer", parameters: "", started: "2026-11-25 14:05",
      duration: 1, outcome: .completed, isRemoved: true)
    stage.send(.recentRuns([removed], .replay))
    #expect(stage.picture.contains("1 run ") && stage.picture.contains("· removed"))
    stage.press(.enter)
    #expect(stage.effects.isEmpty)
    #expect(stage.picture.contains("! this run was removed; ^X restores it"))
  }

  @Test("Opening a recording stops the live run first")
  func whileLive() throws {
    var stage = try Stage(step: 2)
    try stage.play(.producerConsumer(until: 500), of: "producer-consumer")
    stage.send(.recentRuns([Self.recent("one")], .replay))
    stage.press(.enter)
    #expect(stage.effects == [.stop])
    var end = Event(.runFinish, seq: 10_000, time: 900_000_000)
    end.record[0] = RunOutcome.stopped.rawValue
    stage.send(.events([end]))
    #expect(stage.effects == [.stop, .openRecording("one")])
  }

  @Test("A message says that there is no run to open or to compare")
  func nothing() throws {
    var stage = try RewindTests.finished()
    stage.send(.recentRuns([], .replay))
    #expect(stage.model.layer == nil && stage.picture.contains("there are no recent runs"))
    stage.send(.recentRuns([Self.recent("other", demo: "pipe")], .compare))
    #expect(
      stage.model.layer == nil && stage.picture.contains("there is no other run of this demo"))
  }

  @Test("w asks for a name and writes all events so far to that file")
  func save() throws {
    var stage = try RewindTests.finished()
    stage.press(.character(","), .character("w"))
    #expect(stage.picture.contains("producer-consumer.ndjson"))
    stage.type("mine.ndjson")
    stage.press(.enter)
    guard case .save(let saved)? = stage.effects.first else {
      Issue.record("nothing was saved: \(stage.effects)")
      return
    }
    #expect(saved.path == "mine.ndjson" && saved.log.count == Self.events.count)
    stage.press(.character("w"), .control("u"), .enter)
    #expect(stage.effects.isEmpty && stage.picture.contains("! enter a file name"))
  }

  /// The comparison of a recording with a run.
  private static func other(
    _ path: String, _ events: some Sequence<Event>, beside first: EventLog,
    complaint: String? = nil
  ) -> OtherRun {
    var other = OtherRun(path: path)
    other.begin(header)
    for event in events { other.append(event) }
    other.compare(with: first, complaint: complaint)
    return other
  }

  @Test("A cut recording says that it is cut, and nothing about the time after it")
  func compareCut() throws {
    var stage = try RewindTests.finished()
    stage.send(.recentRuns([Self.recent("one")], .compare))
    stage.press(.enter)
    let own = try #require(stage.model.session?.log)
    stage.send(
      .comparison(
        Self.other("one", Self.events.prefix(60), beside: own, complaint: "it is cut short")))
    #expect(stage.picture.contains("As far as both go, all did the same, in the same order."))
    #expect(stage.picture.contains("The other is cut off after 60 events: later events are not"))
    #expect(stage.picture.contains("! it is cut short"))
    #expect(!stage.picture.contains("is over") && !stage.picture.contains("nothing"))
  }

  @Test("A comparison is dropped if another run is on the screen by then")
  func compareLate() throws {
    var stage = try RewindTests.finished()
    stage.send(.recentRuns([Self.recent("one")], .compare))
    stage.press(.enter)
    #expect(stage.picture.contains("reading and comparing the other run"))
    let own = try #require(stage.model.session?.log)
    let other = Self.other("one", Self.events, beside: own)
    stage.send(.recordingBegan(Self.header, path: "a.ndjson", isOfTheseLessons: true))
    stage.send(.comparison(other))
    #expect(stage.model.layer == nil)
  }

  @Test("A comparison covers no warning and lists the results of the other run")
  func compareBesideWarning() throws {
    var stage = try RewindTests.finished()
    stage.send(.recentRuns([Self.recent("one")], .compare))
    stage.press(.enter)
    stage.send(.warning("the disk is full"))
    let own = try #require(stage.model.session?.log)
    var result = Event(.result, seq: 10_000, time: 2_000_000_000, texts: ["total"])
    result.setValue(.number(3))
    stage.send(.comparison(Self.other("one", Self.events + [result], beside: own)))
    #expect(stage.model.notice?.text.contains("the disk is full") == true)
    guard case .comparison(let view) = stage.model.layer else {
      Issue.record("there is no comparison")
      return
    }
    #expect(view.second.results().map(\.name) == ["total"])
    #expect(view.second.results().map(\.value) == ["3"])
  }

  @Test(
    "Two runs side by side show what is equal, where the order differs, and both lanes",
    arguments: [(120, 40), (80, 24), (50, 15)])
  func compare(columns: Int, rows: Int) throws {
    var stage = try RewindTests.finished(columns, rows)
    stage.send(.recentRuns([Self.recent("one")], .compare))
    stage.press(.enter)
    let own = try #require(stage.model.session?.log)
    #expect(stage.effects == [.compare(ComparedRun(path: "one", log: own))])
    // In the other run nobody asks for the lock while it is held: the remove_thread came first.
    let events = Self.events.filter { $0.waitReason != .lock }
    stage.send(.comparison(Self.other("one", events, beside: own)))
    try KeptDrawing.expect(stage.picture, named: "comparison-\(columns)x\(rows)")
    stage.press(.escape)
    #expect(stage.model.layer == nil)
  }

  @Test("A speed change applies to the run and to the next run")
  func speed() throws {
    var stage = try Stage(step: 2)
    try stage.play(.producerConsumer(until: 500), of: "producer-consumer")
    stage.press(.character(")"))
    #expect(stage.effects == [.speed(.double)])
    stage.press(.character("("), .character("("))
    #expect(stage.effects == [.speed(.normal), .speed(.half)])
    stage.press(.character("("), .character("("))
    #expect(stage.picture.contains("! this is the slowest speed"))
    var measured = try Stage(lesson: 8, step: 1)
    try measured.play(.poolSizing(), of: "pool-sizing")
    measured.press(.character(")"))
    #expect(measured.effects.isEmpty)
  }

  @Test("The speed of the next run can be chosen before it starts, if it has delays")
  func speedBefore() throws {
    var stage = try Stage(step: 2)
    stage.press(.character(")"))
    #expect(stage.effects == [.speed(.double)])
    #expect(stage.picture.contains("the next run goes at twice its speed"))
    stage.send(.resized(Size(columns: 240, rows: 40)))
    stage.wait(milliseconds: 6000)
    #expect(stage.footer.contains("( ) speed 2×"))
    var measured = try Stage(lesson: 8, step: 1)
    measured.press(.character(")"))
    #expect(measured.effects.isEmpty)
    #expect(measured.picture.contains("has no delays"))
  }

  @Test("A speed change while looking back applies to the live run")
  func speedWhileLookingBack() throws {
    var stage = try Stage(step: 2)
    try stage.play(.producerConsumer(until: 500), of: "producer-consumer")
    stage.press(.character(","), .character(")"))
    #expect(stage.model.session?.isRewound == true && stage.effects == [.speed(.double)])
    #expect(stage.model.playbackSpeed == .own)
  }

  @Test("Playback has its own speed: any requested one, and then the usual ones")
  func playbackSpeed() throws {
    var stage = try Stage(lesson: 1, playbackSpeed: try #require(PlaybackSpeed(ratio: 3)))
    stage.send(.recordingBegan(Self.header, path: "a.ndjson", isOfTheseLessons: true))
    stage.send(.recorded(Self.events, read: 100, of: 100))
    stage.send(.recordingEnded(nil))
    #expect(stage.footer.contains("▶ 3× event"))
    stage.wait(milliseconds: 200)
    let time = stage.model.session?.time(at: stage.now) ?? 0
    #expect(time > 590_000_000 && time < 650_000_000)
    stage.press(.character(")"))
    #expect(stage.effects.isEmpty && stage.model.playbackSpeed == PlaybackSpeed(.quadruple))
    stage.press(.character("("), .character("("))
    #expect(stage.model.playbackSpeed == .own && stage.model.speed == .normal)
    #expect(PlaybackSpeed(ratio: 0.1)?.stepped(by: 1) == PlaybackSpeed(.quarter))
    #expect(PlaybackSpeed(ratio: 0.1)?.stepped(by: -1) == nil)
    #expect(PlaybackSpeed(ratio: 1000)?.stepped(by: 1) == .unlimited)
  }
}
