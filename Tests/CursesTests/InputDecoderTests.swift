import Screen
import Testing

@testable import Curses

/// Bytes of a terminal, cut into pieces that arrive at given times.
struct TestInput {
  private(set) var decoder = InputDecoder()
  private(set) var now: UInt64 = 5_000_000_000
  private(set) var inputs: [Input] = []

  /// Lets time pass, as the event loop does, then sends a piece.
  mutating func send(_ bytes: some Sequence<UInt8>, afterMilliseconds pause: UInt64 = 0) {
    now += pause * 1_000_000
    expire()
    inputs += decoder.decode(Array(bytes), at: now)
  }

  mutating func send(_ text: String, afterMilliseconds pause: UInt64 = 0) {
    send(text.utf8, afterMilliseconds: pause)
  }

  mutating func wait(milliseconds: UInt64) {
    now += milliseconds * 1_000_000
    expire()
  }

  private mutating func expire() {
    while let deadline = decoder.deadline, deadline <= now {
      inputs += decoder.expire(at: deadline)
    }
  }

  mutating func takeInputs() -> [Input] {
    defer { inputs = [] }
    return inputs
  }
}

/// The keys that a text types.
func typed(_ text: String) -> [Input] { text.map { .key(.character($0)) } }

@Suite("The input decoder")
struct InputDecoderTests {
  private func decode(_ text: String) -> [Input] { decode(Array(text.utf8)) }

  private func decode(_ bytes: [UInt8]) -> [Input] {
    var input = TestInput()
    input.send(bytes)
    input.wait(milliseconds: 1000)
    return input.inputs
  }

  @Test("decodes characters and control characters as keys")
  func characters() {
    #expect(decode("a漢 ") == [.key(.character("a")), .key(.character("漢")), .key(.character(" "))])
    #expect(
      decode("\r\n\t\u{7F}\u{8}") == [
        .key(.enter), .key(.enter), .key(.tab), .key(.backspace), .key(.backspace),
      ])
    #expect(
      decode("\u{3}\u{1A}\u{0}\u{1C}") == [
        .key(.control("c")), .key(.control("z")), .key(.control(" ")), .key(.control("\\")),
      ])
    #expect(decode("\u{1B}") == [.key(.escape)])
  }

  @Test("decodes Alt and a key as Esc and the key, whatever the pause", arguments: [0, 30, 120])
  func alt(pause: UInt64) {
    var input = TestInput()
    input.send("\u{1B}")
    input.send("q", afterMilliseconds: pause)
    #expect(input.inputs == [.key(.escape), .key(.character("q"))])
    #expect(decode("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
    // Nothing follows, so that these begin no sequence.
    for letter in ["[", "]", "O"] {
      input = TestInput()
      input.send("\u{1B}")
      input.send(letter, afterMilliseconds: pause)
      input.wait(milliseconds: 200)
      #expect(input.inputs == [.key(.escape)] + typed(letter))
    }
  }

  @Test("decodes the keypad, the cursor keys in both modes and the console's function keys")
  func keyTable() {
    #expect(
      decode("\u{1B}[A\u{1B}OA\u{1B}[1~\u{1B}[4~") == [.up, .up, .home, .end].map { .key($0) })
    #expect(decode("\u{1B}OM\u{1B}Ok\u{1B}Ow") == [.key(.enter)] + typed("+7"))
    #expect(
      decode("\u{1B}[[A\u{1B}[[E\u{1B}OP\u{1B}[24~") == [1, 5, 1, 12].map { .key(.function($0)) })
  }

  @Test("drops an unknown control sequence, so that it runs no command")
  func unknownSequences() {
    #expect(decode("a\u{1B}[97;5ub") == typed("ab"))
    #expect(decode("a\u{1B}[1;5Ab\u{1B}O5Pc\u{1B}[Id\u{1B}[Oe") == typed("abcde"))
    #expect(decode("a" + "\u{1B}[" + String(repeating: "1;", count: 500) + "Mb") == typed("ab"))
  }

  @Test("drops a terminal's late answers to queries from another program")
  func controlStrings() {
    for answer in [
      "\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{7}", "\u{1B}]10;q\u{1B}\\", "\u{1B}P>|qr(3)\u{1B}\\",
      "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}^q\u{1B}\\", "\u{1B}Xq\u{1B}\\", "\u{1B}[?62;4c",
    ] {
      #expect(decode("a" + answer + "b") == typed("ab"))
    }
    // An 8-bit terminator inside a character of a title ends nothing.
    #expect(decode("\u{1B}]2;✜q\u{7}b") == typed("b"))
  }

  @Test("accepts 8-bit controls, alone and as UTF-8")
  func eightBit() {
    #expect(decode([0x9B, 0x41, 0x8F, 0x50]) == [.key(.up), .key(.function(1))])
    #expect(decode("\u{9B}A\u{9D}11;q\u{9C}b") == [.key(.up)] + typed("b"))
    #expect(decode([0x9D] + "1;q".utf8 + [0x9C] + "b".utf8) == typed("b"))
    #expect(decode([0x9B] + "200~q".utf8 + [0x9B] + "201~b".utf8) == [.paste("q")] + typed("b"))
    // The same byte is a part of this character.
    #expect(decode("\u{1B}[200~些201~q\u{1B}[201~") == [.paste("些201~q")])
  }

  @Test("ends a sequence at a control character or Escape, which still counts")
  func interruptedSequences() {
    #expect(decode("\u{1B}[1;\u{3}") == [.key(.control("c"))])
    #expect(decode("\u{1B}]11;\u{3}") == [.key(.control("c"))])
    #expect(decode("\u{1B}[1\u{1B}[B") == [.key(.down)])
    #expect(decode("\u{1B}]11\u{1B}[B") == [.key(.down)])
    #expect(decode([0xE6, 0x71]) == typed("q"))
    #expect(decode([0xE6, 0x1B, 0x5B, 0x41]) == [.key(.up)])
  }

  @Test("drops invalid bytes")
  func invalidBytes() {
    #expect(decode([0xC0, 0xFF, 0xF5, 0xA5, 0x61]) == typed("a"))
    #expect(decode([0xED, 0xA0, 0x80, 0x61]) == typed("a"))
  }

  @Test("decodes mouse reports")
  func mouse() {
    #expect(
      decode(
        "\u{1B}[<0;4;3M\u{1B}[<36;5;3M\u{1B}[<0;5;3m\u{1B}[<65;1;1M\u{1B}[<2;1;1M\u{1B}[<0;;1M")
        == [
          .mouse(Mouse(Point(x: 3, y: 2), .press)), .mouse(Mouse(Point(x: 4, y: 2), .drag)),
          .mouse(Mouse(Point(x: 4, y: 2), .release)), .mouse(Mouse(Point(x: 0, y: 0), .wheelDown)),
        ])
    // Coordinates that no terminal has would overflow later.
    #expect(decode("\u{1B}[<32;9223372036854775807;5M\u{1B}[<0;3;70000M") == [])
  }

  @Test("decodes the mouse reports of old terminals, even beyond column 95")
  func oldMouse() {
    #expect(
      decode(
        Array("\u{1B}[M $#\u{1B}[M##$\u{1B}[M@$#\u{1B}[M`!!".utf8) + Array("\u{1B}[M ".utf8)
          + [0xE3, 0x21]) == [
          .mouse(Mouse(Point(x: 3, y: 2), .press)), .mouse(Mouse(Point(x: 2, y: 3), .release)),
          .mouse(Mouse(Point(x: 3, y: 2), .drag)), .mouse(Mouse(Point(x: 0, y: 0), .wheelUp)),
          .mouse(Mouse(Point(x: 194, y: 0), .press)),
        ])
  }

  @Test("has a deadline only while something is open")
  func deadlines() {
    var decoder = InputDecoder()
    #expect(decoder.deadline == nil)
    #expect(decoder.decode(Array("a\u{1B}".utf8), at: 1000) == typed("a"))
    #expect(decoder.deadline == 1000 + InputDecoder.escapeTime)
    #expect(InputDecoder.escapeTime <= 50_000_000)
    #expect(decoder.expire(at: 1000) == [])
    #expect(decoder.decode(Array("[".utf8), at: 2000) == [])
    #expect(decoder.deadline == 2000 + InputDecoder.sequenceTime)
    #expect(decoder.decode(Array("A".utf8), at: 3000) == [.key(.up)])
    #expect(decoder.deadline == nil)
    // Bytes that are there count before the time, because the reader may be late.
    _ = decoder.decode([0x1B], at: 4000)
    #expect(decoder.decode(Array("[A".utf8), at: 4_000_000_000) == [.key(.up)])
  }
}
