internal import Catalog
internal import Events
internal import LessonKit
internal import Testing

@testable import Plain
@testable import RunViews
@testable import Tutor

@Suite("Recordings in plain mode")
struct PlainRecordingsTests {
  private static let events = RunScript.producerConsumer(until: 1600).events
  private static let header = RecordingHeader(
    demo: "producer-consumer", parameters: "lock=off", engine: "native", version: "0.1.0",
    started: "2026-11-25T14:05:00Z")

  private static func recent(
    _ name: String, demo: String = "producer-consumer", outcome: RunOutcome? = .completed,
    fault: String? = nil
  ) -> RecentRun {
    RecentRun(
      path: name, demo: demo, parameters: demo == "producer-consumer" ? "lock=off" : "",
      started: "2026-11-25 14:05", duration: 1_500_000_000, outcome: outcome, events: 1_210,
      fault: fault)
  }

  /// A tutor that opens a recording without any events yet.
  private static func opened(_ header: RecordingHeader = header) throws -> PlainStage {
    var stage = try PlainStage(lesson: 1)
    stage.clear()
    stage.send(.message(.recordingBegan(header, path: "a.ndjson", isOfTheseLessons: true)))
    return stage
  }

  private static func read(_ events: some Sequence<Event>, _ read: Int) -> PlainInput {
    .message(.recorded(Array(events), read: read, of: 100))
  }

  @Test("A recording says its demo, the step that runs it and how it ended")
  func opens() throws {
    var stage = try Self.opened()
    #expect(stage.tutor.isBusy && !stage.tutor.isQuiet)
    #expect(
      stage.says("This is a recording of producer-consumer with lock off, of 2026-11-25 14:05.\n"))
    #expect(stage.says("Lesson 4: A producer and a consumer. Step 5 runs it; type again to"))
    stage.send(Self.read(Self.events, 100))
    #expect(!stage.says("appends"))
    stage.send(.message(.recordingEnded(nil)))
    #expect(!stage.tutor.isBusy && stage.says("1.500 s  The run has completed."))
    #expect(stage.says("remove_thread waited 3 times for list_lock") && stage.says("type play"))
    stage.type("first")
    #expect(stage.says("Event 1 of 121"))
    stage.type("timeline")
    #expect(stage.says("held list_lock 10 times"))
    stage.type("play")
    #expect(stage.says("Playing from event 2, "))
  }

  @Test("A recording that is opened at the start comes before any step")
  func start() throws {
    let fresh = try PlainStage()
    var tutor = fresh.tutor
    let answer = tutor.begin(recording: "a.ndjson")
    #expect(answer.lines.isEmpty && answer.effects.first == .openRecording("a.ndjson"))
    #expect(tutor.isBusy)
    let reported = tutor.handle(.message(.recordingEnded("a.ndjson: not a recording")))
    #expect(reported.lines.first?.text == "a.ndjson: not a recording.")
    #expect(!tutor.isBusy)
  }

  @Test("A cut or damaged recording is read up to the damage, with a message")
  func damaged() throws {
    var stage = try Self.opened()
    stage.send(Self.read(Self.events.prefix(60), 60))
    stage.send(.message(.recordingEnded("the recording is cut short after line 61")))
    #expect(stage.says("\nThe recording is cut short after line 61.\n"))
    #expect(stage.says("The recording ends before its run does."))
    stage.type("last")
    #expect(stage.says("Event 60 of 60"))
  }

  @Test("A recording of an unknown demo is described in safe characters")
  func foreign() throws {
    var stage = try PlainStage()
    let header = RecordingHeader(demo: "no\u{1B}[31m-such", parameters: "x=1")
    stage.send(.message(.recordingBegan(header, path: "b", isOfTheseLessons: false)))
    stage.send(Self.read(Self.events, 100))
    stage.send(.message(.recordingEnded(nil)))
    #expect(stage.says("Recorded with other lessons"))
    stage.type("event 30", "state", "play")
    #expect(!stage.said.contains("\u{1B}"))
  }

  @Test("A long recording answers questions while it loads and reports its progress")
  func progress() throws {
    var stage = try Self.opened()
    stage.clear()
    for read in 1...100 {
      stage.send(.message(.tick(now: UInt64(read) * 100_000_000)))
      stage.send(Self.read(Self.events.dropFirst(read - 1).prefix(1), read))
    }
    #expect(
      stage.lines == [20, 40, 60, 80].map { "\($0) percent of the recording has been read." })
    stage.type("back 50")
    #expect(stage.says("Event 50 of 100"))
    stage.send(.message(.recordingEnded(nil)))
    #expect(stage.says("The whole recording has been read: 100 events."))
    var short = try Self.opened()
    short.clear()
    for read in 1...100 {
      short.send(.message(.tick(now: UInt64(read) * 1_000_000)))
      short.send(Self.read(Self.events.dropFirst(read - 1).prefix(1), read))
    }
    #expect(short.said.isEmpty)
  }

  @Test("The recent runs are listed ten at a time, and a number opens one")
  func list() throws {
    var stage = try PlainStage()
    stage.type("recordings")
    #expect(stage.says("There are no recent runs: run starts one.") && stage.says("Choices:"))
    stage.recent = (1...12).map { Self.recent("\($0).ndjson") }
    stage.recent[1] = Self.recent("2.ndjson", outcome: nil, fault: "it is being written")
    stage.type("R")
    #expect(stage.says("12 recent runs, newest first:"))
    #expect(
      stage.says(
        "\n1 producer-consumer with lock off, of 2026-11-25 14:05, 1.5 seconds, 1,210 events, "
          + "completed.\n"))
    #expect(stage.says("\n2 ") && stage.says("cannot be shown: it is being written."))
    #expect(stage.says("\n10 ") && !stage.says("\n11 "))
    #expect(stage.says("Type a number to open one, Enter for the next ones, or back."))
    stage.type("")
    #expect(stage.says("\n11 ") && stage.says("\n12 ") && !stage.says("Enter for the next"))
    stage.type("13")
    #expect(stage.says("There is no number 13 in this list."))
    stage.type("2")
    #expect(stage.effects.isEmpty && stage.says("This run cannot be shown: it is being written."))
    stage.type("11")
    #expect(stage.effects == [.openRecording("11.ndjson")] && stage.tutor.isBusy)
  }

  @Test("Opening a recording stops the live run first")
  func openWhileLive() throws {
    var stage = try PlainStage(isScripted: false)
    stage.recent = [Self.recent("a.ndjson")]
    stage.type("1")
    stage.events(Array(Self.events.prefix(40)))
    stage.type("recordings", "1")
    #expect(stage.effects == [.listRuns(.replay), .stop])
    #expect(stage.says("Stopping the current run first."))
    stage.type()
    stage.events(Array(Self.events.dropFirst(40)))
    #expect(stage.effects.contains(.openRecording("a.ndjson")) && !stage.says("Choices:"))
  }

  @Test("A number removes a run from the list, and undo restores it")
  func remove() throws {
    var stage = try PlainStage()
    stage.recent = [Self.recent("a.ndjson"), Self.recent("b.ndjson")]
    stage.type("remove 1")
    #expect(stage.effects.isEmpty && stage.says("Type recordings first"))
    stage.type("undo")
    #expect(stage.effects.isEmpty && stage.says("No run was removed."))
    stage.type("recordings", "remove 2")
    #expect(stage.effects.last == .removeRecording("b.ndjson"))
    stage.send(.message(.recordingMoved("b.ndjson", isRemoved: true)))
    #expect(stage.says("Removed: producer-consumer with lock off, of 2026-11-25 14:05"))
    #expect(stage.says("type restore."))
    stage.type("2")
    #expect(
      stage.effects.isEmpty
        && stage.says("This run was removed; restore and its number restore it."))
    stage.type("remove 2")
    #expect(stage.effects.isEmpty && stage.says("already removed"))
    stage.type("put back 1")
    #expect(stage.effects.isEmpty && stage.says("That run was not removed."))
    stage.type("remove 3", "remove \(Int.min)", "remove x")
    #expect(stage.effects.isEmpty)
    stage.type("back", "put back")
    #expect(stage.effects == [.restoreRecording("b.ndjson")])
    stage.send(.message(.recordingMoved("b.ndjson", isRemoved: false)))
    #expect(stage.says("Restored: producer-consumer with lock off"))
    stage.type("put back")
    #expect(stage.effects.isEmpty && stage.says("No run was removed."))
  }

  @Test("A run is saved under the typed name, or under the name of its demo")
  func save() throws {
    var stage = try PlainStage(run: RunScript.events(of:))
    stage.type("save x")
    #expect(stage.effects.isEmpty && stage.says("Nothing has run."))
    stage.type("1")
    func path(_ stage: PlainStage) -> String? {
      if case .save(let run) = stage.effects.last { run.path } else { nil }
    }
    stage.type("save ~/My  Runs/One.ndjson")
    #expect(path(stage) == "~/My  Runs/One.ndjson" && stage.tutor.isBusy)
    stage.send(.message(.notice("saved 121 events to ~/My  Runs/One.ndjson")))
    #expect(stage.says("Saved 121 events to ~/My  Runs/One.ndjson.") && !stage.tutor.isBusy)
    stage.type("w", "")
    #expect(stage.says("Enter for producer-consumer.ndjson"))
    #expect(path(stage) == "producer-consumer.ndjson")
    stage.send(.message(.warning("a.ndjson is there already; choose another name")))
    #expect(stage.says("\na.ndjson is there already; choose another name.") && !stage.tutor.isBusy)
    stage.type("save", "other  one")
    #expect(path(stage) == "other  one")
    stage.type("save", "back")
    #expect(stage.effects.isEmpty && stage.says("Nothing was saved."))
    stage.type("save", "quit")
    #expect(stage.effects.last == .quit)
  }

  @Test("Sentences compare two runs: where they differ and how each continues")
  func compare() throws {
    var stage = try PlainStage(run: RunScript.events(of:))
    stage.type("compare")
    #expect(stage.says("Nothing has run."))
    stage.type("1", "compare")
    #expect(stage.says("There is no other run of this demo"))
    stage.recent = [Self.recent("f.ndjson", demo: "factorial"), Self.recent("a.ndjson")]
    stage.type("compare")
    #expect(stage.says("1 other run:\n1 producer-consumer") && !stage.says("factorial"))
    stage.type("1")
    let log = try #require(stage.tutor.model.session?.log)
    #expect(
      stage.effects == [.compare(ComparedRun(path: "a.ndjson", log: log))] && stage.tutor.isBusy)
    func comparison(_ events: [Event], complaint: String? = nil) -> PlainStage {
      var other = OtherRun(path: "a.ndjson")
      other.begin(Self.header)
      for event in events { other.append(event) }
      other.compare(with: log, complaint: complaint)
      var stage = stage
      stage.clear()
      stage.send(.message(.comparison(other)))
      return stage
    }
    let same = comparison(Self.events)
    #expect(same.says("This run: 1.5 seconds, 121 events, completed.\n"))
    #expect(same.says("The other run, of 2026-11-25 14:05: 1.5 seconds, 121 events, completed.\n"))
    #expect(same.says("All did the same, in the same order.") && !same.tutor.isBusy)
    #expect(same.tutor.model.layer == nil && same.says("Choices:"))
    let cut = comparison(Array(Self.events.prefix(60)), complaint: "the recording is cut short")
    #expect(cut.says("The other is cut off after 60 events"))
    #expect(cut.says("\nThe recording is cut short."))
    let other = comparison(RunScript.forestalled().events)
    #expect(other.says("The order differs after ") && other.says(" steps: here "))
    #expect(other.says(". There ") && !other.says("; there "))
    #expect(other.says("This run from there, event ") && other.says("The other run from there"))
    #expect(other.says("Only the other has "))
    // A thread that has not started yet has its later name, and an object is not an actor.
    #expect(other.says("here list_lock is a lock. There main spawns add_thread."))
    #expect(!other.says("actor 2") && !other.says("it list_lock is"))
  }
}
