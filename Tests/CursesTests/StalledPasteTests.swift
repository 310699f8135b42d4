import Screen
import Testing

@testable import Curses

@Suite("A paste that stalls")
struct StalledPasteTests {
  private let begin = "\u{1B}[200~"
  private let end = "\u{1B}[201~"

  private func stalled(_ text: String) -> TestInput {
    var input = TestInput()
    input.send(begin + text)
    input.wait(milliseconds: 250)
    return input
  }

  @Test("is one paste while its pieces come within 200 ms")
  func slowPaste() {
    var input = TestInput()
    input.send(begin)
    for letter in "quit\r" { input.send(String(letter), afterMilliseconds: 199) }
    input.send(end, afterMilliseconds: 199)
    #expect(input.inputs == [.paste("quit\n")])
  }

  @Test("is delivered after 200 ms, and then keys work again")
  func wayOut() {
    var input = stalled("ab")
    #expect(input.takeInputs() == [.paste("ab")])
    #expect(input.decoder.deadline == nil)
    for key in "?jq" {
      input.send(String(key), afterMilliseconds: 300)
      input.wait(milliseconds: 200)
      #expect(input.takeInputs() == typed(String(key)))
    }
    input.send("\u{1B}[A", afterMilliseconds: 300)
    input.send("\u{3}", afterMilliseconds: 40)
    input.send("j", afterMilliseconds: 40)
    input.wait(milliseconds: 200)
    #expect(input.takeInputs() == [.key(.up), .key(.control("c"))] + typed("j"))
  }

  @Test("makes no key wait after Esc, or after a while without pasted text")
  func endOfSuspicion() {
    var input = stalled("ab")
    input.send("\u{1B}")
    input.wait(milliseconds: 250)
    input.send("jk")
    #expect(input.takeInputs() == [.paste("ab"), .key(.escape)] + typed("jk"))
    input = stalled("ab")
    input.send("jk", afterMilliseconds: 11_000)
    #expect(input.takeInputs() == [.paste("ab")] + typed("jk"))
  }

  @Test("does not make its rest act as keys", arguments: ["q", "quit\r", "漢", ""])
  func rest(text: String) {
    // The rest and the end come together, or shortly after each other, or the end is cut.
    for pieces in [
      [text + end], [text, end], [text + "\u{1B}[2", "01~"], [text + "\u{1B}", "[201~"],
    ] {
      var input = stalled("ab")
      input.wait(milliseconds: 3000)
      for piece in pieces { input.send(piece, afterMilliseconds: 150) }
      input.send("x")
      let rest: [Input] = text.isEmpty ? [] : [.paste(text.replacing("\r", with: "\n"))]
      #expect(input.inputs == [.paste("ab")] + rest + typed("x"), "\(pieces)")
    }
  }

  @Test("does not make several pieces of it act as keys, even if the end never comes")
  func pieces() {
    var input = stalled("ab")
    for piece in ["quit\r", "rrr", "qq"] {
      input.send(piece, afterMilliseconds: 900)
      input.wait(milliseconds: 300)
    }
    #expect(input.inputs == ["ab", "quit\n", "rrr", "qq"].map { .paste($0) })
  }

  @Test("may be followed by another paste")
  func nextPaste() {
    var input = stalled("ab")
    input.send(begin + "q" + end + "x", afterMilliseconds: 500)
    #expect(input.inputs == [.paste("ab"), .paste("q")] + typed("x"))
  }

  @Test("keeps a cut marker and a cut character for the next piece")
  func cutEnds() {
    var input = stalled("ab\u{1B}[20")
    #expect(input.takeInputs() == [.paste("ab")])
    input.send("1~?", afterMilliseconds: 100)
    #expect(input.takeInputs() == typed("?"))
    input = TestInput()
    input.send(Array(begin.utf8) + [0x61, 0xE6, 0xBC])
    input.wait(milliseconds: 250)
    input.send([0xA2] + Array(end.utf8), afterMilliseconds: 100)
    #expect(input.takeInputs() == [.paste("a"), .paste("漢")])
  }

  @Test("begins even if the first marker stalls")
  func lostBegin() {
    for cut in 1..<6 {
      var input = TestInput()
      input.send(String(begin.prefix(cut)))
      input.wait(milliseconds: 250)
      _ = input.takeInputs()
      input.send(String(begin.dropFirst(cut)) + "quit\r", afterMilliseconds: 300)
      input.send(end, afterMilliseconds: 100)
      #expect(input.takeInputs() == [.paste("quit\n")], "cut at \(cut)")
    }
  }

  @Test("has one newline for a carriage return and a newline")
  func newlines() {
    var input = TestInput()
    input.send(begin + "a\r\nb\rc\n" + end)
    #expect(input.inputs == [.paste("a\nb\nc\n")])
  }

  @Test("is delivered in pieces if it is endless, never within a character")
  func endlessPaste() {
    var input = TestInput()
    input.send(begin)
    let many = Array(String(repeating: "漢", count: 1024).utf8)
    for _ in 0..<342 { input.send(many) }
    #expect(input.inputs.count == 1)
    input.send(end)
    let texts = input.inputs.map { if case .paste(let text) = $0 { text } else { "" } }
    #expect(texts.joined() == String(repeating: "漢", count: 342 * 1024))
  }
}
