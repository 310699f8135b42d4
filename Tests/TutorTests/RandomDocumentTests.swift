internal import Catalog
internal import LessonKit
internal import Screen
internal import TestNumbers
internal import Testing

/// Makes small documents with contradictory lines and numbered words.
private struct LineMaker {
  var dice: Seeded
  private(set) var words: [String] = []

  init(seed: UInt64) { dice = Seeded(seed) }

  private mutating func word() -> String {
    words.append("q\(words.count)q")
    return words[words.count - 1]
  }

  private mutating func number() -> Int { Int.random(in: 0...3, using: &dice) }

  private mutating func text() -> String {
    (0..<Int.random(in: 1...3, using: &dice)).map { _ in word() }.joined(separator: " ")
  }

  private mutating func line() -> String {
    switch Int.random(in: 0..<28, using: &dice) {
    case 0...3: "\(number()). \(text())"
    case 4: "\(number()) . \(text())"
    case 5: "\(number()).\(number()) \(text())"
    case 6: "\(number())) \(text())"
    case 7:
      "\(["I", "II", "III", "iv", "Ⅳ", "A", "B", "c"].randomElement(using: &dice) ?? "")"
        + [". ", ") ", " - "][number() % 3] + text()
    case 8: "\(["Chapter", "Part", "Section"][number() % 3]) \(number())"
    case 9: "\(["Chapter", "Part"][number() % 2]) \(number()): \(text())"
    case 10: "Page \(number())#\(number())"
    case 11: "Page \(number()) of \(number()) \(Bool.random(using: &dice) ? text() : "")"
    case 12: "\(text()) #\(number()) #\(text())"
    case 13: String(repeating: "#", count: number()) + " " + text()
    case 14: text().uppercased().replacing("Q", with: "q")
    case 15: ["====", "----", "~~~~", "```", "\"\"\"", "***"].randomElement(using: &dice) ?? ""
    case 16: "\(number())"
    case 17: "def \(word())(\(word())):"
    case 18: "\(word()) = \(word())[\(number())]  # \(text())"
    case 19: "- \(text())"
    case 20: "> \(text())"
    case 21: "\(text()) ........ \(number())"
    case 22: "|\(word())|\(word())|\n|-|-|"
    case 23: "漢字 \(text()) é\u{301}\u{200B}👩‍👩‍👧"
    case 24: "٣. \(text())\u{2028}½ 一. \(text())\u{85}\(text())"
    case 25: "\(text()) goes on to the end of its line, as a long one does, with \(text())."
    case 26: "```\n\(text())\n" + ["", "\u{0C}", "\n\u{0C}"][number() % 3] + "\(text())\n```"
    default: text()
    }
  }

  mutating func document() -> String {
    let ends = ["\n", "\n", "\n\n", "\n\n", "\n\n\n", "\u{0C}", "\n\u{0C}", "\r", "\r\n", "\r\r\n"]
    var document = ""
    for _ in 0..<Int.random(in: 1...16, using: &dice) {
      document += ["", "", "", "", "   ", "    ", "\t", " \t "].randomElement(using: &dice) ?? ""
      document += line() + (ends.randomElement(using: &dice) ?? "\n")
    }
    return document
  }
}

@Suite("No word is lost from documents with contradictory lines")
struct RandomDocumentTests {
  @Test("Reading as Markdown and as plain text", arguments: ["x.md", "x.txt"])
  func reading(name: String) throws {
    let loader = CourseLoader(catalog: WordsTests.catalog)
    for seed in 0..<1_000 as Range<UInt64> {
      var maker = LineMaker(seed: seed)
      let text = maker.document()
      var said = ""
      for lesson in try loader.lessons(name: name, text: text) {
        said += lesson.title + "\n" + Self.words(of: lesson.introduction)
        for step in lesson.steps { said += step.title + "\n" + Self.words(of: step.blocks) }
      }
      let words = Set(said.split { !$0.isLetter && !$0.isNumber })
      let lost = maker.words.filter { !words.contains($0[...]) }
      #expect(lost.isEmpty, "seed \(seed): lost \(lost) of\n\(text.debugDescription)")
    }
  }

  @Test("Drawing on the screen", arguments: ["x.md", "x.txt"])
  func setting(name: String) throws {
    for seed in 0..<100 as Range<UInt64> {
      var maker = LineMaker(seed: seed)
      let text = maker.document()
      let (titles, lines) = try WordsTests.lines(text, name: name, width: 40)
      let shown = (titles + lines.map(\.plain)).joined(separator: "\n")
      let lost = maker.words.filter { !shown.contains($0) }
      #expect(lost.isEmpty, "seed \(seed): lost \(lost) of\n\(text.debugDescription)")
    }
  }

  private static func words(of blocks: [Block]) -> String {
    blocks.map { block in
      switch block {
      case .heading(_, let text), .paragraph(let text): text.plainText
      case .code(let code):
        ([code.language ?? "", code.listing ?? "", code.text] + code.asides.map(\.text))
          .joined(separator: "\n")
      case .html(let text), .notice(let text): text
      case .table(let table):
        (table.header + table.rows.flatMap { $0 }).map(\.plainText).joined(separator: "\n")
      default: words(of: block.children)
      }
    }.joined(separator: "\n") + "\n"
  }
}
