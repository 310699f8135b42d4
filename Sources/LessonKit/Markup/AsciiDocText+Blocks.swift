// Blocks between two delimiters: code, tables, quotes, notes, comments.

extension AsciiDocText {
  static func delimiter(_ text: String) -> String? {
    guard let first = text.first else { return nil }
    if text.hasPrefix("```") { return text.dropFirst(3).contains("`") ? nil : text }
    if text == "--" { return text }
    if text == "|===" || text == ",===" || text == ":===" || text == "!===" { return text }
    guard text.count >= 4, "-.=*_+/".contains(first), text.allSatisfy({ $0 == first }) else {
      return nil
    }
    return text
  }

  mutating func take(_ delimiter: String, _ line: MarkupLine) -> Bool {
    if let index = open.lastIndex(where: { $0.delimiter == delimiter }) {
      // The end of a block.
      let block = open[index]
      items = block.items
      let ending = block.attribution.isEmpty ? "" : "— " + inline(block.attribution)
      lines.write(ending, at: line.index, in: block.quotes)
      if ending.isEmpty { lines.writeBlank(at: line.index, in: "") }
      open.removeSubrange(index...)
      isAfterBlank = true
      continuesItem = false
      return true
    }
    if !continuesItem, isAfterBlankBefore { items = [] }
    let words = style.words
    let note = words.first.flatMap(Self.noteWord)
    switch delimiter.first {
    case "-"
    where delimiter == "--" && note == nil && words.first != "source" && words.first != "quote":
      begin(delimiter, line, quotes: prefix)
    case "=", "*", "_":
      if delimiter.first == "=", delimiter.count < 4 { return false }
      let isQuote = delimiter.first != "=" || note != nil
      begin(delimiter, line, quotes: prefix + (isQuote ? "> " : ""))
    case "-" where note != nil || words.first == "quote":
      begin(delimiter, line, quotes: prefix + "> ")
    case "|", ",", ":", "!": table(delimiter, line)
    case "/": commentBlock(delimiter, line)
    default: code(delimiter, line)
    }
    style = Style()
    return true
  }

  private var isAfterBlankBefore: Bool { at > 0 && source[at - 1].isBlank }

  private mutating func begin(_ delimiter: String, _ line: MarkupLine, quotes: String) {
    let isQuote = style.words.first == "quote" || style.words.first == "verse"
    // Deeper blocks are not set off any more.
    let quotes = open.count < Self.depthLimit ? quotes : self.quotes
    open.append(
      OpenBlock(
        delimiter: delimiter, quotes: quotes, items: items,
        attribution: isQuote ? style.words.dropFirst().joined(separator: ", ") : ""))
    items = []
    continuesItem = false
    isAfterBlank = true
    if let word = style.words.first.flatMap(Self.noteWord), quotes.hasSuffix("> ") {
      let outer = String(quotes.dropLast(2))
      lines.writeNote(word, title: "", at: line.index, hasText: false, in: outer)
    } else {
      lines.writeBlank(at: line.index, in: quotes)
    }
  }

  /// The index of the line that closes a block whose content is not ordinary text.
  private func end(of delimiter: String) -> Int? {
    let closing = delimiter.hasPrefix("```") ? "```" : delimiter
    return ((at + 1)..<source.count).first { source[$0].text.trimmed == closing }
  }

  private mutating func code(_ delimiter: String, _ line: MarkupLine) {
    let end = end(of: delimiter) ?? source.count
    var language = style.words.first == "source" ? style.words.dropFirst().first ?? "" : ""
    if delimiter.hasPrefix("```") {
      language = delimiter.dropFirst(3).split(separator: ",").first.map { $0.trimmed } ?? ""
    } else if language.isEmpty, style.words.first == "source" {
      language = attributes["source-language"] ?? ""
    }
    let inside = source[min(at + 1, end)..<end]
    let fence = MarkdownText.fence(around: inside)
    lines.write(fence + substituted(language), at: line.index, in: prefix)
    for line in inside { lines.write(String(line.text), at: line.index, in: prefix) }
    if end < source.count {
      lines.write(fence, at: source[end].index, in: prefix)
    } else if let last = source.last {
      lines.add(fence, after: last.index, in: prefix)
    }
    finish(through: end)
  }

  private mutating func finish(through end: Int) {
    at = min(end, source.count - 1)
    isAfterBlank = true
    continuesItem = false
  }

  private mutating func commentBlock(_ delimiter: String, _ line: MarkupLine) {
    guard let end = end(of: delimiter) else {
      lines.writeBlank(at: line.index, in: quotes)
      return
    }
    lines.write("<!--", at: line.index, in: prefix)
    for line in source[(at + 1)..<end] {
      lines.write(MarkdownText.comment(line.text), at: line.index, in: prefix)
    }
    lines.write("-->", at: source[end].index, in: prefix)
    finish(through: end)
  }

  /// Writes a table with one row on each line as a Markdown table, and any other as it is.
  private mutating func table(_ delimiter: String, _ line: MarkupLine) {
    guard let end = end(of: delimiter) else {
      let inside = source[(at + 1)...]
      let fence = MarkdownText.fence(around: inside)
      lines.write(fence, at: line.index, in: prefix)
      for line in inside { lines.write(String(line.text), at: line.index, in: prefix) }
      if let last = source.last { lines.add(fence, after: last.index, in: prefix) }
      finish(through: source.count)
      return
    }
    let inside = source[(at + 1)..<end]
    let rows = inside.filter { !$0.isBlank }.map { Self.cells(String($0.text)) }
    let hasHeader = inside.count > 1 && !inside[at + 1].isBlank && inside[at + 2].isBlank
    if delimiter == "|===", hasHeader, let columns = rows.first??.count, columns > 1,
      rows.allSatisfy({ $0?.count == columns })
    {
      lines.writeBlank(at: line.index, in: prefix)
      for line in inside where !line.isBlank {
        let cells = Self.cells(String(line.text)) ?? []
        lines.write(
          "| " + cells.map { inline($0) }.joined(separator: " | ") + " |", at: line.index,
          in: prefix)
      }
      // Later blank lines would end the table, so the rows move up to the rule.
      lines.write(
        "|" + String(repeating: "---|", count: columns), at: inside[at + 2].index, in: prefix)
      let later = inside[(at + 3)...]
      if later.contains(where: \.isBlank) { lines.closeGaps(later.map(\.index)) }
      lines.writeBlank(at: source[end].index, in: prefix)
    } else {
      let fence = MarkdownText.fence(around: inside)
      lines.write(fence, at: line.index, in: prefix)
      for line in inside { lines.write(String(line.text), at: line.index, in: prefix) }
      lines.write(fence, at: source[end].index, in: prefix)
    }
    finish(through: end)
  }

  /// The cells of a row, or nil if it has settings for cells.
  private static func cells(_ row: String) -> [String]? {
    let row = row.trimmed
    guard row.hasPrefix("|"), !row.contains("\\|") else { return nil }
    let parts = row.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
    for part in parts.dropLast() {
      // `2+|` and `a|` are settings of the next cell.
      if let last = part.last, last != " ",
        part.split(separator: " ").last.map({ word in
          word.count <= 4 && word.allSatisfy { "0123456789+.*^<>aehlmsd".contains($0) }
        }) ?? false
      {
        return nil
      }
    }
    return parts.map { $0.trimmed }
  }
}
