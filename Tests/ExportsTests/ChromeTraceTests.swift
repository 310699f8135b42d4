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

  /// The names of the objects of one phase and category.
  private func names(_ check: ChromeCheck, _ phase: String, _ category: String) -> [String] {
    check.events.filter { $0["ph"]?.string == phase && $0["cat"]?.string == category }
      .compactMap { $0["name"]?.string }
  }

  /// What the rows are called first, in the order in which they are named.
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

  /// What the run's row is called in the end, which is what viewers show.
  private func lastNameOfRun(_ check: ChromeCheck) -> String? {
    let names = check.events.filter { $0["name"]?.string == "thread_name" }
    let run = names.first { $0["args"]?["name"]?.string == "run" }?["tid"]?.integer
    return names.last { $0["tid"]?.integer == run }?["args"]?["name"]?.string
  }

  @Test("A run of which nothing is known is a trace without events")
  func nothing() {
    let check = Self.check([])
    #expect(check.problems == [])
    #expect(check.events.isEmpty)
    #expect(check.about?["outcome"]?.string == "unknown: the run's last event is missing")
  }

  @Test("Each actor has a row by its letter and name, with its life, its waits and its sleeps")
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

  @Test("Arrows lead from a spawn to the start, and from a release to the next who acquires")
  func arrows() {
    let check = Self.check(Script.adderAndRemover().events)
    #expect(names(check, "s", "flow") == ["spawn", "spawn", "release"])
    #expect(names(check, "f", "flow") == ["spawn", "spawn", "release"])
  }

  @Test("Who acquires again what it has released itself is led to by no arrow")
  func ownRelease() {
    var script = Script(threads: "a")
    for _ in 0..<2 {
      script.acquire(Script.a)
      script.release(Script.a)
    }
    #expect(names(Self.check(script.events), "s", "flow") == ["spawn"])
  }

  @Test("A task is a slice with an arrow from its submission, and a pool counts what waits")
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

  @Test("What has one time in the run stands side by side, a nanosecond apart, in its order")
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

  @Test("A reentrant lock shows each further acquire within the first")
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

  @Test("A lock that another one releases is free after that")
  func releasedByAnother() {
    var script = Script(threads: "a", "b")
    script.acquire(Script.a)
    script.release(Script.b)
    script.acquire(Script.b)
    let check = Self.check(script.events)
    #expect(check.problems == [])
    #expect(names(check, "B", "hold") == ["A a", "B b"])
  }

  @Test("Each that is inside a semaphore has a row, and how many there are is counted")
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

  @Test("A later thread to which the kernel gives a number again has a row of its own")
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

  @Test("A later process to which the kernel gives a number again is a process of its own")
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
        "demo", "A worker-1", "B worker-1",
      ])
    #expect(Set(processes.compactMap { $0["pid"]?.integer }).count == 3)
  }

  @Test("What the events prove, and what the run's clock does, stands in the run's own row")
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

  @Test("Output, results, exceptions and loss are instants, and loss is told of the whole")
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
    #expect(labels?["args"]?["labels"]?.string == "3 events could not be kept")
    #expect(lastNameOfRun(check) == "run: 3 events could not be kept")
  }

  @Test("A null character cuts no text short")
  func nullCharacter() {
    var script = Script(threads: "a\0b")
    script.add(.output, Script.a, texts: ["one\0two\n"])
    let check = Self.check(script.events)
    #expect(rows(check).contains("A a\u{FFFD}b"))
    let output = check.events.first { $0["cat"]?.string == "output" }
    #expect(output?["args"]?["text"]?.string == "one\u{FFFD}two\n")
  }

  @Test("The run's row says what is missing, since Perfetto shows no label and nothing else")
  func missingParts() {
    var script = Script(threads: "a")
    #expect(lastNameOfRun(Self.check(script.events)) == "run: its end is missing")
    script.add(.loss, Script.a, numbers: [1])
    #expect(
      lastNameOfRun(Self.check(script.events))
        == "run: 1 event could not be kept, its end is missing")
    var whole = Script(threads: "a")
    whole.finish()
    #expect(lastNameOfRun(Self.check(whole.events)) == "run")
  }

  @Test("The memory of each process is a counter of its own process, until that has ended")
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

  @Test("Numbers over time and sizes are counters, of which no two of a process have one name")
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

  @Test("A run that is cut off anywhere is a trace in which all that was open has ended")
  func cut() {
    let events = Script.adderAndRemover().events
    for count in events.indices {
      #expect(Self.check(Array(events.prefix(count))).problems == [], "after \(count) events")
    }
  }

  @Test("A run of which events are missing is a trace all the same", arguments: 1...20)
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

  @Test("Events of any kind with anything in them make a trace", arguments: 1...40)
  func anything(_ seed: UInt64) {
    var random = RandomEvents(seed: seed)
    var numbers = Seeded(seed)
    let events = (0..<300).map { _ in
      var event = random.event(EventKind.allCases.randomElement(using: &numbers) ?? .output)
      // Some of them among few actors, so that they meet.
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

  @Test("What is written piece by piece is what is written at once")
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
