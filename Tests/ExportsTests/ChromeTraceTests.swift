import Events
import ExportChecks
import TestEvents
import TestNumbers
import Testing

@testable import Exports

@Suite("The Chrome trace")
struct ChromeTraceTests {
  static func check(_ events: [Event]) -> ChromeCheck {
    ChromeCheck(ExportFormat.chrome.bytes(of: events))
  }

  /// The names of the objects with a phase and a category.
  private func names(_ check: ChromeCheck, _ phase: String, _ category: String) -> [String] {
    check.events.filter { $0["ph"]?.string == phase && $0["cat"]?.string == category }
      .compactMap { $0["name"]?.string }
  }

  /// The first names of the rows, in order.
  private func rows(_ check: ChromeCheck) -> [String] {
    var named: Set<Int> = []
    return check.events.filter { event in
      guard event["name"]?.string == "thread_name", let row = event["tid"]?.integer else {
        return false
      }
      return named.insert(row).inserted
    }
    .compactMap { $0["args"]?["name"]?.string }
  }

  /// The last name of the run's row, which viewers show.
  private func lastNameOfRun(_ check: ChromeCheck) -> String? {
    let names = check.events.filter { $0["name"]?.string == "thread_name" }
    let run = names.first { $0["args"]?["name"]?.string == "run" }?["tid"]?.integer
    return names.last { $0["tid"]?.integer == run }?["args"]?["name"]?.string
  }

  @Test("A run without events is a trace without events")
  func nothing() {
    let check = Self.check([])
    #expect(check.problems == [])
    #expect(check.events.isEmpty)
    #expect(check.about?["outcome"]?.string == "unknown: the run's last event is missing")
  }

  @Test("Each actor has a row with its letter and name, its life, waits and sleeps")
  func actors() {
    let check = Self.check(Script.adderAndRemover().events)
    #expect(check.problems == [])
    #expect(rows(check) == ["run", "main", "A adder", "B remover", "list_lock"])
    #expect(
      names(check, "B", "life").filter { $0 != "starting" } == [
        "thread main", "thread adder", "thread remover",
      ])
    #expect(names(check, "B", "wait") == ["waits for list_lock"])
    #expect(names(check, "B", "sleep") == ["sleeps"])
    #expect(names(check, "B", "hold") == ["A adder", "B remover"])
  }

  @Test("Arrows lead from a spawn to the start, and from a release to the next acquire")
  func arrows() {
    let check = Self.check(Script.adderAndRemover().events)
    #expect(names(check, "s", "flow") == ["spawn", "spawn", "release"])
    #expect(names(check, "f", "flow") == ["spawn", "spawn", "release"])
  }

  @Test("No arrow leads to an actor that acquires its own released lock again")
  func ownRelease() {
    var script = Script(threads: "a")
    for _ in 0..<2 {
      script.acquire(Script.a)
      script.release(Script.a)
    }
    #expect(names(Self.check(script.events), "s", "flow") == ["spawn"])
  }

  @Test("A task is a slice with an arrow from its submission, and a pool counts its waiting tasks")
  func tasks() {
    var script = Script(threads: "worker")
    script.task(.taskSubmit, .main, 1)
    script.task(.taskSubmit, .main, 2)
    script.task(.taskStart, Script.a, 1)
    script.task(.taskFail, Script.a, 1)
    script.task(.taskCancel, .main, 2)
    script.finish()
    let check = Self.check(script.events)
    #expect(check.problems == [])
    #expect(names(check, "B", "task") == ["submits task 1", "submits task 2", "task 1"])
    #expect(names(check, "s", "flow") == ["spawn", "task"])
    let counts = check.events.filter { $0["ph"]?.string == "C" }
      .compactMap { $0["args"]?["queued"]?.integer }
    #expect(counts == [1, 2, 1, 0])
  }

  @Test("Events with the same time are in order, a nanosecond apart")
  func sameTime() {
    var script = Script(threads: "a", "b")
    script.at(50)
    for _ in 0..<20 {
      for actor in [Script.a, Script.b] {
        script.acquire(actor)
        script.append(actor, "1", size: 1)
        script.remove(actor, "1", size: 0)
        script.release(actor)
      }
    }
    let events = script.events.map { event in
      var event = event
      event.record.time = 50_000
      return event
    }
    let check = Self.check(events)
    #expect(check.problems == [])
    #expect(names(check, "B", "hold").count == 40)
  }

  @Test("A reentrant lock shows each inner acquire within the first")
  func reentrant() {
    var script = Script(threads: "a")
    script.acquire(Script.a, depth: 1)
    script.acquire(Script.a, depth: 2)
    script.release(Script.a, depth: 1)
    script.release(Script.a, depth: 0)
    let check = Self.check(script.events)
    #expect(check.problems == [])
    #expect(names(check, "B", "hold") == ["A a", "A a again (2)"])
  }

  @Test("A lock that another actor releases is free")
  func releasedByAnother() {
    var script = Script(threads: "a", "b")
    script.acquire(Script.a)
    script.release(Script.b)
    script.acquire(Script.b)
    let check = Self.check(script.events)
    #expect(check.problems == [])
    #expect(names(check, "B", "hold") == ["A a", "B b"])
  }

  @Test("Each holder of a semaphore has a row, and the holders are counted")
  func semaphore() {
    var script = Script(threads: "a", "b", "c")
    let permits = ObjectID(6)
    script.name(permits, "permits", "semaphore")
    for (actor, left) in [(Script.a, 1), (Script.b, 0)] {
      script.add(.lockAcquire, actor, permits, numbers: [nil, Int64(left)])
    }
    script.add(.lockRelease, Script.a, permits, numbers: [nil, 1])
    script.add(.lockAcquire, Script.c, permits, numbers: [nil, 0])
    let check = Self.check(script.events)
    #expect(check.problems == [])
    #expect(rows(check).suffix(2) == ["permits 1", "permits 2"])
    #expect(names(check, "B", "hold") == ["A a", "B b", "C c"])
    let inside = check.events.compactMap { $0["args"]?["inside"]?.integer }
    #expect(inside == [1, 2, 1, 2])
  }

  @Test("A later thread with a reused thread ID has its own row")
  func numbersAgain() {
    var script = Script(threads: "first", "second")
    script.add(.threadExit, Script.a)
    script.amend { $0.record.tid = 7 }
    let events = script.events.map { event in
      var event = event
      if event.actor != .main { event.record.tid = 7 }
      return event
    }
    let check = Self.check(events)
    #expect(check.problems == [])
    #expect(rows(check).filter { $0 != "run" } == ["main", "A first", "B second"])
  }

  @Test("A later process with a reused process ID is a separate process")
  func processesAgain() {
    var script = Script()
    for child in [Script.a, Script.b] {
      script.add(.processSpawn, .main, numbers: [Int64(child.rawValue)])
      script.add(.actorName, child, texts: ["worker-1", "process"])
      script.amend { $0.record.pid = 200 }
      script.add(.processStart, child)
      script.amend { $0.record.pid = 200 }
      script.add(.processExit, child, numbers: [0])
      script.amend { $0.record.pid = 200 }
    }
    let check = Self.check(script.events)
    #expect(check.problems == [])
    let processes = check.events.filter { $0["name"]?.string == "process_name" }
    #expect(
      processes.compactMap { $0["args"]?["name"]?.string } == [
        "demo", "A worker-1", "A worker-1",
      ])
    #expect(Set(processes.compactMap { $0["pid"]?.integer }).count == 3)
  }

  @Test("Findings and changes of the clock are in the run's row")
  func findings() {
    var script = Script(threads: "a", "b")
    script.add(.runSpeed, .main, numbers: [RunSpeed.half.rawValue])
    script.add(.runPause, .main)
    script.add(.runResume, .main)
    script.acquire(Script.a)
    script.acquire(Script.b, Script.other)
    script.wait(Script.a, .lock, Script.other)
    script.wait(Script.b, .lock, Script.lock)
    let check = Self.check(script.events)
    #expect(check.problems == [])
    #expect(names(check, "i", "finding") == ["deadlock"])
    #expect(
      names(check, "i", "clock") == [
        "the run goes on at half its speed", "the run is paused", "the run goes on",
      ])
  }

  @Test("Output, results, exceptions and losses are instants, and the trace shows the total loss")
  func instants() {
    var script = Script(threads: "a")
    script.add(.output, Script.a, texts: ["hello \"you\"\n"])
    script.add(.exceptionRaise, Script.a, texts: ["IndexError", "pop from an empty list"])
    script.add(.result, .main, texts: ["sum"], value: "7")
    script.add(.loss, Script.a, numbers: [3])
    script.finish()
    let check = Self.check(script.events)
    #expect(check.problems == [])
    #expect(names(check, "i", "output") == ["hello \"you\""])
    #expect(names(check, "i", "exception") == ["raises IndexError"])
    #expect(names(check, "i", "result") == ["sum"])
    #expect(names(check, "i", "loss") == ["loss"])
    #expect(check.about?["lost"]?.integer == 3)
    let labels = check.events.first { $0["name"]?.string == "process_labels" }
    #expect(labels?["args"]?["labels"]?.string == "3 events were lost")
    #expect(lastNameOfRun(check) == "run: 3 events were lost")
  }

  @Test("A null character does not cut a text")
  func nullCharacter() {
    var script = Script(threads: "a\0b")
    script.add(.output, Script.a, texts: ["one\0two\n"])
    let check = Self.check(script.events)
    #expect(rows(check).contains("A a\u{FFFD}b"))
    let output = check.events.first { $0["cat"]?.string == "output" }
    #expect(output?["args"]?["text"]?.string == "one\u{FFFD}two\n")
  }

  @Test("The run's row says what is missing")
  func missingParts() {
    var script = Script(threads: "a")
    #expect(lastNameOfRun(Self.check(script.events)) == "run: its end is missing")
    script.add(.loss, Script.a, numbers: [1])
    #expect(
      lastNameOfRun(Self.check(script.events))
        == "run: 1 event was lost, its end is missing")
    var whole = Script(threads: "a")
    whole.finish()
    #expect(lastNameOfRun(Self.check(whole.events)) == "run")
  }

  @Test("The memory of each process is a counter, which ends at 0")
  func memory() {
    var script = Script()
    for child in [Script.a, Script.b] {
      let change = { (event: inout Event) in event.record.pid = Int32(200 + child.index) }
      script.add(.processSpawn, .main, numbers: [Int64(child.rawValue)])
      script.add(.actorName, child, texts: ["worker", "process"])
      script.amend(change)
      script.add(.processStart, child)
      script.amend(change)
      script.add(.sample, child, numbers: [1, 0, 4096])
      script.amend(change)
    }
    script.add(.processExit, Script.a, numbers: [0])
    script.amend { $0.record.pid = 202 }
    let check = Self.check(script.events)
    #expect(check.problems == [])
    let counters = check.events.filter { $0["ph"]?.string == "C" }
    #expect(counters.compactMap { $0["name"]?.string } == ["memory", "memory", "memory"])
    #expect(counters.compactMap { $0["pid"]?.integer } == [202, 203, 202])
    #expect(counters.compactMap { $0["args"]?["bytes"]?.integer } == [4096, 4096, 0])
  }

  @Test("Measures over time and sizes are counters with unique names in a process")
  func counters() {
    var script = Script(threads: "a")
    script.name(ObjectID(6), "shared", "list")
    script.append(Script.a, "4", size: 1)
    script.add(.listAppend, Script.a, ObjectID(6), numbers: [nil, 1], value: "5")
    script.add(.measure, .main, texts: ["memory over time", "B"], value: "4096")
    script.add(.measure, .main, texts: ["memory over time", "B"], value: "-1")
    let check = Self.check(script.events)
    #expect(check.problems == [])
    let counters = check.events.filter { $0["ph"]?.string == "C" }
    #expect(
      counters.compactMap { $0["name"]?.string } == [
        "shared", "shared #6", "memory over time", "memory over time",
      ])
  }

  @Test("A run that is cut off anywhere is a valid trace")
  func cut() {
    let events = Script.adderAndRemover().events
    for count in events.indices {
      #expect(Self.check(Array(events.prefix(count))).problems == [], "after \(count) events")
    }
  }

  @Test("A run with missing events is a valid trace", arguments: 1...20)
  func missing(_ seed: UInt64) {
    var random = Seeded(seed)
    var script = Script.adderAndRemover()
    for number in Int64(1)...20 {
      script.task(.taskSubmit, .main, number)
      script.task(.taskStart, Script.a, number)
      script.wait(Script.a, .sleep)
      script.acquire(Script.b, depth: 1)
      script.acquire(Script.b, depth: 2)
      script.goOn(Script.a, .sleep)
      script.release(Script.b, depth: 1)
      script.task(.taskFinish, Script.a, number)
      script.release(Script.b, depth: 0)
    }
    let events = script.events.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
    #expect(Self.check(events).problems == [])
  }

  @Test("Random events make a valid trace", arguments: 1...40)
  func anything(_ seed: UInt64) {
    var random = RandomEvents(seed: seed)
    var numbers = Seeded(seed)
    let events = (0..<300).map { _ in
      var event = random.event(EventKind.allCases.randomElement(using: &numbers) ?? .output)
      // Some events share a few actors and objects.
      if Bool.random(using: &numbers) {
        event.record.actor = UInt32.random(in: 0...5, using: &numbers)
        event.record.object = UInt32.random(in: 0...5, using: &numbers)
        event.record.time %= 1_000
        event.record.pid = Int32.random(in: -1...3, using: &numbers)
      }
      return event
    }
    #expect(Self.check(events).problems == [])
  }

  @Test("Writing event by event gives the same trace")
  func streaming() {
    let events = Script.adderAndRemover().events
    var trace = ChromeTrace()
    var pieces: [[UInt8]] = []
    for event in events {
      var piece: [UInt8] = []
      trace.append(event, to: &piece)
      pieces.append(piece)
    }
    var last: [UInt8] = []
    trace.finish(to: &last)
    #expect(Array(pieces.joined()) + last == ExportFormat.chrome.bytes(of: events))
    #expect(pieces.filter { !$0.isEmpty }.count > events.count / 2)
  }
}
