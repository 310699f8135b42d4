internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import RunViews
internal import Testing
internal import Trace

@testable import Plain
@testable import Tutor

@Suite("Moving through a run in plain mode")
struct PlainTimeTests {
  private static let events = RunScript.producerConsumer(until: 1600).events

  /// A tutor with a finished run of producer-consumer.
  private static func finished() throws -> PlainStage {
    var stage = try PlainStage { _ in events }
    stage.type("1")
    return stage
  }

  /// A tutor with the first events of a run of producer-consumer.
  private static func live(_ count: Int) throws -> PlainStage {
    var stage = try PlainStage(isScripted: false)
    stage.type("1")
    stage.events(Array(events.prefix(count)))
    return stage
  }

  @Test("A moment is described by its event, its line of code and its state")
  func moment() throws {
    var stage = try Self.finished()
    stage.type("search add_thread appends 4")
    #expect(
      stage.lines.dropFirst().prefix(7) == [
        "Event 52 of 121, at 0.500 s: add_thread appends 4. The list is 3, 4.",
        "Line 19: shared_list.append(i).",
        "The list is 3, 4.",
        "list_lock is held by add_thread.",
        "add_thread, thread 4711, is running, and holds list_lock. "
          + "It is at line 19: shared_list.append(i).",
        "remove_thread, thread 4712, is asleep. It is at line 25: time.sleep(remove_delay).",
        "main, thread 4710, waits for add_thread to end. It is at line 40: remove_thread.start().",
      ], "\(stage.said)")
    #expect(stage.says("You are looking back. Type back, forward, ") && stage.says("Choices: 1 "))
    stage.type("event")
    #expect(stage.says("Event 52 of 121, ") && !stage.says("You are looking back."))
  }

  @Test("Each moment follows from the events up to it")
  func everyMoment() throws {
    var stage = try Self.finished()
    var fold = RunFold()
    for (index, event) in Self.events.enumerated() {
      fold.apply(event)
      stage.type("event \(index + 1)")
      var now = fold
      now.adoptNames(from: stage.tutor.model.session?.log.state ?? fold.state)
      #expect(stage.says("Event \(index + 1) of 121, at "))
      #expect(stage.says(Narrator.sentence(event, state: now.state)))
      for object in now.state.objects where object.form == .list {
        #expect(stage.lines.contains(Narrator.contents(of: object, in: now.state) + "."))
      }
    }
  }

  @Test("Back and on move by one event or by a number of events, up to the ends")
  func steps() throws {
    var stage = try Self.finished()
    for (line, place) in [
      ("back", 120), (",", 119), ("back 9", 110), ("on", 111), (".", 112), ("on 3", 115),
      ("one step", 116), ("first", 1), ("event 40", 40), ("go to event 41", 41),
      ("on 9223372036854775807", 121), ("back 9223372036854775807", 1), ("at 0.5", 54),
      ("at 500 ms", 54), ("at 99s", 121), ("at 0", 12), ("at 0.00001", 2), ("last", 121),
      ("back", 120), ("F", 121),
      ("back", 120), ("follow", 121), ("back", 120), ("live", 121), ("events", 121), ("44", 44),
    ] {
      stage.type(line)
      #expect(
        line == "events" || stage.says("Event \(place) of 121, at "), "\(line): \(stage.said)")
      #expect(stage.tutor.model.session?.position == place, "\(line)")
    }
    stage.type("first", "back")
    #expect(stage.says("This is the run's first event.\n"))
    stage.type("last", "on")
    #expect(stage.says("This is the newest event; back goes back.\n"))
    for line in ["event 0", "event 122", "event \(Int.min)", "event \(Int.max)"] {
      stage.type(line)
      #expect(stage.says("The run's events are 1 to 121."), "\(line)")
    }
    for line in ["back x", "back 0", "on -1", "at noon", "at", "event x"] {
      stage.type(line)
      #expect(stage.says("is not a valid command."), "\(line)")
    }
  }

  @Test("Back closes an open list first, and moves in the run only if no list is open")
  func lists() throws {
    var stage = try Self.finished()
    stage.type("contents", "back")
    #expect(stage.tutor.hint == nil && !stage.tutor.isLookingBack)
    stage.type("contents", "back 2")
    #expect(stage.says("Event 119 of 121"))
    var idle = try PlainStage()
    idle.type("back")
    #expect(idle.says("Choices:"))
    for line in ["on", "first", "last", "event", "event 3", "at 1", "search x", "play", "why"] {
      idle.type(line)
      #expect(idle.says("Nothing has run.") && idle.effects.isEmpty, "\(line)")
    }
    idle.type("next match")
    #expect(idle.says("Search for something first") && idle.effects.isEmpty)
  }

  @Test("A live run continues while the learner looks back, and new events are counted")
  func live() throws {
    var stage = try Self.live(60)
    stage.type("back 10")
    #expect(stage.says("Event 50 of 60") && stage.says("The run continues; type last"))
    #expect(stage.tutor.isBusy && stage.tutor.isQuiet && stage.tutor.isLookingBack)
    stage.events(Array(Self.events[60..<90]))
    #expect(stage.said.isEmpty)
    stage.type("on")
    #expect(stage.says("Event 51 of 90") && !stage.says("The run continues"))
    stage.type("")
    #expect(stage.effects.isEmpty && stage.says("You are looking back."))
    stage.type("last")
    #expect(stage.says("Meanwhile 30 events happened.\nEvent 90 of 90"))
    #expect(stage.says("The run is reported again from here."))
    stage.events(Array(Self.events[90..<110]))
    #expect(stage.says("add_thread appends 9."))
    stage.type("pause", "back")
    #expect(stage.says("The run stays paused; type last"))
  }

  @Test("The end of a live run is reported immediately, and its results on return")
  func endMeanwhile() throws {
    var stage = try Self.live(60)
    stage.type("back")
    stage.events(Array(Self.events[60...]))
    #expect(stage.said == "The run has ended. Type last to hear its end.\n")
    stage.type("last")
    #expect(stage.says("Meanwhile 61 events happened.\n1.500 s  The run has completed."))
    #expect(stage.says("10 values went in, 10 came out"))
    stage.type("back", "last")
    #expect(!stage.says("The run has completed."))
  }

  @Test("A finding is reported at any moment, and again at its own moment")
  func findings() throws {
    var stage = try PlainStage(isScripted: false)
    let events = RunScript.deadlock().events
    stage.type("1")
    stage.events(Array(events.prefix(10)))
    stage.type("back")
    stage.events(Array(events.dropFirst(10)))
    #expect(stage.says("Found, deadlock: "))
    stage.type("finding")
    #expect(stage.says("No problem was found up to event 9 of "))
    stage.type("last")
    #expect(stage.says("Found here, deadlock: "))
  }

  @Test("The state, the results and the code belong to the current moment")
  func questions() throws {
    var stage = try Self.finished()
    stage.type("at 0.5", "state")
    #expect(stage.says("At 0.500 s of the run, after event 54 of 121:\nThe list is 3, 4."))
    stage.type("results")
    #expect(stage.says("The run has no results up to event 54 of 121."))
    stage.type("code")
    #expect(stage.says("remove_thread is at line 25."))
    // The lanes show the whole run.
    stage.type("timeline")
    #expect(stage.says("add_thread: from 0.000 s to 1.000 s"))
  }

  @Test("Words are found in the events in both directions, past the end and in any order")
  func search() throws {
    var stage = try Self.finished()
    stage.type("search Appends ADDER")
    #expect(stage.says("No event of this run contains \"Appends ADDER\"."))
    for (line, sentence) in [
      ("search appends add_thread", "add_thread appends 0."),
      ("next match", "add_thread appends 1."),
      ("next match", "add_thread appends 2."), ("previous match", "add_thread appends 1."),
      (
        "search remove_thread waits",
        "0.300 s: remove_thread waits for list_lock, held by add_thread."
      ),
      ("next match", "0.600 s: remove_thread waits for list_lock, held by add_thread."),
    ] {
      stage.type(line)
      #expect(stage.says(sentence) && stage.says("Event "), "\(line): \(stage.said)")
    }
    stage.type("search the run is over", "next match")
    #expect(stage.says("Event 121 of 121"))
    stage.type("search appends 9", "next match")
    #expect(stage.says("This is the only event that contains \"appends 9\"."))
    stage.type("first", "previous match")
    #expect(
      stage.says("The search wrapped to the last event.\n") && stage.says(": add_thread appends 9.")
    )
    stage.type("search appends add_thread", "next match")
    #expect(
      stage.says("The search wrapped to the first event.\n")
        && stage.says(": add_thread appends 0."))
    stage.type("search")
    #expect(stage.says("Search needs words"))
    var other = try Self.finished()
    other.type("next match")
    #expect(other.says("Search for something first"))
  }

  @Test("A wait leads to the event that ended it, with the length of the wait")
  func why() throws {
    var stage = try Self.finished()
    stage.type("why")
    #expect(stage.says("Go to a moment at which a thread waits first"))
    stage.type("search remove_thread waits for list_lock", "why")
    #expect(
      stage.says(
        "This ended the wait of remove_thread: it waited 50 microseconds for list_lock.\nEvent ")
    )
    #expect(stage.says("add_thread releases list_lock."))
    stage.type("why remove_thread")
    #expect(
      stage.says("Here the wait of remove_thread ends")
        || stage.says("This ended the wait of remove_thread"))
    stage.type("search add_thread sleeps", "why ADD_THREAD")
    #expect(stage.says("Here add_thread wakes after it slept for 99.9 milliseconds."))
    stage.type("why zebra")
    #expect(
      stage.says("There is no thread \"zebra\" here; there are add_thread, remove_thread and main.")
    )
    stage.type("why add_thread")
    #expect(stage.says("add_thread is not waiting here."))
    stage.type("g")
    #expect(stage.says("Name a thread, as in why remove_thread: here remove_thread and main"))
    stage.type("why main")
    #expect(stage.says("This ended the wait of main: it waited") && stage.says("add_thread ends."))
    stage.type("first", "why")
    #expect(stage.says("No thread is waiting here."))
    var live = try Self.live(30)
    live.type("back", "why main")
    #expect(live.says("main is still waiting."))
  }

  @Test("The speed can be shown and changed for the next run, a live run and playback")
  func speed() throws {
    var stage = try PlainStage(isScripted: false)
    stage.type("speed")
    #expect(stage.says("A run with delays goes at its own speed."))
    #expect(stage.says("speed and one of 0.25, 0.5, 1, 2, 4 and max"))
    stage.type("speed 2")
    #expect(stage.effects == [.speed(.double)])
    #expect(stage.says("The next run goes at twice its speed."))
    stage.type("faster")
    #expect(stage.effects == [.speed(.quadruple)])
    stage.type("speed max", ")")
    #expect(stage.effects == [.speed(.unlimited)] && stage.says("This is the fastest speed."))
    stage.type("1")
    stage.events(Array(Self.events.prefix(40)))
    stage.type("speed 0.25", "slower")
    #expect(stage.effects == [.speed(.quarter)] && stage.says("This is the slowest speed."))
    #expect(stage.says("The run now goes at a quarter of its speed."))
    stage.events(Array(Self.events.dropFirst(40)))
    stage.type("back", "speed 4")
    #expect(stage.effects.isEmpty && stage.says("The playback now runs at four times its speed."))
    stage.type("slower", "speed")
    #expect(stage.says("Playing goes at twice its speed."))
    stage.type("speed 3")
    #expect(stage.says("is not a valid command.") && stage.says("speed 2 sets it"))
    var still = try PlainStage(lesson: 7)
    still.type("faster", "speed 2")
    #expect(still.effects.isEmpty)
    #expect(still.says("factorial has no delays to speed up or slow down."))
  }

  @Test("A finished run plays in its own time, Enter pauses it, and it ends with its results")
  func play() throws {
    var stage = try Self.finished()
    stage.send(.message(.tick(now: 1_000)))
    #expect(stage.tutor.nextDeadline == nil)
    stage.type("event 40", "play")
    #expect(stage.says("Playing from event 41, at its own speed."))
    #expect(stage.tutor.isBusy && !stage.tutor.isQuiet)
    var now: UInt64 = 1_000
    func wait(_ stage: inout PlainStage, milliseconds: UInt64) {
      stage.clear()
      let end = now + milliseconds * 1_000_000
      while let due = stage.tutor.nextDeadline, due <= end {
        now = due
        stage.send(.message(.tick(now: now)))
      }
      now = end
    }
    wait(&stage, milliseconds: 230)
    #expect(stage.lines.first == "0.400 s  add_thread appends 3. The list is 2, 3.")
    #expect(stage.lines.last == "0.600 s  remove_thread takes 3. The list is 4, 5.")
    stage.type("")
    #expect(stage.says("Paused at event ") && !stage.tutor.isBusy)
    wait(&stage, milliseconds: 500)
    #expect(stage.said.isEmpty)
    stage.type("play")
    wait(&stage, milliseconds: 5_000)
    #expect(stage.says("add_thread appends 6. ") && !stage.says("appends 5."))
    #expect(stage.says("1.500 s  The run has completed.") && stage.says("Choices: 1 "))
    #expect(!stage.tutor.isBusy && !stage.tutor.isLookingBack)
    var live = try Self.live(60)
    live.type("play")
    #expect(live.says("The run is still live") && live.effects.isEmpty)
  }
}
