internal import TestNumbers

/// Makes documents with numbered words, so that each word can be found.
struct DocumentMaker {
  private var dice: Seeded
  private(set) var count = 0

  init(seed: UInt64) { dice = Seeded(seed) }

  mutating func word() -> String {
    count += 1
    let kinds = ["w", "wo", "word", "漢字", "éa", "aVeryLongWordThatFitsOnNoNarrowLine"]
    return (kinds.randomElement(using: &dice) ?? "w") + "x\(count)x"
  }

  mutating func words(_ most: Int) -> String {
    (0..<Int.random(in: 1...most, using: &dice)).map { _ in word() }.joined(separator: " ")
  }

  mutating func lines(_ most: Int, prefix: String = "") -> String {
    (0..<Int.random(in: 1...most, using: &dice)).map { _ in prefix + words(12) }
      .joined(separator: "\n")
  }

  mutating func markdown() -> String {
    var parts: [String] = []
    for _ in 0..<Int.random(in: 1...25, using: &dice) {
      let part: String =
        switch Int.random(in: 0..<18, using: &dice) {
        case 0: "# " + words(6)
        case 1: "## " + words(6)
        case 2: "#### " + words(6)
        case 3: lines(4)
        case 4: "*\(words(3))* **\(words(3))** ~~\(words(2))~~ `\(word())`  \n\(words(3))"
        case 5: "```\n" + lines(4, prefix: "  ") + "\n```"
        case 6: lines(5, prefix: "- ")
        case 7:
          "1. \(words(4))\n   - \(words(4))\n     1. \(words(9))\n        > \(words(5))\n2. \(word())"
        case 8: "- [x] \(words(4))\n- [ ] \(words(3))"
        case 9: "> \(words(9))\n>\n> > \(words(8))\n> > > - \(words(4))"
        case 10: table()
        case 11:
          "[\(words(3))](\(word())) ![\(words(2))](\(word()) \"\(words(2))\") <http://\(word()).org>"
        case 12:
          "<p align=\"center\">\n<img alt=\"\(words(2))\" src=\"\(word())\">\n\(words(5)) &amp; <b>\(word())</b>\n</p>"
        case 13: "<!-- \(words(4)) -->"
        case 14: "\(words(3))[^a\(count)] \(word())\n\n[^a\(count - 1)]: \(words(5))"
        case 16: "> **Before you run \(words(2))** \(words(3))\n>\n> \(words(3))"
        case 15: "[\(word())]: /\(word()) \"\(words(2))\""
        default: "---"
        }
      parts.append(part)
    }
    if Bool.random(using: &dice) {
      parts.insert("---\ntitle: \(words(3))\nby: \(words(2))\n---", at: 0)
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private mutating func table() -> String {
    let columns = Int.random(in: 1...6, using: &dice)
    var rows = [(0..<columns).map { _ in words(2) }.joined(separator: " | ")]
    rows.append(
      (0..<columns).map { _ in [":-", "-", "-:", ":-:"].randomElement(using: &dice) ?? "-" }.joined(
        separator: "|"))
    for _ in 0..<Int.random(in: 0...4, using: &dice) {
      rows.append((0..<columns).map { _ in words(5) }.joined(separator: " | "))
    }
    return rows.map { "| \($0) |" }.joined(separator: "\n")
  }

  mutating func plain(hasFences: Bool = true) -> String {
    var text = Bool.random(using: &dice) ? words(5) + "\n\n" : ""
    var section = 0
    for _ in 0..<Int.random(in: 1...25, using: &dice) {
      section += 1
      let part: String =
        switch Int.random(in: 0..<(hasFences ? 18 : 17), using: &dice) {
        case 0: "\(section). \(words(5))"
        case 1: "\(section) . \(words(5))\n"
        case 2: "\(section).1 \(words(5))\n"
        case 3: "Chapter \(section): \(words(3))\n"
        case 4: words(4).uppercased() + "\n"
        case 5: words(4) + "\n=======\n"
        case 6: lines(6) + "\n"
        case 7: lines(3) + ".\n"
        case 8: lines(4, prefix: "- ") + "\n  - \(words(3))\n"
        case 9: "1) \(words(4))\n2) \(words(4))\n   \(words(4))\n\n3) \(word())\n"
        case 10:
          "import \(word())\n\n\ndef \(word())():\n    \(word()) = \(word())(1)\n# \(words(3))\n    return \(word())\n"
        case 11: "\(words(3))   \(words(2))   \(word())\n\(words(3))   \(words(2))   \(word())\n"
        case 12: lines(3, prefix: "        ") + "\n"
        case 13: "> \(words(4))\n> \(words(4))\n>> \(word())\n"
        case 14: "\n\(words(2))   Page \(section)\n\u{0C}\(words(3))\n\n"
        case 15: "\u{0C}Running header\n\n"
        case 16: "\(words(3)) ......... \(section)\n\(words(2)) ....... \(section)"
        default: "$ \(words(3))\n\(lines(2))\n```\n\(words(2))\n\"\"\"\n\(word())"
        }
      text += part + (Bool.random(using: &dice) ? "\n" : "\n\n")
    }
    return text
  }

  /// The numbers of the words in the output for a document, in order. A word may continue on the next
  /// line.
  static func numbers(in text: String) -> [Int] {
    let letters = text.lowercased().filter { !$0.isWhitespace && !"┃│•".contains($0) }
    return letters.split(separator: "x").compactMap { Int($0) }
  }
}
