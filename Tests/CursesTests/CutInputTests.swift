import Screen
import Testing

@testable import Curses

/// A sequence that a terminal sends, and the inputs that it means.
struct SentSequence: CustomTestStringConvertible, Sendable {
  let bytes: [UInt8]
  let inputs: [Input]

  init(_ text: String, _ inputs: [Input] = []) {
    self.init(bytes: Array(text.utf8), inputs)
  }

  init(bytes: [UInt8], _ inputs: [Input] = []) {
    self.bytes = bytes
    self.inputs = inputs
  }

  var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }

  static let table: [SentSequence] = [
    // CSI: keys, modified keys, cursor reports, device attributes, mode reports.
    SentSequence("\u{1B}[A", [.key(.up)]), SentSequence("\u{1B}[Z", [.key(.backTab)]),
    SentSequence("\u{1B}[3~", [.key(.delete)]), SentSequence("\u{1B}[24~", [.key(.function(12))]),
    SentSequence("\u{1B}[1;5C"), SentSequence("\u{1B}[97;5u"), SentSequence("\u{1B}[27;5;113~"),
    SentSequence("\u{1B}[12;40R"), SentSequence("\u{1B}[?62;22c"), SentSequence("\u{1B}[>1;10;0c"),
    SentSequence("\u{1B}[=1;2c"), SentSequence("\u{1B}[?2026;2$y"), SentSequence("\u{1B}[8;24;80t"),
    SentSequence("\u{1B}[[C", [.key(.function(3))]),
    // SS3.
    SentSequence("\u{1B}OB", [.key(.down)]), SentSequence("\u{1B}OS", [.key(.function(4))]),
    SentSequence("\u{1B}OM", [.key(.enter)]), SentSequence("\u{1B}Oj", typed("*")),
    // OSC, DCS, APC, PM, SOS.
    SentSequence("\u{1B}]11;rgb:1f1f/2020/2020\u{1B}\\"), SentSequence("\u{1B}]4;1;rgb:q/r/?\u{7}"),
    SentSequence("\u{1B}]52;c;cXI/\u{1B}\\"), SentSequence("\u{1B}P>|term(3q)\u{1B}\\"),
    SentSequence("\u{1B}P1+r71=72\u{1B}\\"), SentSequence("\u{1B}P!|00000000\u{1B}\\"),
    SentSequence("\u{1B}_Gi=31;OKqr\u{1B}\\"), SentSequence("\u{1B}^qr\u{1B}\\"),
    SentSequence("\u{1B}Xqr\u{1B}\\"),
    // Mouse and focus.
    SentSequence("\u{1B}[<0;12;7M", [.mouse(Mouse(Point(x: 11, y: 6), .press))]),
    SentSequence("\u{1B}[<64;1;200m", [.mouse(Mouse(Point(x: 0, y: 199), .wheelUp))]),
    SentSequence("\u{1B}[M qr", [.mouse(Mouse(Point(x: 80, y: 81), .press))]),
    SentSequence(
      bytes: Array("\u{1B}[M ".utf8) + [0xE3, 0x9B], [.mouse(Mouse(Point(x: 194, y: 122), .press))]),
    SentSequence("\u{1B}[I"), SentSequence("\u{1B}[O"),
    // Pastes.
    SentSequence("\u{1B}[200~q\u{1B}[201~", [.paste("q")]),
    SentSequence("\u{1B}[200~r漢👍\r?\u{3}\u{1B}[A\u{1B}[201~", [.paste("r漢👍\n?\u{3}\u{1B}[A")]),
    SentSequence("\u{1B}[200~\u{1B}[201~", [.paste("")]),
    // Characters.
    SentSequence("é", typed("é")), SentSequence("漢", typed("漢")), SentSequence("👍", typed("👍")),
    SentSequence("些", typed("些")),
    // 8-bit controls.
    SentSequence(bytes: [0x9B, 0x41], [.key(.up)]), SentSequence("\u{9B}3~", [.key(.delete)]),
    SentSequence(bytes: [0x9D] + Array("11;q".utf8) + [0x9C]), SentSequence("\u{9D}11;q\u{9C}"),
    // Several in one piece.
    SentSequence(
      "\u{1B}[A\u{1B}[B漢\u{1B}OC", [.key(.up), .key(.down)] + typed("漢") + [.key(.right)]),
  ]

  /// Whether it may also be keys that the user typed, if its first three bytes come one by one, after
  /// Escape became a key. Terminals over a slow link do not send it.
  var isInDoubt: Bool {
    bytes[0] == 0x1B
      && (bytes[1] == 0x58 || bytes[1] == 0x5E || bytes.starts(with: [0x1B, 0x5B, 0x5B]))
  }

  /// The inputs if there is a pause behind the first Escape. After 50 ms Escape is the Esc key, before
  /// the rest is there.
  func inputs(pauseBehindEscape pause: UInt64) -> [Input] {
    bytes[0] == 0x1B && pause * 1_000_000 >= InputDecoder.escapeTime
      ? [.key(.escape)] + inputs : inputs
  }
}

@Suite("Cut input")
struct CutInputTests {
  static let pauses: [UInt64] = [0, 5, 30, 120]

  @Test("Each sequence may be cut at any place with any pause", arguments: SentSequence.table)
  func oneCut(sequence: SentSequence) {
    for cut in 1..<sequence.bytes.count {
      for pause in Self.pauses { check(sequence, [(cut, pause)]) }
    }
  }

  @Test(
    "Each short sequence may be cut at any two places",
    arguments: SentSequence.table.filter { $0.bytes.count <= 16 })
  func twoCuts(sequence: SentSequence) {
    for first in 1..<sequence.bytes.count {
      for second in first + 1..<max(first + 1, sequence.bytes.count) {
        for pause in Self.pauses {
          if (first, second, pause) == (1, 2, 120), sequence.isInDoubt { continue }
          for rest in Self.pauses { check(sequence, [(first, pause), (second, rest)]) }
        }
      }
    }
  }

  @Test("Each sequence may come byte by byte", arguments: SentSequence.table)
  func byteByByte(sequence: SentSequence) {
    for pause in Self.pauses where pause < 120 || !sequence.isInDoubt {
      check(sequence, (1..<sequence.bytes.count).map { ($0, pause) })
    }
  }

  /// Sends a sequence with pauses before some of its bytes.
  private func check(_ sequence: SentSequence, _ cuts: [(place: Int, pause: UInt64)]) {
    var input = TestInput()
    var start = 0
    var pause: UInt64 = 0
    for cut in cuts + [(sequence.bytes.count, 0)] {
      input.send(sequence.bytes[start..<cut.place], afterMilliseconds: pause)
      (start, pause) = cut
    }
    input.send("x")
    let pauses = Dictionary(uniqueKeysWithValues: cuts.map { ($0.place, $0.pause) })
    let expected = expected(sequence, behindEscapes: pauses) + typed("x")
    // One expectation for each of them would take minutes.
    if input.inputs != expected { Issue.record("\(cuts): \(input.inputs), not \(expected)") }
  }

  /// The expected inputs if there are pauses before these bytes. Only a pause behind an Escape that
  /// begins a key adds one: after 50 ms that Escape is the Esc key.
  private func expected(
    _ sequence: SentSequence, behindEscapes pauses: [Int: UInt64]
  ) -> [Input] {
    guard sequence.inputs.count > 1 else {
      return sequence.inputs(pauseBehindEscape: pauses[1] ?? 0)
    }
    // Several keys in one piece, each with its own Escape.
    var expected: [Input] = []
    var keys = sequence.inputs[...]
    for (index, byte) in sequence.bytes.enumerated() {
      let isCharacter = byte >= 0xC0
      guard byte == 0x1B || isCharacter, let key = keys.popFirst() else { continue }
      if byte == 0x1B, (pauses[index + 1] ?? 0) * 1_000_000 >= InputDecoder.escapeTime {
        expected.append(.key(.escape))
      }
      expected.append(key)
    }
    return expected
  }

  @Test("A half sequence is dropped after 200 ms", arguments: SentSequence.table)
  func halfSequences(sequence: SentSequence) {
    for cut in 1..<sequence.bytes.count {
      var input = TestInput()
      input.send(sequence.bytes[..<cut])
      input.wait(milliseconds: 450)
      #expect(input.decoder.deadline == nil)
      _ = input.takeInputs()
      input.send("\u{3}")
      input.wait(milliseconds: 200)
      #expect(input.inputs == [.key(.control("c"))], "cut at \(cut)")
    }
  }

  @Test("Esc comes within 50 ms, also when other keys follow")
  func escape() {
    for next in ["", "q", "[", "]", "O", "X"] {
      var input = TestInput()
      input.send("\u{1B}")
      input.wait(milliseconds: 50)
      #expect(input.inputs == [.key(.escape)])
      input.send(next, afterMilliseconds: 60)
      input.wait(milliseconds: 200)
      #expect(input.inputs == [.key(.escape)] + typed(next))
    }
  }

  @Test(
    "Keys after Esc are keys if no terminal sends them", arguments: ["]]", "[j", "[[", "OO", "Xn"])
  func keysAfterEscape(keys: String) {
    var input = TestInput()
    input.send("\u{1B}")
    for key in keys { input.send(String(key), afterMilliseconds: 100) }
    input.wait(milliseconds: 200)
    #expect(input.inputs == [.key(.escape)] + typed(keys))
  }

  @Test("The rest of a character that was dropped types nothing")
  func lateCharacter() {
    var input = TestInput()
    input.send([0xE4, 0xBA])
    input.send([0x9B], afterMilliseconds: 300)
    input.send("q", afterMilliseconds: 300)
    #expect(input.inputs == typed("q"))
  }
}
