import TestEvents
import TestNumbers
import Testing

@testable import Events

/// A recording that was read to its end.
private struct Reading {
  var reader = RecordingReader()
  var events: [Event] = []
  var end: RecordingEnd?

  /// Reads bytes in pieces of a given size.
  init(_ bytes: [UInt8], piece: Int = .max) throws(RecordingError) {
    var start = 0
    while start < bytes.count {
      let end = piece < bytes.count - start ? start + piece : bytes.count
      try reader.take(bytes.span.extracting(start..<end), into: &events)
      start = end
    }
    end = try reader.finish(into: &events)
  }

  init(_ text: String, piece: Int = .max) throws(RecordingError) {
    try self.init(Array(text.utf8), piece: piece)
  }
}

@Suite("A recording")
struct RecordingTests {
  static let header = RecordingHeader(
    demo: "producer-consumer", parameters: "items=10 add-delay=100ms", engine: "native",
    version: "0.1.0", lessons: "a1b2", system: "Linux 6.1 x86_64", processor: "A \"fast\" one",
    cores: 2, started: "2026-11-25T14:05:00Z")

  static var script: [Event] {
    var script = Script(threads: "producer", "consumer")
    script.wait(Script.a, .queueGet, Script.list)
    script.add(.output, Script.a, texts: ["added 0\n"])
    script.finish()
    return script.events
  }

  static func bytes(_ header: RecordingHeader? = header, _ events: [Event] = script) -> [UInt8] {
    var bytes: [UInt8] = []
    if let header {
      header.writeJSON(to: &bytes)
      bytes.append(10)
    }
    for event in events {
      event.writeJSON(to: &bytes)
      bytes.append(10)
    }
    return bytes
  }

  static func fields(_ seq: Int) -> String {
    #"{"seq":\#(seq),"t":0,"pid":1,"tid":1,"actor":1,"kind":"#
  }

  @Test("The header is one line of JSON that begins with the version of the format")
  func headerLine() {
    #expect(
      Self.header.json()
        == #"{"recording":1,"demo":"producer-consumer","parameters":"items=10 add-delay=100ms","#
        + #""engine":"native","version":"0.1.0","lessons":"a1b2","system":"Linux 6.1 x86_64","#
        + #""processor":"A \"fast\" one","cores":2,"started":"2026-11-25T14:05:00Z"}"#)
  }

  @Test("A recording reads back the same in pieces of any size", arguments: [1, 7, 64, 4096])
  func pieces(size: Int) throws {
    let reading = try Reading(Self.bytes(), piece: size)
    #expect(reading.reader.header == Self.header)
    #expect(reading.events == Self.script)
    #expect(reading.end == .whole)
    #expect(reading.reader.lines == Self.script.count + 1)
    #expect(reading.reader.bytes == Self.bytes().count)
    #expect(reading.reader.lastSeq == Self.script.last?.seq)
  }

  @Test("A header may have its fields in any order, and unknown fields")
  func looseHeader() throws {
    let reading = try Reading(
      "\u{FEFF}{ \"cores\" : 4, \"more\":{\"a\":[1]}, \"demo\":\"x\\u001b\", \"system\":null, "
        + "\"recording\":1}\r\n")
    #expect(reading.reader.header == RecordingHeader(demo: "x\u{1B}", cores: 4))
    #expect(reading.end == .cut(line: 1))
  }

  @Test("A recording that is cut at any byte is read up to its last complete event")
  func cuts() throws {
    let bytes = Self.bytes()
    let headerLength = Self.header.json().utf8.count
    for length in 0..<bytes.count {
      let part = Array(bytes[..<length])
      guard length >= headerLength else {
        #expect(throws: RecordingError.self) { try Reading(part) }
        continue
      }
      // A line is complete with its last brace; it needs no line ending.
      let ends = bytes.indices.filter { bytes[$0] == 10 && $0 <= length }.count
      let reading = try Reading(part, piece: 50)
      #expect(reading.events == Array(Self.script.prefix(ends - 1)), "\(length)")
      let isWhole = ends == Self.script.count + 1
      #expect(reading.end == (isWhole ? .whole : .cut(line: ends)), "\(length)")
    }
  }

  @Test("A recording without a header may begin with any event of the run")
  func headless() throws {
    let events = Self.script
    let reading = try Reading(Self.bytes(nil))
    #expect(reading.events == events && reading.end == .whole)
    #expect(reading.reader.header == RecordingHeader(from: events[0]))
    let tail = try Reading(Self.bytes(nil, Array(events[5...])))
    #expect(tail.events == Array(events[5...]) && tail.end == .whole)
    #expect(tail.reader.header == RecordingHeader())
  }

  @Test("Reading stops at a line that is not an event, and reports the line and its problem")
  func damage() throws {
    let events = Self.script
    func after(_ count: Int, _ line: String) throws -> RecordingEnd? {
      let rest = Self.bytes(nil, Array(events[count...]))
      let reading = try Reading(
        Self.bytes(Self.header, Array(events[..<count])) + Array("\(line)\n".utf8) + rest)
      #expect(reading.events == Array(events[..<count]))
      return reading.end
    }
    let problem = EventLineError(problem: .expected("{"), column: 1)
    #expect(try after(3, "oops") == .damaged(line: 5, .noEvent(problem)))
    #expect(
      try after(3, events[1].json())
        == .damaged(line: 5, .outOfOrder(seq: events[1].seq, after: events[2].seq)))
    #expect(try after(3, Self.header.json()) == .damaged(line: 5, .anotherRecording))
    let number = events.count
    let later = Self.fields(1000) + "\"output\"}"
    #expect(try after(number, later) == .damaged(line: number + 2, .afterTheEnd))
  }

  @Test("Empty lines and other systems' line endings are no damage")
  func looseLines() throws {
    let text = String(decoding: Self.bytes(), as: UTF8.self)
    let reading = try Reading(
      text.split(separator: "\n").joined(separator: "\r\n\r\n") + "\r\n \n")
    #expect(reading.events == Self.script && reading.end == .whole)
  }

  @Test("A time that goes back is no damage, because the number is the order")
  func time() throws {
    var events = Self.script
    events[2].record.time = 1 << 40
    let reading = try Reading(Self.bytes(Self.header, events))
    #expect(reading.events == events && reading.end == .whole)
  }

  @Test("Blanks before the header are no damage, in pieces of any size", arguments: [1, 7, 64])
  func blanksAtStart(piece: Int) throws {
    let blanks = Array(repeating: UInt8(ascii: " "), count: 40)
    let whole = try Reading(blanks + Self.bytes())
    #expect(whole.reader.header == Self.header)
    #expect(whole.events == Self.script)
    let read = try Reading(blanks + Self.bytes(), piece: piece)
    #expect(read.events == whole.events && read.end == whole.end)
    #expect(throws: RecordingError.notARecording(found: "it is empty")) {
      try Reading(blanks, piece: piece)
    }
  }

  @Test("A newer format is refused, and the message says what to do")
  func newer() {
    for text in [#"{"recording":2,"demo":["a"]}"#, "{\"recording\":2}\n"] {
      #expect(throws: RecordingError.newer(format: 2)) { try Reading(text) }
    }
    #expect("\(RecordingError.newer(format: 2))".contains("update lockstep"))
  }

  @Test(
    "The error for another kind of file says what the file is",
    arguments: [
      ("", "empty"), ("\n\n", "empty"), ("  \n", "empty"), ("hello\n", "text"),
      ("\u{1}\u{2}", "binary"), ("\u{0}", "binary"), ("PK\u{3}\u{4}", "zip"), ("[1]\n", "array"),
      ("<svg>", "markup"), ("{\"traceEvents\":[]}", "Chrome trace"), ("{}\n", "neither a header"),
      ("{\"recording\":0}\n", "recording is out of range"), ("{\"recording\":\"1\"}\n", "integer"),
      ("{\"recording\":1,\"de", "ends too early"), ("{\"kind\":\"output\"}\n", "no seq"),
      ("{\"recording\":1,\"cores\":-1}\n", "cores is out of range"),
    ])
  func foreign(text: String, word: String) {
    let error = #expect(throws: RecordingError.self) { try Reading(text, piece: 20) }
    #expect("\(error as Any)".contains(word), "\(error as Any)")
  }

  @Test("Compressed and binary files are recognised by their first bytes")
  func binary() {
    for start: [UInt8] in [[0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], [0xFF, 0xFE], [0]] {
      var reader = RecordingReader()
      var events: [Event] = []
      #expect(throws: RecordingError.self) {
        try reader.take(start + [UInt8](repeating: 0x20, count: 16), into: &events)
      }
    }
  }

  @Test("An endless line is refused once it exceeds the limit")
  func endlessLine() throws {
    var reader = RecordingReader()
    var events: [Event] = []
    try reader.take(Self.bytes(), into: &events)
    let piece = [UInt8](repeating: UInt8(ascii: "{"), count: 8 << 20)
    for _ in 0..<20 where !reader.isStopped { try reader.take(piece, into: &events) }
    #expect(reader.isStopped && reader.bytes < 80 << 20)
    let limit = RecordingReader.longestLine
    #expect(
      try reader.finish(into: &events)
        == .damaged(line: Self.script.count + 2, .tooLong(limit: limit)))
    var other = RecordingReader()
    #expect(throws: RecordingError.self) {
      for _ in 0..<20 { try other.take(piece, into: &events) }
    }
  }

  @Test("No damage crashes the reader, and its events are always in order")
  func fuzz() {
    var random = RandomEvents(seed: 7)
    var seeded = Seeded(8)
    let good = Self.bytes()
    var read = 0
    for round in 0..<1000 {
      let bytes = round % 10 == 0 ? random.bytes() : random.mutated(good)
      let size = Int.random(in: 1...400, using: &seeded)
      guard let reading = try? Reading(bytes, piece: size) else { continue }
      read += 1
      #expect(reading.events == (try? Reading(bytes))?.events)
      for (one, next) in zip(reading.events, reading.events.dropFirst()) {
        #expect(one.seq < next.seq)
      }
    }
    #expect(read > 333)
  }
}
