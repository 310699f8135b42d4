import Screen
import Testing

@testable import Curses

@Suite("The input decoder")
struct InputDecoderTests {
  private func codes(_ text: String) -> [InputDecoder.Code] {
    text.unicodeScalars.map { .character($0.value) }
  }

  private func decode(_ text: String) -> [Input] {
    var decoder = InputDecoder()
    return decoder.decode(codes(text))
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

  @Test("drops an unknown control sequence, so that it runs no command")
  func unknownSequences() {
    #expect(decode("a\u{1B}[97;5ub") == [.key(.character("a")), .key(.character("b"))])
    #expect(decode("\u{1B}q") == [.key(.escape), .key(.character("q"))])
    #expect(decode("\u{1B}[") == [.key(.escape), .key(.character("["))])
  }

  @Test("drops a terminal's late answers to queries from another program")
  func controlStrings() {
    for answer in [
      "\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{7}", "\u{1B}]10;q\u{1B}\\", "\u{1B}P>|qr(3)\u{1B}\\",
    ] {
      #expect(decode("a" + answer + "b") == [.key(.character("a")), .key(.character("b"))])
    }
    // An incomplete string is keys, such as Alt and a bracket.
    #expect(decode("\u{1B}]q").count == 3)
    #expect(decode("\u{1B}]11\u{1B}x\u{7}").count == 7)
  }

  @Test("decodes mouse reports, even in two pieces")
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
    var decoder = InputDecoder()
    #expect(decoder.decode(codes("a\u{1B}[<0;4")) == [.key(.character("a"))])
    #expect(
      decoder.decode(codes(";3Mb")) == [
        .mouse(Mouse(Point(x: 3, y: 2), .press)), .key(.character("b")),
      ])
  }

  @Test("delivers a paste as one text without keys, even if it arrives in pieces")
  func paste() {
    var decoder = InputDecoder()
    let begin = InputDecoder.Code.key(InputDecoder.pasteBegin)
    let end = InputDecoder.Code.key(InputDecoder.pasteEnd)
    #expect(decoder.decode([begin] + codes("q\r\u{1B}")) == [])
    #expect(decoder.decode(codes("[A\u{3}") + [.key(0o402)]) == [])
    #expect(
      decoder.decode([end] + codes("x")) == [
        .paste("q\n\u{1B}[A\u{3}"), .key(.character("x")),
      ])
  }

  @Test("delivers an endless paste in pieces")
  func endlessPaste() {
    var decoder = InputDecoder()
    _ = decoder.decode([.key(InputDecoder.pasteBegin)])
    let many = Array(repeating: InputDecoder.Code.character(0x61), count: 1024)
    var pieces = 0
    for _ in 0..<1025 { pieces += decoder.decode(many).count }
    #expect(pieces == 1)
  }
}
