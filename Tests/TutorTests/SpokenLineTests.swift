internal import Testing

@testable import Plain
@testable import Tutor

@Suite("The lines of the plain tutor")
struct SpokenLineTests {
  private static func lines(_ pieces: [[UInt8]], isEnded: Bool = true) -> [String] {
    var reader = PlainLineReader()
    var lines: [String] = []
    for piece in pieces {
      reader.append(piece)
      while let line = reader.next() { lines.append(line) }
    }
    if isEnded { reader.end() }
    while let line = reader.next() { lines.append(line) }
    return lines
  }

  @Test("are complete, in whatever pieces their bytes arrive")
  func pieces() {
    let bytes = Array("1\r\n\nstop ü\nlast".utf8)
    let wanted = ["1", "", "stop ü", "last"]
    #expect(Self.lines([bytes]) == wanted)
    #expect(Self.lines(bytes.map { [$0] }) == wanted)
    #expect(Self.lines([bytes], isEnded: false) == ["1", "", "stop ü"])
    #expect(Self.lines([]) == [])
  }

  @Test("are cut at a length limit, and the next line is read as usual")
  func long() {
    let long = [UInt8](repeating: 0x61, count: 100_000)
    for pieces in [[long + [10, 0x71, 10]], [long, long, [10, 0x71, 10]]] {
      let lines = Self.lines(pieces)
      #expect(lines.count == 2 && lines.last == "q")
      #expect(lines.first?.count == PlainLineReader.longestLine)
    }
    #expect(Self.lines([long]).count == 1)
  }

  @Test("may contain bytes that are not text")
  func noText() {
    #expect(Self.lines([[0xFF, 0x00, 0x1B, 10]]).count == 1)
  }

  @Test("contain no control characters")
  func safe() {
    let hostile = "a\u{1B}[31m\u{7}b\r\n\u{202E}c\u{9B}0m"
    for isASCII in [false, true] {
      let page = PlainPage(width: nil, isASCII: isASCII)
      for line in [SpokenLine(hostile), SpokenLine(hostile, .code)] {
        let text = page.text(of: [line])
        #expect(text.last == "\n")
        #expect(text.dropLast().unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
        #expect(!text.contains("\u{202E}") && !text.contains("\u{9B}"))
      }
    }
  }

  @Test("are pure ASCII in ASCII mode")
  func ascii() {
    let page = PlainPage(width: nil, isASCII: true)
    #expect(page.text(of: [SpokenLine("1 × 2 … é 漢")]) == "1 x 2 ... e ??\n")
  }

  @Test("are broken between words on a terminal, except in code")
  func wrapping() {
    let page = PlainPage(width: 24, isASCII: false)
    let text = "A sentence that is longer than a line."
    #expect(
      page.text(of: [SpokenLine(text), SpokenLine(text, .code), .blank])
        == "A sentence that is\nlonger than a line.\n\(text)\n\n")
  }
}
