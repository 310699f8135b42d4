/// The words of a document, for a comparison with what the tutor shows of it.
public struct DocumentWords {
  /// A word and its line in the document, from 1.
  public struct Word: Hashable, Sendable {
    public let text: String
    public let line: Int

    public init(text: String, line: Int) {
      self.text = text
      self.line = line
    }
  }

  /// The words of the document, without markup, in order.
  public let words: [Word]

  /// - Parameter isMarkdown: Whether the marks of Markdown are no words.
  public init(_ document: String, isMarkdown: Bool) {
    let text = isMarkdown ? Self.withoutMarkup(document) : document
    var words: [Word] = []
    for (index, line) in Self.lines(of: text).enumerated() {
      guard !Self.isExportMark(line) else { continue }
      words += Self.words(of: Self.withoutKeyword(line)).map { Word(text: $0, line: index + 1) }
    }
    self.words = words
  }

  /// The words that are missing from a text, with their lines. A word that occurs three times must
  /// be shown three times.
  public func missing(from shown: String) -> [Word] {
    var counts: [String: Int] = [:]
    for word in Self.words(of: shown) { counts[word, default: 0] += 1 }
    var missing: [Word] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if counts[word.text, default: 0] > 0 {
        counts[word.text, default: 0] -= 1
      } else if index < words.count, counts[word.text + words[index].text, default: 0] > 0 {
        // A word that was divided at the end of a line is one word again.
        counts[word.text + words[index].text, default: 0] -= 1
        index += 1
      } else {
        missing.append(word)
      }
    }
    return missing
  }

  // MARK: Words

  /// The letters and digits between other characters, in lower case. Raised and lowered digits are
  /// digits, and marks that no reader sees do not count.
  public static func words(of text: some StringProtocol) -> [String] {
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      if properties.generalCategory == .format || properties.isDefaultIgnorableCodePoint {
        continue
      }
      visible.append(scalar)
    }
    var words: [String] = []
    var word = ""
    for character in String(visible) {
      if let digit = character.wholeNumberValue, !character.isLetter, digit < 10 {
        word += "\(digit)"
      } else if let first = character.unicodeScalars.first, first.value >= 0x2E80,
        character.isLetter
      {
        // Chinese and Japanese have no gaps between words, with or without markup.
        if !word.isEmpty { words.append(word) }
        words.append(String(character))
        word = ""
      } else if character.isLetter || character.isNumber {
        word += character.lowercased()
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// The line without a keyword of Org, such as `#+TITLE:` or `#+BEGIN_SRC`.
  private static func withoutKeyword(_ line: Substring) -> Substring {
    let text = line.drop { $0 == " " }
    guard text.hasPrefix("#+") else { return line }
    return text.lowercased().hasPrefix("#+begin_src") ? "" : text.drop { $0 != " " }
  }

  /// Whether a line is left behind by an export: the button or the language above code.
  private static func isExportMark(_ line: Substring) -> Bool {
    let words = words(of: line)
    return [["copy", "code"], ["python"]].contains(words)
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  // MARK: Markdown

  /// The text without the marks that say how a word looks: names of tags, entities, numbers of list
  /// items, labels of references, ticks of tasks.
  private static func withoutMarkup(_ text: String) -> String {
    var isFenced = false
    let lines = lines(of: text).map { line -> String in
      let bare = line.drop { $0 == " " || $0 == ">" }
      if bare.hasPrefix("```") || bare.hasPrefix("~~~") {
        isFenced.toggle()
        // The language of code has a name of its own, such as Python for py.
        let info = bare.drop { "`~{. ".contains($0) }
        return isFenced
          ? String(info.drop { $0.isLetter || $0.isNumber || "-+#".contains($0) }) : ""
      }
      guard !isFenced else { return String(line) }
      var rest = bare
      if ["- [x] ", "- [ ] ", "* [x] ", "* [ ] "].contains(where: rest.lowercased().hasPrefix) {
        rest = rest.dropFirst(5)
      }
      let digits = rest.prefix { $0.isNumber }
      let mark = rest[digits.endIndex...].prefix(2)
      if !digits.isEmpty, mark == ". " || mark == ") " { rest = rest.dropFirst(digits.count) }
      return withoutTags(rest)
    }
    return lines.joined(separator: "\n")
  }

  /// The line without tags, entities and labels of references.
  private static func withoutTags(_ line: Substring) -> String {
    var result = ""
    var rest = line
    while let first = rest.first {
      if first == "&", let end = rest.prefix(12).firstIndex(of: ";") {
        rest = rest[rest.index(after: end)...]
        result += " "
      } else if first == "<", let end = rest.firstIndex(of: ">"), isTag(rest[..<end].dropFirst()) {
        // Lowered words follow a sign, as in `H_max`, but digits do not.
        let isWord = rest.hasPrefix("<su") && rest[end...].dropFirst().first?.isLetter == true
        if rest.hasPrefix("<br") || isWord { result += " " }
        rest = rest[rest.index(after: end)...]
      } else if first == "`" || rest.hasPrefix("**") {
        rest = rest.dropFirst(first == "`" ? 1 : 2)
      } else if rest.hasPrefix("]("), let end = rest.firstIndex(of: ")"),
        let start = result.lastIndex(of: "["),
        words(of: result[start...]) == words(of: rest[..<end])
      {
        // A link whose text is its address shows it once.
        rest = rest[rest.index(after: end)...]
      } else if rest.hasPrefix("]["), let end = rest.dropFirst().firstIndex(of: "]") {
        rest = rest[rest.index(after: end)...]
        result += " "
      } else if rest.hasPrefix("[^"), let end = rest.firstIndex(of: "]") {
        rest = rest[rest.index(after: end)...]
        result += " "
      } else if result.isEmpty, first == "[", let end = rest.firstRange(of: "]:") {
        rest = rest[end.upperBound...]
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static let tags: Set = [
    "br", "wbr", "kbd", "sub", "sup", "b", "i", "em", "strong", "u", "mark", "code", "small", "s",
    "del", "ins", "details", "summary", "samp", "var",
  ]

  private static func isTag(_ inside: Substring) -> Bool {
    let name = inside.drop { $0 == "/" }.prefix { $0.isLetter }.lowercased()
    return tags.contains(name)
  }
}
