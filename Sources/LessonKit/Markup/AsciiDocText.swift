/// Translates AsciiDoc to Markdown, line by line: titles, blocks, notes, lists, tables and inline
/// markup. Nothing is executed or opened: `include` and `image` only name a file.
struct AsciiDocText {
  private var lines: MarkdownLines
  private let source: [MarkupLine]
  private var at = 0
  /// The values of attributes, such as `{url}`.
  private var attributes: [String: String] = [:]
  /// The markers of the open list items, from the outermost, and the columns of their content.
  private var items: [Item] = []
  /// Whether the next block belongs to the open item.
  private var continuesItem = false
  private var isAfterBlank = true
  /// The open blocks of ordinary text, with their delimiters.
  private var open: [OpenBlock] = []
  /// The settings in brackets above the next block.
  private var style = Style()

  /// The deepest nesting of blocks.
  private static let depthLimit = 8

  private struct Item {
    let marker: String
    let content: Int
  }

  private struct OpenBlock {
    let delimiter: String
    let quotes: String
    let items: [Item]
    let attribution: String
  }

  /// The positional settings of a block.
  private struct Style {
    var words: [String] = []
    var isSet = false
  }

  static func markdown(of text: String) -> String {
    var document = AsciiDocText(text)
    document.header()
    while document.at < document.source.count { document.next() }
    return document.lines.text
  }

  private init(_ text: String) {
    source = MarkupLine.lines(of: text)
    lines = MarkdownLines(count: source.count)
    longestValue = 4_000_000 / max(1, text.utf8.count { $0 == UInt8(ascii: "{") })
  }

  /// The longest value that is put into the text, so that many uses of it cannot make the text huge.
  private let longestValue: Int

  func value(of attribute: String) -> String? {
    attributes[attribute].flatMap { $0.utf8.count <= longestValue ? $0 : nil }
  }

  private var quotes: String { open.last?.quotes ?? "" }

  private var prefix: String {
    quotes + (continuesItem ? String(repeating: " ", count: items.last?.content ?? 0) : "")
  }

  // MARK: Header

  /// Takes the document's title, its authors and its attributes, up to the first blank line.
  private mutating func header() {
    while at < source.count,
      source[at].isBlank || isComment(source[at].text)
        || takeAttribute(source[at])
    {
      if isComment(source[at].text) { comment(source[at]) }
      at += 1
    }
    guard at < source.count, source[at].text.hasPrefix("= ") else { return }
    lines.write("# " + inline(source[at].text.dropFirst(2).trimmed), at: at, in: "")
    at += 1
    var facts = 0
    while at < source.count, !source[at].isBlank {
      let line = source[at]
      if isComment(line.text) {
        comment(line)
      } else if !takeAttribute(line) {
        guard facts < 2, line.text.first.map({ $0.isLetter || $0.isNumber || $0 == "{" }) ?? false
        else { return }
        facts += 1
        // The author and the revision.
        lines.write(MarkdownText.line(inline(line.text.trimmed)), at: at, in: "")
        if facts == 2, at > 0 { lines.write(lines.text(at: at - 1) + "\\", at: at - 1, in: "") }
      }
      at += 1
    }
  }

  /// Takes an attribute: `:name: value`.
  private mutating func takeAttribute(_ line: MarkupLine) -> Bool {
    let text = line.text
    guard text.hasPrefix(":"), let end = text.dropFirst().firstIndex(of: ":") else { return false }
    let name = text[text.index(after: text.startIndex)..<end]
    let rest = text[text.index(after: end)...]
    guard !name.isEmpty, rest.isEmpty || rest.first == " ",
      name.allSatisfy({ $0.isLetter || $0.isNumber || "-_!".contains($0) })
    else { return false }
    attributes[name.lowercased()] = rest.trimmed
    lines.write("<!-- \(MarkdownText.comment(text.trimmed)) -->", at: line.index, in: quotes)
    return true
  }

  private func isComment(_ text: Substring) -> Bool {
    text.hasPrefix("//") && !text.hasPrefix("///")
  }

  private mutating func comment(_ line: MarkupLine) {
    let text = line.text.dropFirst(2).trimmed
    if text.isEmpty {
      lines.writeBlank(at: line.index, in: quotes)
    } else {
      lines.write("<!-- \(MarkdownText.comment(text)) -->", at: line.index, in: prefix)
    }
  }

  // MARK: Lines

  private mutating func next() {
    let line = source[at]
    let text = String(line.text).trimmed
    let wasAfterBlank = isAfterBlank
    isAfterBlank = false
    defer { at += 1 }
    if text.isEmpty {
      isAfterBlank = true
      lines.writeBlank(at: line.index, in: quotes)
      return
    }
    if text == "+", !items.isEmpty {
      continuesItem = true
      lines.writeBlank(at: line.index, in: quotes)
      return
    }
    if let delimiter = Self.delimiter(text), take(delimiter, line) { return }
    if isComment(line.text) { return comment(line) }
    if let level = Self.titleLevel(line.text) {
      items = []
      continuesItem = false
      style = Style()
      lines.write(
        String(repeating: "#", count: min(6, level)) + " "
          + inline(text.drop { $0 == "=" || $0 == "#" }.trimmed), at: line.index, in: quotes)
      return
    }
    if takeAttribute(line) { return }
    if text.hasPrefix("["), text.hasSuffix("]"), takeStyle(text, line) { return }
    if text.hasPrefix("."), let second = text.dropFirst().first, second != ".", second != " " {
      blockTitle(String(text.dropFirst()), line)
      return
    }
    if line.indent > 0, wasAfterBlank, Marker(text) == nil, !continuesItem { return literal() }
    if let marker = Marker(text) { return item(marker, line) }
    if wasAfterBlank, !continuesItem { items = [] }
    if text == "'''" || text == "<<<" || text == "---" || text == "***" || text == "* * *" {
      lines.write(text == "<<<" ? "" : "***", at: line.index, in: prefix)
    } else if let macro = blockMacro(text) {
      lines.write(macro, at: line.index, in: prefix)
    } else if let note = Self.note(text) {
      paragraph(note.text, beginning: "**\(note.word):** ", in: prefix + "> ")
    } else if let word = style.words.first.flatMap(Self.noteWord) {
      style = Style()
      lines.write("", at: line.index, in: prefix)
      paragraph(text, beginning: "**\(word):** ", in: prefix + "> ")
    } else if let first = style.words.first, ["source", "listing", "literal"].contains(first) {
      paragraphAsCode()
    } else if let first = style.words.first, ["quote", "verse"].contains(first) {
      let attribution = style.words.dropFirst().joined(separator: ", ")
      style = Style()
      paragraph(
        text, beginning: "", in: prefix + "> ", ending: attribution, keepsLines: first == "verse")
    } else {
      style = Style()
      paragraph(text, beginning: "", in: prefix)
    }
    if isAfterBlankNext { continuesItem = false }
  }

  private var isAfterBlankNext: Bool {
    at + 1 < source.count && source[at + 1].isBlank
  }

  private static func titleLevel(_ text: Substring) -> Int? {
    guard let sign = text.first, sign == "=" || sign == "#" else { return nil }
    let count = text.prefix { $0 == sign }.count
    let rest = text.dropFirst(count)
    return count <= 6 && rest.first == " " && !rest.isEmpty && !rest.trimmed.isEmpty ? count : nil
  }

  private mutating func takeStyle(_ text: String, _ line: MarkupLine) -> Bool {
    let inside = text.dropFirst().dropLast()
    if inside.hasPrefix("["), inside.hasSuffix("]") {
      lines.writeBlank(at: line.index, in: quotes)
      return true
    }
    // A paragraph may be in brackets too; settings stand directly above a block.
    guard at + 1 < source.count, !source[at + 1].isBlank,
      inside.isEmpty || "#.%\"'".contains(inside.first ?? " ")
        || inside.first?.isLetter == true || inside.first == ","
    else { return false }
    let words = inside.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmed.filter { $0 != "\"" }
    }
    let first = words.first?.split(whereSeparator: { "#.%".contains($0) }).first.map(String.init)
    let isBare = inside.first.map { "#.%".contains($0) } ?? true
    var named: [String] = []
    for (offset, word) in words.enumerated() where !word.contains("=") {
      named.append(offset == 0 ? (isBare ? "" : first ?? "") : word)
    }
    if named.first == "", named.count > 1 { named[0] = "source" }
    let title = words.first { $0.hasPrefix("title=") }?.dropFirst(6)
    if let title {
      lines.write(MarkdownText.strong(title.filter { $0 != "'" }), at: line.index, in: prefix)
    } else if lines.isFree(line.index) {
      lines.writeBlank(at: line.index, in: quotes)
    }
    if !named.isEmpty, named != [""] { style = Style(words: named, isSet: true) }
    isAfterBlank = true
    return true
  }

  private mutating func blockTitle(_ text: String, _ line: MarkupLine) {
    let next = source.indices.contains(at + 1) ? source[at + 1].text.trimmed : ""
    let isAboveText =
      !next.isEmpty && Self.delimiter(next) == nil && !next.hasPrefix("[") && Marker(next) == nil
      && Self.note(next) == nil
    let strong = inline(text).contains("*") ? inline(text) : "**\(inline(text))**"
    lines.write(strong + (isAboveText ? "\\" : ""), at: line.index, in: prefix)
    isAfterBlank = true
  }

  // MARK: Paragraphs

  /// The lines of the paragraph from the current line on.
  private func paragraphLines(_ first: String) -> [String] {
    var texts = [first]
    var index = at + 1
    while index < source.count {
      let text = source[index].text.trimmed
      guard !text.isEmpty, text != "+", Self.delimiter(text) == nil, !isComment(source[index].text),
        items.isEmpty || Marker(text) == nil
      else { break }
      if text.hasPrefix("["), text.hasSuffix("]"), !text.contains(" ") { break }
      texts.append(text)
      index += 1
    }
    return texts
  }

  private mutating func paragraph(
    _ first: String, beginning: String, in prefix: String, ending: String = "",
    keepsLines: Bool = false
  ) {
    let texts = paragraphLines(first)
    let written = inline(texts.joined(separator: "\n")).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (offset, text) in written.enumerated() {
      let isFirst = offset == 0 && !beginning.isEmpty
      var line = isFirst ? beginning + text : MarkdownText.line(text)
      let isLast = offset == written.count - 1
      if line.hasSuffix(" +") {
        line = line.dropLast(2) + (isLast ? "" : "\\")
      } else if keepsLines, !isLast {
        line += "\\"
      }
      if isLast, !ending.isEmpty { line += " — " + inline(ending) }
      lines.write(line, at: source[at + offset].index, in: prefix)
    }
    at += written.count - 1
  }

  private mutating func literal() {
    let start = at
    while at + 1 < source.count, !source[at + 1].isBlank { at += 1 }
    let block = Array(source[start...at])
    let common = block.map(\.indent).min() ?? 0
    writeCode(block.map { $0.dedented(by: common) }, "")
  }

  private mutating func paragraphAsCode() {
    let language = style.words.dropFirst().first ?? ""
    style = Style()
    let start = at
    while at + 1 < source.count, !source[at + 1].isBlank { at += 1 }
    writeCode(Array(source[start...at]), language)
  }

  private mutating func writeCode(_ code: [MarkupLine], _ language: String) {
    guard let first = code.first else { return }
    let before = first.index > 0 && lines.isFree(first.index - 1) ? first.index - 1 : nil
    lines.writeCode(code[...], language: language, before: before, in: prefix)
  }

  // MARK: Lists

  /// The marker of a list item.
  private struct Marker {
    /// The kind of the list: items with the same one are in one list.
    let kind: String
    let markdown: String
    let text: String

    init?(_ text: String) {
      guard let first = text.first else { return nil }
      let mark = text.prefix { $0 == first }
      let rest = text.dropFirst(mark.count)
      if first == "*" || first == "." || (first == "-" && mark.count == 1), mark.count <= 6,
        rest.first == " ", !rest.trimmed.isEmpty
      {
        kind = String(mark)
        markdown = first == "." ? "1. " : "- "
        self.text = rest.trimmed
        return
      }
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty, digits.count < 5, text.dropFirst(digits.count).hasPrefix(". ") {
        kind = "1."
        markdown = digits + ". "
        self.text = text.dropFirst(digits.count + 2).trimmed
        return
      }
      // A callout: the number that a line of code has.
      if first == "<", let end = text.firstIndex(of: ">"),
        text[text.index(after: end)...].first == " "
      {
        let number = text[text.index(after: text.startIndex)..<end]
        guard number == "." || (!number.isEmpty && number.allSatisfy(\.isNumber)) else {
          return nil
        }
        kind = "<1>"
        markdown = number == "." ? "1. " : number + ". "
        self.text = text[text.index(after: end)...].trimmed
        return
      }
      for mark in ["::::", ":::", "::", ";;"] {
        guard let range = text.firstRange(of: mark) else { continue }
        let after = text[range.upperBound...]
        let term = text[..<range.lowerBound]
        guard !term.isEmpty, after.isEmpty || after.first == " ", !term.contains("://"),
          term.last != " "
        else { continue }
        kind = mark
        markdown = "- "
        self.text = text
        return
      }
      return nil
    }

    /// The term and the description of a labelled item.
    var parts: (term: String, text: String)? {
      guard kind.hasPrefix(":") || kind == ";;", let mark = text.firstRange(of: kind) else {
        return nil
      }
      return (text[..<mark.lowerBound].trimmed, text[mark.upperBound...].trimmed)
    }
  }

  private mutating func item(_ marker: Marker, _ line: MarkupLine) {
    style = Style()
    if let index = items.firstIndex(where: { $0.marker == marker.kind }) {
      items.removeSubrange(index...)
    }
    let outer = items.last?.content ?? 0
    let beginning = quotes + String(repeating: " ", count: outer)
    lines.mark(line.index, marker.markdown, in: beginning)
    items.append(
      Item(
        marker: marker.kind,
        content: outer + (marker.markdown.hasPrefix("-") ? 2 : marker.markdown.count)))
    continuesItem = true
    defer { continuesItem = false }
    if let parts = marker.parts {
      let term = inline(parts.term)
      let strong = term.contains { "*`[<".contains($0) } ? term : "**\(term)**"
      if !parts.text.isEmpty {
        paragraph(parts.text, beginning: strong + " — ", in: prefix)
        return
      }
      let next = source.indices.contains(at + 1) ? source[at + 1].text.trimmed : ""
      let hasText =
        !next.isEmpty && next != "+" && Self.delimiter(next) == nil && Marker(next) == nil
      lines.write(strong + (hasText ? "\\" : ""), at: line.index, in: prefix)
      guard hasText else { return describe() }
      at += 1
      paragraph(source[at].text.trimmed, beginning: "", in: prefix)
      return
    }
    var text = marker.text
    var box = ""
    for mark in ["[ ] ", "[x] ", "[*] "] where text.hasPrefix(mark) {
      box = mark == "[ ] " ? mark : "[x] "
      text = text.dropFirst(4).trimmed
    }
    paragraph(text, beginning: box, in: prefix)
  }

  /// A term may stand above a blank line and its description.
  private mutating func describe() {
    guard at + 2 < source.count, source[at + 1].isBlank, source[at + 2].indent > 0,
      Marker(source[at + 2].text.trimmed) == nil
    else { return }
    at += 2
    paragraph(source[at].text.trimmed, beginning: "", in: prefix)
  }

  // MARK: Notes and macros

  private static func noteWord(_ name: String) -> String? {
    [
      "NOTE": "Note", "TIP": "Tip", "IMPORTANT": "Important", "WARNING": "Warning",
      "CAUTION": "Caution",
    ][name]
  }

  private static func note(_ text: String) -> (word: String, text: String)? {
    guard let colon = text.firstIndex(of: ":"), let word = noteWord(String(text[..<colon])) else {
      return nil
    }
    let rest = text[text.index(after: colon)...]
    return rest.first == " " ? (word, rest.trimmed) : nil
  }

  /// A macro on a line of its own, such as `image::x.png[An image]`.
  private func blockMacro(_ text: String) -> String? {
    guard text.hasSuffix("]"), let mark = text.firstRange(of: "::"),
      let bracket = text[mark.upperBound...].firstIndex(of: "[")
    else { return nil }
    let name = text[..<mark.lowerBound]
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0 == "_" || $0 == "-" }) else {
      return nil
    }
    let target = substituted(String(text[mark.upperBound..<bracket]))
    let inside = text[text.index(after: bracket)...].dropLast()
    switch name {
    case "image", "video", "audio":
      let alt = inside.split(separator: ",").first.map { $0.trimmed.filter { $0 != "\"" } } ?? ""
      return "!" + MarkdownText.link(MarkdownText.plain(alt), to: target)
    case "toc", "ifdef", "ifndef", "ifeval", "endif", "include":
      return "<!-- \(MarkdownText.comment(text)) -->"
    default: return nil
    }
  }

  // MARK: Blocks between delimiters

  private static func delimiter(_ text: String) -> String? {
    guard let first = text.first else { return nil }
    if text.hasPrefix("```") { return text.dropFirst(3).contains("`") ? nil : text }
    if text == "--" { return text }
    if text == "|===" || text == ",===" || text == ":===" || text == "!===" { return text }
    guard text.count >= 4, "-.=*_+/".contains(first), text.allSatisfy({ $0 == first }) else {
      return nil
    }
    return text
  }

  private mutating func take(_ delimiter: String, _ line: MarkupLine) -> Bool {
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
    if let word = style.words.first.flatMap(Self.noteWord) {
      lines.write("**\(word):**", at: line.index, in: quotes)
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
    let longest = inside.map { MarkdownText.longestRun(in: $0.text) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
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
      lines.write("```", at: line.index, in: prefix)
      for line in source[(at + 1)...] { lines.write(String(line.text), at: line.index, in: prefix) }
      if let last = source.last { lines.add("```", after: last.index, in: prefix) }
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
      lines.write("```", at: line.index, in: prefix)
      for line in inside { lines.write(String(line.text), at: line.index, in: prefix) }
      lines.write("```", at: source[end].index, in: prefix)
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
