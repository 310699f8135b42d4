import TestEvents
import Testing

@testable import Events

@Suite("An event as a line of JSON")
struct JSONTests {
  @Test("has its header, its kind's fields in the order of the table, and its line")
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

  @Test("writes words as words")
  func words() {
    var script = Script(threads: "a")
    script.wait(Script.a, .queueGet, Script.list)
    #expect(script.events.last?.json().contains(#""for":"queue.get""#) == true)
  }

  @Test("escapes quotes, backslashes and every control character")
  func escapes() throws {
    let event = Event(.output, texts: ["\"\\\n\u{0}\u{7F}\u{9B}é"])
    #expect(event.json().contains(#""text":"\"\\\u000a\u0000\u007f\u009bé""#))
  }

  @Test("reads back as the same event, whatever its kind holds", arguments: EventKind.allCases)
  func roundTrip(_ kind: EventKind) throws {
    var random = RandomEvents(seed: UInt64(kind.rawValue))
    for _ in 0..<200 {
      var event = random.event(kind)
      // An unknown event is its line.
      if kind == .unknown { event = try FlatLineScanner.event(in: event.json()) }
      let line = event.json()
      #expect(!line.utf8.contains(10))
      #expect(try FlatLineScanner.event(in: line) == event)
    }
  }

  @Test("takes a value for a number only if its digits are the number's own form")
  func values() {
    let numbers = ["0", "7", "-5", "9223372036854775807", "-9223372036854775808"]
    let texts = [
      "", "-", "-0", "+7", "07", "7 ", "1e3", "9223372036854775808", "٣", "99999999999999999999",
    ]
    #expect(numbers.allSatisfy { EventValue($0) != .text($0) && EventValue($0).text == $0 })
    #expect(texts.allSatisfy { EventValue($0) == .text($0) })
  }
}

@Suite("A line of JSON as an event")
struct FlatLineScannerTests {
  static let header = #""seq":1,"t":2,"pid":3,"tid":4,"actor":5"#

  @Test("may have its fields in any order, with spaces between")
  func order() throws {
    let event = try FlatLineScanner.event(
      in: "  { \"value\" : \"4\" , \"size\":3,\"kind\":\"list.append\", \(Self.header)}\r\n")
    #expect(event.value == "4")
    #expect(event.size == 3)
    #expect(event.seq == 1)
  }

  @Test("may have fields that the schema lacks, arrays and objects too")
  func skipping() throws {
    let event = try FlatLineScanner.event(
      in: #"{"x":[1,{"y":"]}\""},[]],"kind":"output","#
        + #""z":-1.5e+3,"text":"hi","w":null,"v":true,"\#(Self.header.dropFirst())}"#)
    #expect(event.output == "hi")
  }

  @Test("may escape what it likes, field names and surrogate pairs included")
  func escapes() throws {
    let event = try FlatLineScanner.event(
      in: #"{"k\u0069nd":"output","text":"\ud83d\ude00\/\b\f\n\r\t\u00e9\ud83d","# + Self.header
        + "}")
    #expect(event.output == "😀/\u{8}\u{C}\n\r\té\u{FFFD}")
  }

  @Test("keeps a kind of a newer schema and writes it out as it came")
  func unknownKind() throws {
    let line = "{\(Self.header),\"kind\":\"fiber.start\",\"object\":9,\"more\":{\"a\":[1]}}"
    let event = try FlatLineScanner.event(in: line + "\n")
    #expect(event.kind == .unknown)
    #expect(event.seq == 1)
    #expect(event.actor == ActorID(5))
    #expect(event.object == ObjectID(9))
    #expect(event.json() == line)
  }

  @Test("keeps a word of a newer schema likewise")
  func unknownWord() throws {
    let line = "{\(Self.header),\"kind\":\"wait.begin\",\"for\":\"rwlock\"}"
    #expect(try FlatLineScanner.event(in: line).json() == line)
  }

  @Test(
    "says what is wrong and at which byte",
    arguments: [
      ("", FlatLineError.Problem.unfinished, 1),
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
    ] as [(String, FlatLineError.Problem, Int)])
  func errors(_ line: String, _ problem: FlatLineError.Problem, _ column: Int) {
    #expect(throws: FlatLineError(problem: problem, column: column)) {
      try FlatLineScanner.event(in: line)
    }
  }

  @Test("says the same whether it stands as it is written here or otherwise")
  func shortWay() {
    var random = RandomEvents(seed: 9)
    for round in 0..<40_000 {
      let kind = EventKind.allCases[round % EventKind.allCases.count]
      let own = Array(random.event(kind).json().utf8)
      let line = round % 2 == 0 ? own : random.mutated(own)
      // A space before it, and the line is none of this program's own.
      #expect(Self.reading(line) == Self.reading([0x20] + line, shift: 1))
    }
    let null = "{\(Self.header),\"kind\":\"queue.put\",\"value\":null}"
    #expect(Self.reading(Array(null.utf8)) == Self.reading(Array(" \(null)".utf8), shift: 1))
  }

  /// The event, or what is wrong with a line that stands some columns further on.
  private static func reading(_ line: [UInt8], shift: Int = 0) -> Result<Event, FlatLineError> {
    do throws(FlatLineError) {
      return .success(try FlatLineScanner.event(in: line.span))
    } catch {
      return .failure(FlatLineError(problem: error.problem, column: error.column - shift))
    }
  }

  @Test("never stops the program, whatever the bytes are")
  func fuzz() {
    var random = RandomEvents(seed: 42)
    var read = 0
    for round in 0..<20_000 {
      let kind = EventKind.allCases[round % EventKind.allCases.count]
      let bytes =
        round % 4 == 0 ? random.bytes() : random.mutated(Array(random.event(kind).json().utf8))
      guard let event = try? FlatLineScanner.event(in: bytes.span) else { continue }
      read += 1
      #expect((try? FlatLineScanner.event(in: event.json())) == event)
    }
    #expect(read > 1000)
  }
}
