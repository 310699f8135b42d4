import Events
import TestEvents
import Testing

@testable import Trace

@Suite("The narrator")
struct NarratorTests {
  static func last(_ script: Script) -> String {
    script.events.last.map { Narrator.detail($0, state: script.state) } ?? ""
  }

  @Test("An operation on a list shows the list's contents")
  func lists() {
    var script = Script(threads: "adder", "remover")
    script.append(Script.a, "0", size: 1)
    script.append(Script.a, "4", size: 2)
    #expect(Self.last(script) == "adder appends 4; shared is 0 4")
    script.remove(Script.b, "0", size: 1)
    script.remove(Script.b, "4", size: 0)
    #expect(Self.last(script) == "remover takes 4; shared is empty")
    for number in 1...20 { script.append(Script.a, "\(number)", size: Int64(number)) }
    #expect(
      Self.last(script)
        == "adder appends 20; shared is 1 2 3 4 5 6 … 15 16 17 18 19 20 (20)")
  }

  @Test("A wait shows the object, its holder and the length")
  func waits() {
    var script = Script(threads: "adder", "remover")
    script.acquire(Script.a)
    script.wait(Script.b, .lock, Script.lock)
    #expect(Self.last(script) == "remover waits for list_lock, held by adder")
    script.goOn(Script.b, .lock, Script.lock, waited: 25_000)
    #expect(Self.last(script) == "remover goes on after 25 µs")
    script.wait(Script.b, .queueGet, ObjectID(9), until: 1_500_000_000)
    #expect(
      Self.last(script) == "remover waits for something in object 9, until 1.500 s at most")
    script.goOn(Script.b, .queueGet, ObjectID(9), .timeout, waited: 1_500_000_000)
    #expect(Self.last(script) == "remover gives up waiting for object 9 after 1.5 s")
    script.at(100)
    script.wait(Script.b, .sleep, until: 100_100_000)
    #expect(Self.last(script) == "remover sleeps for 100 ms")
    script.wait(.main, .join, for: Script.a)
    #expect(Self.last(script) == "main waits for adder to end")
    script.wait(.main, .join, for: Script.c)
    #expect(Self.last(script) == "main waits for C to end")
  }

  @Test("Tasks, processes, exceptions and results are described")
  func others() {
    var script = Script(threads: "worker-1")
    script.task(.taskFinish, Script.a, 3, "9")
    #expect(Self.last(script) == "worker-1 finishes task 3: 9")
    script.add(.processSpawn, .main, numbers: [3])
    #expect(Self.last(script) == "main spawns B")
    script.add(.processExit, Script.b, numbers: [nil, 9])
    #expect(Self.last(script) == "actor 3 is killed by signal 9")
    script.add(.exceptionRaise, Script.a, texts: ["IndexError", "pop from\nempty list"])
    #expect(Self.last(script) == "worker-1 raises IndexError: pop from empty list")
    script.add(.measure, .main, texts: ["wall", "ns"], value: "1800000")
    #expect(Self.last(script) == "main measures wall: 1.8 ms")
    script.add(.output, .main, texts: ["5 6 7\n"])
    #expect(Self.last(script) == "main prints 5 6 7")
    script.finish()
    #expect(Self.last(script) == "the run is over: completed")
  }

  @Test("Operations on all primitives are described")
  func primitives() {
    var script = Script(threads: "a", "b")
    let thing = ObjectID(6)
    func says(_ text: String, _ kind: EventKind, _ numbers: [Int64?] = [], value: String? = nil) {
      script.add(kind, Script.a, thing, numbers: numbers, value: value)
      #expect(Self.last(script) == "a " + text)
    }
    func waits(_ text: String, _ reason: WaitReason) {
      script.wait(Script.b, reason, thing)
      #expect(Self.last(script) == "b waits for " + text)
      script.goOn(Script.b, reason, thing)
    }
    script.name(thing, "thing", "semaphore")
    says("takes a permit of thing, 1 left", .lockAcquire, [nil, 1])
    waits("a permit of thing", .semaphore)
    says("gives a permit of thing back, 2 left", .lockRelease, [nil, 2])
    script.name(thing, "thing", "rlock")
    says("acquires thing", .lockAcquire, [1])
    says("acquires thing again, and holds it 2 times", .lockAcquire, [2])
    says("releases thing once, and still holds it once", .lockRelease, [1])
    says("releases thing", .lockRelease, [0])
    script.name(thing, "thing", "condition")
    says("notifies thing", .conditionNotify)
    waits("a notification of thing", .condition)
    waits("thing to be set", .event)
    waits("the others at thing", .barrier)
    waits("the other end of thing", .pipe)
    says("sends 42 into thing", .pipeSend, value: "42")
    says("receives 42 from thing", .pipeReceive, value: "42")
    script.add(.measure, .main, texts: ["2 workers: cores used", "/100"], numbers: [197])
    #expect(Self.last(script) == "main measures 2 workers, cores used: 1.97")
    script.add(.measure, .main, texts: ["in turn: memory", "B"], numbers: [1_048_576])
    #expect(Self.last(script) == "main measures in turn, memory: 1.0 MB")
    script.add(.result, .main, texts: ["shown", "a sentence that is long enough to be cut"])
    #expect(Self.last(script) == "main has shown a sentence that is long enough to be cut")
  }

  @Test("Spoken sentences are complete without a screen")
  func spoken() {
    var script = Script(threads: "adder", "remover")
    func sentence() -> String {
      script.events.last.map { Narrator.sentence($0, state: script.state) } ?? ""
    }
    script.append(Script.a, "0", size: 1)
    script.append(Script.a, "4", size: 2)
    #expect(sentence() == "adder appends 4. The list is 0, 4.")
    script.remove(Script.b, "0", size: 1)
    script.remove(Script.b, "4", size: 0)
    #expect(sentence() == "remover takes 4. The list is empty.")
    for number in 1...1204 { script.append(Script.a, "\(number)", size: Int64(number)) }
    #expect(
      sentence() == "adder appends 1204. The list has 1,204 values, from 1, 2 to 1204.")
    script.wait(Script.b, .sleep, until: Int64(script.time) + 1_001_000)
    #expect(sentence() == "remover sleeps for 1 millisecond.")
    script.add(.output, .main, texts: ["is it over?\n"])
    #expect(sentence() == "main prints: is it over?")
    script.finish()
    #expect(sentence() == "The run is over: completed.")
  }

  @Test("The end of a wait shows its length and the holder")
  func waited() throws {
    var script = Script(threads: "adder", "remover")
    script.acquire(Script.a)
    script.wait(Script.b, .lock, Script.lock)
    script.goOn(Script.b, .lock, Script.lock, waited: 25_000)
    let end = try #require(script.events.last)
    #expect(
      Narrator.waited(end, holder: Script.a, state: script.state)
        == "remover waited 25 microseconds for list_lock, held by adder.")
    script.goOn(Script.b, .lock, Script.lock, .timeout, waited: 1_000_000_000)
    let last = try #require(script.events.last)
    #expect(
      Narrator.waited(last, holder: nil, state: script.state)
        == "remover waited 1 second for list_lock, and gave up.")
  }

  @Test("Every kind of event has a description for any content", arguments: EventKind.allCases)
  func everyKind(_ kind: EventKind) {
    var random = RandomEvents(seed: UInt64(kind.rawValue) + 1000)
    let state = Script(threads: "a").state
    for _ in 0..<100 {
      let event = random.event(kind)
      let detail = Narrator.detail(event, state: state)
      #expect(!detail.isEmpty)
      #expect(kind == .unknown || !detail.contains(" \(kind.name)") || !kind.name.contains("."))
      let sentence = Narrator.sentence(event, state: state)
      #expect(sentence.last.map { ".!?:…".contains($0) } == true, "\(sentence)")
    }
  }

  @Test("Huge values are shortened to their ends and their length")
  func abbreviation() {
    let factorial = "9" + String(repeating: "1", count: 156) + "0"
    #expect(ValueText.abbreviated("12345", limit: 5) == "12345")
    #expect(ValueText.abbreviated(factorial, limit: 9) == "9111…1110 (158 digits)")
    #expect(ValueText.abbreviated("-" + factorial, limit: 9) == "-911…1110 (158 digits)")
    let short = ValueText.abbreviated(factorial, limit: 24)
    #expect(ValueText.fitted(short, to: 22) == "9111…1110 (158 digits)")
    #expect(ValueText.fitted(short, to: 21) == "9111…110 (158 digits)")
    #expect(ValueText.fitted(short, to: 80) == short && ValueText.fitted(short, to: 9) == short)
    #expect(ValueText.fitted("plain text", to: 4) == "plain text")
    #expect(ValueText.abbreviated("ab\tcdefghij", limit: 5) == "ab…ij (11 characters)")
    #expect(ValueText.abbreviated("a\tb") == "a b")
    let once = ValueText.abbreviated(factorial)
    #expect(ValueText.abbreviated(once) == once && once.hasSuffix("(158 digits)"))
    #expect(ValueText.abbreviated("漢字漢字", limit: 4) == "漢字漢字")
    #expect(ValueText.abbreviated("abcdef", limit: -1) == "a…f (6 characters)")
  }

  @Test("Durations have suitable units")
  func durations() {
    let texts = [
      0, 999, 1_000, 25_400, 99_960, 1_800_000, 149_990_000, 999_400_000, 999_999_999,
      1_500_000_000, .min,
    ]
    .map(ValueText.duration)
    #expect(
      texts == [
        "0 ns", "999 ns", "1 µs", "25.4 µs", "100 µs", "1.8 ms", "150 ms", "999 ms", "1 s", "1.5 s",
        "-9223372037 s",
      ])
  }
}
