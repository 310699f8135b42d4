/// Keywords such as `#+title:`, and blocks between `#+begin_` and `#+end_`.
extension OrgText {
  /// A line that begins with `#+`.
  struct Keyword {
    let name: String
    let value: String

    init?(_ text: String) {
      guard text.hasPrefix("#+") else { return nil }
      let rest = text.dropFirst(2)
      let name = rest.prefix { !$0.isWhitespace && $0 != ":" && $0 != "[" }
      guard !name.isEmpty else { return nil }
      self.name = name.lowercased()
      var after = rest.dropFirst(name.count)
      if after.first == "[", let end = after.firstIndex(of: "]") {
        after = after[after.index(after: end)...]
      }
      value = (after.first == ":" ? after.dropFirst() : after).trimmed
    }
  }

  mutating func take(_ keyword: Keyword, _ line: MarkupLine) {
    if keyword.name.hasPrefix("begin_") {
      block(keyword.name.dropFirst(6).trimmed, keyword.value, line)
      return
    }
    if keyword.name.hasPrefix("end_") {
      closeQuote(keyword.name.dropFirst(4).trimmed)
      lines.writeBlank(at: line.index, in: quotes)
      return
    }
    switch keyword.name {
    case "title":
      lines.write("# " + inline(keyword.value), at: line.index, in: "")
    case "subtitle", "author", "date", "email":
      let name = keyword.name.prefix(1).uppercased() + keyword.name.dropFirst()
      let next = source.indices.contains(at + 1) ? source[at + 1].text.trimmed : ""
      let isLast = Keyword(next).map { !["subtitle", "author", "date", "email"].contains($0.name) }
      lines.write(
        "**\(name):** " + inline(keyword.value) + (isLast ?? true ? "" : "\\"), at: line.index,
        in: "")
    case "caption":
      lines.write(MarkdownText.strong(keyword.value), at: line.index, in: prefix)
    case "results":
      lines.writeBlank(at: line.index, in: prefix)
    default:
      comment(line.text.trimmed.dropFirst(2).trimmed, at: line.index)
    }
  }

  static let notes: Set = [
    "note", "tip", "warning", "important", "caution", "info", "hint", "danger", "error", "seealso",
  ]

  mutating func block(_ name: String, _ value: String, _ line: MarkupLine) {
    let end = end("#+end_" + name)
    switch name {
    case "src", "example", "export", "latex", "html", "ascii", "comment":
      guard let end else { return comment(line.text.trimmed.dropFirst(2).trimmed, at: line.index) }
      let inside = Self.dedented(source[(at + 1)..<end])
      let language = name == "src" || name == "export" ? value : ""
      code(inside, language, through: end)
    case "verse":
      guard let end else { return lines.writeBlank(at: line.index, in: prefix) }
      for index in (at + 1)..<end {
        let text = inline(source[index].text.trimmed)
        let isLast = index + 1 == end || source[index + 1].isBlank || text.isEmpty
        lines.write(
          MarkdownText.line(text) + (isLast ? "" : "\\"), at: source[index].index, in: prefix + "> "
        )
      }
      at = end
    case "quote":
      openQuote(name)
      lines.writeBlank(at: line.index, in: quotes)
    case _ where Self.notes.contains(name):
      openQuote(name)
      let outer = quotes.hasSuffix("> ") ? String(quotes.dropLast(2)) : quotes
      let isOther = name == "seealso"
      lines.writeNote(
        isOther ? "note" : name, title: isOther ? "See also" : "", at: line.index, hasText: false,
        in: outer)
    default:
      // A centred or special block contains ordinary text. Its end is a blank line.
      lines.write(MarkdownText.strong(value), at: line.index, in: prefix)
    }
  }

  mutating func openQuote(_ name: String) {
    openQuotes.append(OpenQuote(name: name, quotes: quotes, items: items))
    if quotes.utf8.count(where: { $0 == UInt8(ascii: ">") }) < Self.depthLimit {
      quotes = prefix + "> "
    }
    items = []
  }

  /// Ends a quote and those inside it. Other blocks have ordinary text and no quote.
  mutating func closeQuote(_ name: String) {
    // Quotes without an end must not make the search slow.
    guard let index = openQuotes.suffix(64).lastIndex(where: { $0.name == name }) else { return }
    quotes = openQuotes[index].quotes
    items = openQuotes[index].items
    openQuotes.removeSubrange(index...)
  }

  mutating func code(_ inside: [MarkupLine], _ language: String, through end: Int) {
    // A comma keeps a line from being read as Org.
    let unescaped = inside.map { line in
      let text = line.text.drop { $0 == " " }
      guard text.hasPrefix(",*") || text.hasPrefix(",#+") || text.hasPrefix(",,") else {
        return line
      }
      let indent = line.text.prefix { $0 == " " }
      return MarkupLine(index: line.index, text: Substring(indent + text.dropFirst()))
    }
    let fence = MarkdownText.fence(around: unescaped)
    lines.write(fence + language.filter { $0 != "`" }, at: source[at].index, in: prefix)
    for line in unescaped { lines.write(String(line.text), at: line.index, in: prefix) }
    lines.write(fence, at: source[end].index, in: prefix)
    at = end
  }

  static func dedented(_ source: ArraySlice<MarkupLine>) -> [MarkupLine] {
    let common = source.lazy.filter { !$0.isBlank }.map(\.indent).min() ?? 0
    return source.map { $0.dedented(by: common) }
  }
}
