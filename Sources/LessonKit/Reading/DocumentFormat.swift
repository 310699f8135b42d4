/// The format of a document.
enum DocumentFormat {
  case markdown, plain

  /// Detects the format from the file extension, or else from the text.
  init(name: String, text: String) {
    if MarkdownName.matches(name) {
      self = .markdown
    } else {
      self = FrontMatter(text) != nil || Self.isMarkdown(text) ? .markdown : .plain
    }
  }

  /// Whether a text is clearly Markdown: it has headings, or it has fences and nothing that suggests
  /// plain text. A comment in code without a fence looks like a heading too, and plain text with
  /// numbered sections may have fences.
  private static func isMarkdown(_ text: String) -> Bool {
    var signs = Signs()
    for line in PlainPages.lines(of: text) { signs.read(line.prefix(200)) }
    if signs.boldLines > 1 { return true }
    if signs.deepHeadings >= 2 || (signs.opensWithTitle && signs.deepHeadings > 0) { return true }
    if signs.opensWithTitle, signs.headings == 1 || signs.comments == 0 {
      return signs.hasLink || signs.fences > 0 || signs.headings > 1
    }
    guard signs.fences > 0, signs.comments == 0 else { return false }
    return !PlainOutline(PlainText(text)).headings.contains { $0.level == .lesson }
  }

  /// Evidence for and against Markdown in a text.
  private struct Signs {
    var headings = 0
    var deepHeadings = 0
    /// Lines that look like top headings but have text directly above or below.
    var comments = 0
    var fences = 0
    var opensWithTitle = false
    var hasLink = false
    /// Lines with a bold term.
    var boldLines = 0
    private var isFirst = true
    private var isFenced = false
    private var isAfterBlank = true
    private var isAfterHeading = false

    /// Whether a line has words between two pairs of asterisks, unlike powers and arguments in code.
    private static func hasBoldTerm(_ line: Substring) -> Bool {
      let parts = line.split(separator: "**", omittingEmptySubsequences: false)
      guard parts.count > 2 else { return false }
      return (1..<(parts.count - 1)).contains { place in
        let (before, term, after) = (parts[place - 1], parts[place], parts[place + 1])
        guard let first = term.first, let last = term.last, term.contains(where: \.isLetter) else {
          return false
        }
        let opens = before.last.map { $0.isWhitespace || "(\"“—".contains($0) } ?? true
        let closes = after.first.map { !$0.isLetter && !$0.isNumber } ?? true
        return opens && closes && (first.isLetter || first.isNumber || "`(\"“".contains(first))
          && !last.isWhitespace
      }
    }

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
      if line.utf8.contains(UInt8(ascii: "*")), Self.hasBoldTerm(line) { boldLines += 1 }
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

/// The front matter of a document: settings at its start, between two lines of `---` or `+++`.
struct FrontMatter {
  /// The text of the front matter, including its delimiters.
  let text: String
  /// The number of lines.
  let lines: Int
  /// The title of the document in the settings, or nil.
  let title: String?

  /// The most lines of front matter.
  private static let maximumLines = 400

  /// Returns nil if the document has no front matter.
  init?(_ document: String) {
    let mark = document.prefix { !$0.isNewline }.trimmed
    guard mark == "---" || mark == "+++" else { return nil }
    let head = document.split(
      maxSplits: Self.maximumLines, omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).prefix(Self.maximumLines)
    let isEnd = { (line: Substring) in
      line.trimmed == mark || (mark == "---" && line.trimmed == "...")
    }
    guard let end = head.dropFirst().firstIndex(where: isEnd), end > 1 else { return nil }
    let sign: Character = mark == "---" ? ":" : "="
    let inside = head[1..<end]
    // Settings begin with a name, unlike a paragraph below a rule.
    guard inside.first?.allSatisfy(\.isWhitespace) == false,
      let first = inside.first(where: { $0.first != "#" }),
      let colon = first.firstIndex(of: sign), colon != first.startIndex,
      first[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || "_- \"'".contains($0) })
    else { return nil }
    text = head[...end].joined(separator: "\n")
    lines = end + 1
    let setting = inside.first { $0.lowercased().hasPrefix("title") }
    title = setting.flatMap { line in
      guard let colon = line.firstIndex(of: sign) else { return nil }
      let value = line[line.index(after: colon)...].trimmed
      let bare =
        value.count > 1 && "\"'".contains(value.prefix(1)) && value.last == value.first
        ? String(value.dropFirst().dropLast()) : value
      return bare.isEmpty ? nil : bare
    }
  }
}

/// The file names of Markdown documents.
public enum MarkdownName {
  /// The file extensions in lower case.
  public static let endings: Set = [
    "md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "rmd",
  ]

  /// Whether a path has one of the extensions.
  public static func matches(_ path: String) -> Bool {
    let file = path.split(separator: "/").last ?? ""
    guard file.contains("."), let ending = file.split(separator: ".").last else { return false }
    return endings.contains(ending.lowercased())
  }
}
