/// Translates Org text to Markdown, line by line: headings, blocks, lists, tables and inline markup.
/// Nothing in it is run.
struct OrgText {
  var lines: MarkdownLines
  let source: [MarkupLine]
  var at = 0
  /// The open list items, from the outermost.
  var items: [Item] = []
  /// The quotes and notes that are open, as the beginning of their lines.
  var quotes = ""
  var openQuotes: [OpenQuote] = []
  var blankLines = 0
  let hasTitle: Bool
  /// The lines that end blocks and drawers, by their names.
  var ends: [String: [Int]] = [:]

  /// The deepest nesting of quotes and of markup in a line.
  static let depthLimit = 8

  struct Item {
    /// The column of the bullet in the source.
    let indent: Int
    /// The column of the content in Markdown.
    let content: Int
  }

  /// An open quote or note, and the lines' beginning and the items around it.
  struct OpenQuote {
    let name: String
    let quotes: String
    let items: [Item]
  }

  static func markdown(of text: String) -> String {
    var document = OrgText(text)
    while document.at < document.source.count { document.next() }
    return document.lines.text
  }

  init(_ text: String) {
    source = MarkupLine.lines(of: text)
    lines = MarkdownLines(source)
    for line in source {
      let text = line.text.trimmed.lowercased()
      if text.hasPrefix("#+end_") || text == ":end:" { ends[text, default: []].append(line.index) }
    }
    hasTitle = source.contains { $0.text.trimmed.lowercased().hasPrefix("#+title:") }
  }

  var prefix: String {
    quotes + String(repeating: " ", count: items.last?.content ?? 0)
  }

  // MARK: Lines

  mutating func next() {
    let line = source[at]
    defer { at += 1 }
    let text = line.text.trimmed
    guard !text.isEmpty else {
      blankLines += 1
      // Two blank lines end all lists.
      if blankLines > 1 { items = [] }
      lines.writeBlank(at: line.index, in: quotes)
      return
    }
    blankLines = 0
    if let level = Self.headingLevel(line.text) {
      heading(line, level)
      return
    }
    if let keyword = Keyword(text) {
      take(keyword, line)
      return
    }
    // A line that is indented less than an item's content ends the item.
    let isItem = Self.bullet(line.text) != nil
    while let item = items.last, line.indent <= item.indent { items.removeLast() }
    if isItem, item(line) { return }
    if text.hasPrefix("# ") || text == "#" {
      comment(text.dropFirst().trimmed, at: line.index)
    } else if text == ":" || text.hasPrefix(": ") {
      fixedWidth()
    } else if let name = Self.drawer(text), let end = drawerEnd() {
      drawer(name, through: end)
    } else if text.hasPrefix("|") {
      table()
    } else if text.count >= 5, text.allSatisfy({ $0 == "-" }) {
      lines.write("***", at: line.index, in: prefix)
    } else if let footnote = Self.footnote(text) {
      items = []
      lines.write(
        "[^\(footnote.label)]: " + inline(footnote.text), at: line.index, in: quotes)
    } else {
      paragraph()
    }
  }

  static func headingLevel(_ text: Substring) -> Int? {
    let stars = text.prefix { $0 == "*" }.count
    return stars > 0 && text.dropFirst(stars).first == " " ? stars : nil
  }

  mutating func heading(_ line: MarkupLine, _ stars: Int) {
    items = []
    quotes = ""
    openQuotes = []
    var title = line.text.dropFirst(stars).trimmed
    var tags = ""
    // Tags: `:one:two:` at the end.
    if title.hasSuffix(":"), let space = title.lastIndex(of: " ") {
      let word = title[title.index(after: space)...]
      if word.hasPrefix(":"), word.count > 2,
        word.allSatisfy({ $0.isLetter || $0.isNumber || "_@#%:".contains($0) })
      {
        tags = word.split(separator: ":").joined(separator: ", ")
        title = title[..<space].trimmed
      }
    }
    let level = min(6, stars + (hasTitle ? 1 : 0))
    let end = tags.isEmpty ? "" : " (\(MarkdownText.plain(tags)))"
    lines.write(
      String(repeating: "#", count: level) + " " + inline(title) + end, at: line.index, in: "")
  }

  static func bullet(_ text: Substring) -> (width: Int, markdown: String)? {
    let indent = text.prefix { $0 == " " }.count
    let rest = text.dropFirst(indent)
    guard let first = rest.first else { return nil }
    if first == "-" || first == "+" || (first == "*" && indent > 0) {
      return rest.count == 1 || rest.dropFirst().first == " " ? (2, "- ") : nil
    }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let number = digits.isEmpty ? rest.prefix(1) : digits
    guard number.count < 10, first.isASCII, first.isNumber || first.isLetter,
      let mark = rest.dropFirst(number.count).first, mark == "." || mark == ")",
      rest.dropFirst(number.count + 1).first == " "
    else { return nil }
    let width = number.count + 2
    return digits.isEmpty ? (width, "- \(number)\(mark) ") : (width, "\(number)\(mark) ")
  }

  mutating func item(_ line: MarkupLine) -> Bool {
    guard let bullet = Self.bullet(line.text) else { return false }
    let outer = items.last?.content ?? 0
    var text = line.text.dropFirst(line.indent + bullet.width).trimmed
    if text.hasPrefix("[@"), let end = text.firstIndex(of: "]") {
      text = text[text.index(after: end)...].trimmed
    }
    var box = ""
    for mark in ["[ ] ", "[X] ", "[x] ", "[-] "] where text.hasPrefix(mark) {
      box = mark == "[-] " ? "[ ] " : mark
      text = text.dropFirst(4).trimmed
    }
    lines.mark(line.index, bullet.markdown, in: prefix)
    let content = outer + (bullet.markdown.hasPrefix("-") ? 2 : bullet.markdown.count)
    items.append(Item(indent: line.indent, content: content))
    if let mark = text.firstRange(of: " ::"),
      text[mark.upperBound...].isEmpty || text[mark.upperBound...].first == " "
    {
      let term = inline(String(text[..<mark.lowerBound]))
      let rest = paragraphText(text[mark.upperBound...].trimmed)
      let strong = term.contains("*") || term.contains("`") ? term : "**\(term)**"
      write(rest, beginning: box + strong + (rest[0].isEmpty ? "" : " — "))
    } else {
      write(paragraphText(text), beginning: box)
    }
    return true
  }

  /// The text of a paragraph that begins with a given line, through the lines below that belong to it.
  func paragraphText(_ first: String) -> [String] {
    var texts = [first]
    var index = at + 1
    let limit = items.last?.indent ?? -1
    while index < source.count {
      let line = source[index]
      let text = line.text.trimmed
      guard !text.isEmpty, line.indent > limit, Self.headingLevel(line.text) == nil,
        Self.bullet(line.text) == nil, Keyword(text) == nil, Self.drawer(text) == nil,
        !text.hasPrefix("|"), !text.hasPrefix("# "), text != ":", !text.hasPrefix(": "),
        Self.footnote(text) == nil
      else { break }
      texts.append(text)
      index += 1
    }
    return texts
  }

  mutating func paragraph() {
    write(paragraphText(source[at].text.trimmed), beginning: "")
  }

  /// Writes the lines of a paragraph from the current line on.
  mutating func write(_ texts: [String], beginning: String) {
    let written = inline(texts.joined(separator: "\n")).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (offset, text) in written.enumerated() {
      var line = offset == 0 && !beginning.isEmpty ? beginning + text : MarkdownText.line(text)
      // Two backslashes end a line.
      if line.hasSuffix("\\\\\\\\") { line = line.dropLast(4).trimmed + "\\" }
      lines.write(line, at: source[at + offset].index, in: prefix)
    }
    at += written.count - 1
  }

  mutating func comment(_ text: String, at index: Int) {
    guard !text.isEmpty else { return lines.writeBlank(at: index, in: prefix) }
    lines.write("<!-- \(MarkdownText.comment(text)) -->", at: index, in: prefix)
  }

  mutating func fixedWidth() {
    let start = at
    while at + 1 < source.count,
      source[at + 1].text.trimmed == ":"
        || source[at + 1].text.trimmed.hasPrefix(": ")
    { at += 1 }
    let code = source[start...at].map {
      MarkupLine(index: $0.index, text: $0.text.trimmed.dropFirst(2))
    }
    writeCode(code, "")
  }

  mutating func writeCode(_ code: [MarkupLine], _ language: String) {
    guard let first = code.first else { return }
    let before = first.index > 0 && lines.isFree(first.index - 1) ? first.index - 1 : nil
    lines.writeCode(code[...], language: language, before: before, in: prefix)
  }

  // MARK: Drawers and footnotes

  static func drawer(_ text: String) -> String? {
    guard text.hasPrefix(":"), text.hasSuffix(":"), text.count > 2 else { return nil }
    let name = text.dropFirst().dropLast()
    return name.allSatisfy { $0.isLetter || $0.isNumber || "_-".contains($0) }
      ? String(name) : nil
  }

  func drawerEnd() -> Int? {
    guard let end = end(":end:"), end < at + 200,
      !source[at..<end].contains(where: { Self.headingLevel($0.text) != nil })
    else { return nil }
    return end
  }

  /// The first line below that ends a block or drawer.
  func end(_ mark: String) -> Int? {
    guard let lines = ends[mark] else { return nil }
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle] > at { high = middle } else { low = middle + 1 }
    }
    return low < lines.count ? lines[low] : nil
  }

  mutating func drawer(_ name: String, through end: Int) {
    let inside = source[(at + 1)..<end].map { MarkdownText.comment($0.text.trimmed) }
    guard inside.contains(where: { !$0.isEmpty }) else {
      at = end
      return
    }
    lines.write("<!-- \(name)", at: source[at].index, in: prefix)
    for (offset, text) in inside.enumerated() {
      lines.write(text, at: source[at + 1 + offset].index, in: prefix)
    }
    lines.write("-->", at: source[end].index, in: prefix)
    at = end
  }

  static func footnote(_ text: String) -> (label: String, text: String)? {
    guard text.hasPrefix("[fn:"), let end = text.firstIndex(of: "]") else { return nil }
    let label = text.dropFirst(4)[..<end]
    guard !label.isEmpty, label.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) })
    else { return nil }
    return (String(label), text[text.index(after: end)...].trimmed)
  }

  // MARK: Tables

  mutating func table() {
    let start = at
    while at + 1 < source.count, source[at + 1].text.trimmed.hasPrefix("|") { at += 1 }
    let rows = Array(source[start...at])
    let rules = rows.indices.filter { rows[$0].text.trimmed.hasPrefix("|-") }
    let columns = Self.cells(rows[0].text).count
    let before = rows[0].index
    guard rules == [1], rows.count > 2, columns > 0, before == 0 || lines.isFree(before - 1),
      rows.allSatisfy({ Self.cells($0.text).count == columns || $0.text.trimmed.hasPrefix("|-") })
    else {
      writeCode(Self.dedented(rows[...]), "")
      return
    }
    for (offset, row) in rows.enumerated() {
      let text =
        offset == 1
        ? "|" + String(repeating: "---|", count: columns)
        : "| "
          + Self.cells(row.text).map { inline($0).replacing("|", with: "\\|") }
          .joined(separator: " | ") + " |"
      lines.write(text, at: row.index, in: prefix)
    }
    lines.separateBelow(source[at].index, in: prefix)
  }

  static func cells(_ row: Substring) -> [String] {
    var parts = row.trimmed.dropFirst().split(
      separator: "|", omittingEmptySubsequences: false
    ).map { $0.trimmed }
    if parts.last == "" { parts.removeLast() }
    return parts
  }
}
