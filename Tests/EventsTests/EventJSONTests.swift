import TestEvents
import Testing

@testable import Events

@Suite("An event as a line of JSON")
struct EventJSONTests {
  @Test("A line has the header, the kind's fields in table order, and the listing's line")
  func shape() {
    var event = Event(
      .listAppend, seq: 17, time: 100_312_456, pid: 4711, tid: 4713, actor: ActorID(2),
      object: ObjectID(5), line: 11)
    event.setValue(EventValue("4"))
    event.record[1] = 3
    #expect(
      event.json()
        == #"{"seq":17,"t":100312456,"pid":4711,"tid":4713,"actor":2,"kind":"list.append","#
        + #""object":5,"value":"4","size":3,"line":11}"#)
  }

  @Test("A closed vocabulary is written as words")
  func words() {
    var script = Script(threads: "a")
    script.wait(Script.a, .queueGet, Script.list)
    #expect(script.events.last?.json().contains(#""for":"queue.get""#) == true)
  }

  @Test("Quotes, backslashes and all control characters are escaped")
  func escapes() throws {
    let event = Event(.output, texts: ["\"\\\n\u{0}\u{7F}\u{9B}é"])
    #expect(event.json().contains(#""text":"\"\\\u000a\u0000\u007f\u009bé""#))
  }

  @Test("Marks that change the direction of a line are escaped, and read back the same")
  func directions() throws {
    let text = "a\u{200E}b\u{200F}c\u{2028}d\u{202E}e\u{2066}f\u{2069}g\u{2026}h\u{2065}\u{202F}"
    let event = Event(.output, seq: 1, time: 1, pid: 1, tid: 1, texts: [text])
    let line = event.json()
    #expect(line.contains(#""text":"a\u200eb\u200fc\u2028d\u202ee\u2066f\u2069g…h"#))
    #expect(try EventLineScanner.event(in: line).output == text)
  }

  @Test("Any event reads back the same", arguments: EventKind.allCases)
  func roundTrip(_ kind: EventKind) throws {
    var random = RandomEvents(seed: UInt64(kind.rawValue))
    for _ in 0..<200 {
      var event = random.event(kind)
      // An unknown event consists of its line.
      if kind == .unknown { event = try EventLineScanner.event(in: event.json()) }
      let line = event.json()
      #expect(!line.utf8.contains(10))
      #expect(try EventLineScanner.event(in: line) == event)
    }
  }

  @Test("A value is a number only if it has the number's decimal form")
  func values() {
    let numbers = ["0", "7", "-5", "9223372036854775807", "-9223372036854775808"]
    let texts = [
      "", "-", "-0", "+7", "07", "7 ", "1e3", "9223372036854775808", "٣", "99999999999999999999",
    ]
    #expect(numbers.allSatisfy { EventValue($0) != .text($0) && EventValue($0).text == $0 })
    #expect(texts.allSatisfy { EventValue($0) == .text($0) })
  }
}

@Suite("Reading an event from a line of JSON")
struct EventLineScannerTests {
  static let header = #""seq":1,"t":2,"pid":3,"tid":4,"actor":5"#

  @Test("Fields may be in any order, with spaces between them")
  func order() throws {
    let event = try EventLineScanner.event(
      in: "  { \"value\" : \"4\" , \"size\":3,\"kind\":\"list.append\", \(Self.header)}\r\n")
    #expect(event.value == "4")
    #expect(event.size == 3)
    #expect(event.seq == 1)
  }

  @Test("The last of two values counts, and is written")
  func twoValues() throws {
    for (first, last) in [("\"x\"", "\"4\""), ("\"4\"", "\"x\""), ("\"4\"", "\"5\"")] {
      func line(_ before: String) -> String {
        "{\(Self.header),\"kind\":\"list.append\",\(before)\"value\":\(last)}"
      }
      let event = try EventLineScanner.event(in: line("\"value\":\(first),"))
      #expect(event == (try EventLineScanner.event(in: line(""))))
      #expect(event.json() == line(""))
    }
  }

  @Test("Unknown fields are skipped, including arrays and objects")
  func skipping() throws {
    let event = try EventLineScanner.event(
      in: #"{"x":[1,{"y":"]}\""},[]],"kind":"output","#
        + #""z":-1.5e+3,"text":"hi","w":null,"v":true,"\#(Self.header.dropFirst())}"#)
    #expect(event.output == "hi")
  }

  @Test("Any text may be escaped, including field names and surrogate pairs")
  func escapes() throws {
    let event = try EventLineScanner.event(
      in: #"{"k\u0069nd":"output","text":"\ud83d\ude00\/\b\f\n\r\t\u00e9\ud83d","# + Self.header
        + "}")
    #expect(event.output == "😀/\u{8}\u{C}\n\r\té\u{FFFD}")
  }

  @Test("A kind of a newer schema is kept and written as it was read")
  func unknownKind() throws {
    let line = "{\(Self.header),\"kind\":\"fiber.start\",\"object\":9,\"more\":{\"a\":[1]}}"
    let event = try EventLineScanner.event(in: line + "\n")
    #expect(event.kind == .unknown)
    #expect(event.seq == 1)
    #expect(event.actor == ActorID(5))
    #expect(event.object == ObjectID(9))
    #expect(event.json() == line)
  }

  @Test("A word of a newer schema is kept and written as it was read")
  func unknownWord() throws {
    let line = "{\(Self.header),\"kind\":\"wait.begin\",\"for\":\"rwlock\"}"
    #expect(try EventLineScanner.event(in: line).json() == line)
  }

  @Test(
    "An error names the problem and the byte",
    arguments: [
      ("", EventLineError.Problem.unfinished, 1),
      ("[]", .expected("{"), 1),
      ("{\"seq\":1", .unfinished, 9),
      ("{\"seq\":1}", .missing(field: "t"), 10),
      ("{\"seq\":-1}", .outOfRange(field: "seq"), 8),
      ("{\"seq\":1.5}", .outOfRange(field: "seq"), 8),
      ("{\"seq\":18446744073709551616}", .outOfRange(field: "seq"), 8),
      ("{\"pid\":2147483648}", .outOfRange(field: "pid"), 8),
      ("{\"line\":65536}", .outOfRange(field: "line"), 9),
      ("{\"t\":01}", .expected("an integer without leading zeros for t"), 6),
      ("{\"t\":\"1\"}", .expected("an integer for t"), 6),
      ("{\"kind\":7}", .expected("a kind"), 9),
      ("{\"a\":\"\u{1}\"}", .controlCharacter, 7),
      ("{\"kind\":\"\\x\"}", .badEscape, 10),
      ("{\"kind\":\"\\ud8\"}", .badEscape, 10),
      ("{\"a\":1} x", .expected("the end of the line"), 9),
      ("{\"a\":" + String(repeating: "[", count: 40), .tooDeep, 38),
    ] as [(String, EventLineError.Problem, Int)])
  func errors(_ line: String, _ problem: EventLineError.Problem, _ column: Int) {
    #expect(throws: EventLineError(problem: problem, column: column)) {
      try EventLineScanner.event(in: line)
    }
  }

  @Test("The fast path and the general path give the same result")
  func fastPath() {
    var random = RandomEvents(seed: 9)
    for round in 0..<10_000 {
      let kind = EventKind.allCases[round % EventKind.allCases.count]
      let own = Array(random.event(kind).json().utf8)
      let line = round % 2 == 0 ? own : random.mutated(own)
      // A leading space makes a line take the general path.
      #expect(Self.reading(line) == Self.reading([0x20] + line, shift: 1))
    }
    let null = "{\(Self.header),\"kind\":\"queue.put\",\"value\":null}"
    #expect(Self.reading(Array(null.utf8)) == Self.reading(Array(" \(null)".utf8), shift: 1))
  }

  /// The event or the error of a line that is shifted by some columns.
  private static func reading(_ line: [UInt8], shift: Int = 0) -> Result<Event, EventLineError> {
    do throws(EventLineError) {
      return .success(try EventLineScanner.event(in: line.span))
    } catch {
      return .failure(EventLineError(problem: error.problem, column: error.column - shift))
    }
  }

  @Test("No bytes crash the scanner")
  func fuzz() {
    var random = RandomEvents(seed: 42)
    var read = 0
    for round in 0..<8_000 {
      let kind = EventKind.allCases[round % EventKind.allCases.count]
      let bytes =
        round % 4 == 0 ? random.bytes() : random.mutated(Array(random.event(kind).json().utf8))
      guard let event = try? EventLineScanner.event(in: bytes.span) else { continue }
      read += 1
      #expect((try? EventLineScanner.event(in: event.json())) == event)
    }
    #expect(read > 400)
  }
}
