/// What a document is written in.
enum DocumentFormat {
  case markdown, plain

  /// Decides by the ending of the name, and where that leaves it open by what stands in the text.
  init(name: String, text: String) {
    if MarkdownName.isOne(name) {
      self = .markdown
    } else {
      self = FrontMatter(text) != nil || Self.isMarkdown(text) ? .markdown : .plain
    }
  }

  /// Whether a text of unknown kind is clearly Markdown: it has headings of its kind, or fences and
  /// nothing that speaks against it. A comment in code that lost its fence looks like a heading too,
  /// and plain text with sections of its own may well have fences.
  private static func isMarkdown(_ text: String) -> Bool {
    var signs = Signs()
    for line in PlainPages.split(text) { signs.read(line.prefix(200)) }
    if signs.deepHeadings >= 2 || (signs.opensWithTitle && signs.deepHeadings > 0) { return true }
    if signs.opensWithTitle, signs.headings == 1 || signs.comments == 0 {
      return signs.hasLink || signs.fences > 0 || signs.headings > 1
    }
    guard signs.fences > 0, signs.comments == 0 else { return false }
    return !PlainOutline(PlainText(text)).headings.contains { $0.level == .lesson }
  }

  /// What speaks for Markdown in a text, and what against it.
  private struct Signs {
    var headings = 0
    var deepHeadings = 0
    /// Lines that would be top headings but for the text right above or below them.
    var comments = 0
    var fences = 0
    var opensWithTitle = false
    var hasLink = false
    private var isFirst = true
    private var isFenced = false
    private var isAfterBlank = true
    private var isAfterHeading = false

    mutating func read(_ line: Substring) {
      let isBlank = line.allSatisfy(\.isWhitespace)
      if isAfterHeading, !isBlank {
        headings -= 1
        comments += 1
      }
      isAfterHeading = false
      defer {
        isAfterBlank = isBlank
        if !isBlank { isFirst = false }
      }
      if line.hasPrefix("```") {
        if isFenced { fences += 1 }
        isFenced.toggle()
        return
      }
      guard !isFenced else { return }
      if line.contains("](") { hasLink = true }
      let level = line.prefix { $0 == "#" }.count
      let rest = line.dropFirst(level)
      guard (1...6).contains(level), rest.first == " ", rest.contains(where: \.isLetter) else {
        return
      }
      if level > 1 {
        deepHeadings += 1
      } else if isAfterBlank {
        headings += 1
        isAfterHeading = true
        if isFirst { opensWithTitle = true }
      } else {
        comments += 1
      }
    }
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
    let mark = document.prefix { !$0.isNewline }.trimmed
    guard mark == "---" || mark == "+++" else { return nil }
    let head = document.split(
      maxSplits: Self.longest, omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).prefix(Self.longest)
    let isEnd = { (line: Substring) in
      line.trimmed == mark || (mark == "---" && line.trimmed == "...")
    }
    guard let end = head.dropFirst().firstIndex(where: isEnd), end > 1 else { return nil }
    let sign: Character = mark == "---" ? ":" : "="
    let inside = head[1..<end]
    // Settings open with a name; a rule with a paragraph below it does not.
    guard inside.first?.allSatisfy(\.isWhitespace) == false,
      let first = inside.first(where: { $0.first != "#" }),
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

/// By what a file's name says that it holds Markdown.
public enum MarkdownName {
  /// The endings of such names, in small letters.
  public static let endings: Set = [
    "md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "rmd",
  ]

  /// Whether the file at a path is one, by its name.
  public static func isOne(_ path: String) -> Bool {
    let file = path.split(separator: "/").last ?? ""
    guard file.contains("."), let ending = file.split(separator: ".").last else { return false }
    return endings.contains(ending.lowercased())
  }
}
