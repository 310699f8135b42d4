/// What a document is written in.
enum DocumentFormat {
  case markdown, plain

  /// Decides by the ending of the name, and where that leaves it open by what stands in the text.
  init(name: String, text: Substring) {
    let file = name.split(separator: "/").last ?? ""
    let ending = file.contains(".") ? file.split(separator: ".").last?.lowercased() : nil
    if let ending, ["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd"].contains(ending) {
      self = .markdown
    } else {
      self = Self.isMarkdown(text) ? .markdown : .plain
    }
  }

  /// Whether a text of unknown kind is clearly Markdown: it has fences, or headings of its kind. A
  /// comment in a piece of code looks like a heading too, so one of those is not enough.
  private static func isMarkdown(_ text: Substring) -> Bool {
    var headings = 0
    var deepHeadings = 0
    var fences = 0
    var isFirst = true
    var opensWithTitle = false
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.prefix(200)
      if line.hasPrefix("```") {
        fences += 1
      } else if line.first == "#" {
        let level = line.prefix { $0 == "#" }.count
        let rest = line.dropFirst(level)
        if level <= 6, rest.first == " ", rest.contains(where: \.isLetter) {
          if isFirst, level == 1 { opensWithTitle = true }
          headings += 1
          if level > 1 { deepHeadings += 1 }
        }
      }
      if line.contains(where: { !$0.isWhitespace }) { isFirst = false }
    }
    return fences >= 2 || deepHeadings >= 2 || (opensWithTitle && deepHeadings > 0)
      || (opensWithTitle && headings == 1 && hasLinks(text))
  }

  private static func hasLinks(_ text: Substring) -> Bool {
    text.utf8.count < 1_000_000 && text.contains("](")
  }
}

/// The block of settings with which many documents begin, between two rows of hyphens.
struct FrontMatter {
  /// The block as it stands, its rows of signs included.
  let text: String
  /// How many lines it takes up.
  let lines: Int
  /// What it says the document's title to be.
  let title: String?

  /// How many lines a block of settings may take up.
  private static let longest = 400

  /// Nil where the text does not begin with such a block.
  init?(_ document: String) {
    let head = document.split(
      maxSplits: Self.longest, omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).prefix(Self.longest)
    guard let mark = head.first?.trimmed, mark == "---" || mark == "+++" else { return nil }
    let isEnd = { (line: Substring) in
      line.trimmed == mark || (mark == "---" && line.trimmed == "...")
    }
    guard let end = head.dropFirst().firstIndex(where: isEnd), end > 1 else { return nil }
    let sign: Character = mark == "---" ? ":" : "="
    let inside = head[1..<end]
    // Settings open with a name; a rule with a paragraph below it does not.
    guard let first = inside.first(where: { !$0.allSatisfy(\.isWhitespace) && $0.first != "#" }),
      let colon = first.firstIndex(of: sign), colon != first.startIndex,
      first[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || "_- \"'".contains($0) })
    else { return nil }
    text = head[...end].joined(separator: "\n")
    lines = end + 1
    let said = inside.first { $0.lowercased().hasPrefix("title") }
    title = said.flatMap { line in
      guard let colon = line.firstIndex(of: sign) else { return nil }
      let value = line[line.index(after: colon)...].trimmed
      let bare =
        value.count > 1 && "\"'".contains(value.prefix(1)) && value.last == value.first
        ? String(value.dropFirst().dropLast()) : value
      return bare.isEmpty ? nil : bare
    }
  }
}
