import Events
import TestEvents
import Testing

@testable import Exports

@Suite("The transcript")
struct TranscriptTests {
  static func lines(_ events: [Event]) -> [String] {
    String(decoding: ExportFormat.text.bytes(of: events), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("A run is told from what it is of to how it ended, each sentence with moment and letter")
  func whole() {
    var script = Script(threads: "adder", "remover")
    script.at(100)
    script.acquire(Script.a)
    script.append(Script.a, "4", size: 1)
    script.wait(Script.b, .lock, Script.lock)
    script.release(Script.a)
    script.goOn(Script.b, .lock, Script.lock, waited: 25_000)
    script.add(.output, Script.b, texts: ["took nothing\n"])
    script.add(.result, .main, texts: ["sum"], value: "7")
    script.add(.result, .main, texts: ["shown", "all went well"])
    script.finish()
    #expect(
      Self.lines(script.events) == [
        "demo", "with n=1", "2 cores, engine native, lockstep 1.0", "",
        "  0.000009  A  adder starts.",
        "  0.000012  B  remover starts.",
        "  0.000100  A  adder acquires list_lock.",
        "  0.000101  A  adder appends 4; shared is 4.",
        "  0.000102  B  remover waits for list_lock, held by adder.",
        "  0.000103  A  adder releases list_lock.",
        "  0.000104  B  remover goes on after 25 µs.",
        "  0.000105  B  remover prints: took nothing",
        "  0.000106  ·  main gives sum: 7.",
        "  0.000108  ·  the run is over: completed.", "",
        "sum = 7", "Shown: all went well.", "Over after 108 µs: completed.", "No event was lost.",
        "",
      ])
  }

  @Test("A finding stands where it becomes certain")
  func finding() {
    var script = Script(threads: "a", "b")
    script.acquire(Script.a)
    script.acquire(Script.b, Script.other)
    script.wait(Script.a, .lock, Script.other)
    script.wait(Script.b, .lock, Script.lock)
    script.finish(.deadlocked)
    let lines = Self.lines(script.events)
    let found = lines.filter { $0.contains("  !  ") }
    #expect(
      found == [
        "  0.000016  !  b waits for list_lock, held by a; a waits for other_lock, held by b: "
          + "neither can go on."
      ])
    let place = lines.firstIndex { $0.contains("b waits for list_lock, held by a.") } ?? 0
    #expect(lines[place + 1] == found.first)
  }

  @Test("Loss, a missing beginning and a missing end are told")
  func incomplete() {
    var script = Script(threads: "a")
    script.add(.loss, Script.a, numbers: [3])
    let lines = Self.lines(Array(script.events.dropFirst()))
    #expect(lines.first == "A run whose beginning is missing")
    #expect(
      lines.suffix(3) == [
        "Told up to 10 µs; the run's end is missing.", "3 events could not be kept.", "",
      ])
  }

  @Test("Each sentence is one line, whatever the run's texts hold")
  func oneLine() {
    var script = Script(threads: "a\nb")
    script.add(.output, Script.a, texts: ["one\ntwo\n"])
    script.add(.exceptionRaise, Script.a, texts: ["Error", "of\nmany\r\nlines"])
    let lines = Self.lines(script.events)
    #expect(lines.contains("  0.000010  A  a b prints: one two"))
    #expect(lines.count == 12)
  }

  @Test("A picture is shown once, as it was in the end, and not row by row")
  func picture() {
    var script = Script()
    for (row, text) in [(2, "cd"), (1, "xx"), (1, "ab")] {
      script.add(.result, .main, texts: ["row \(row)"], value: text)
    }
    let lines = Self.lines(script.events)
    #expect(
      lines.filter { ["The picture:", "ab", "cd", "xx"].contains($0) } == [
        "The picture:", "ab", "cd",
      ])
    #expect(!lines.contains { $0.contains("row") })
  }

  @Test("Events of any kind with anything in them make a transcript", arguments: 1...20)
  func anything(_ seed: UInt64) {
    var random = RandomEvents(seed: seed)
    let events = EventKind.allCases.map { random.event($0) }
    #expect(Self.lines(events).allSatisfy { !$0.utf8.contains { $0 < 0x20 } })
  }
}
