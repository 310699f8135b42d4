/// Translates AsciiDoc to Markdown, line by line: titles, blocks, notes, lists, tables and inline
/// markup. Nothing is executed or opened: `include` and `image` only name a file.
struct AsciiDocText {
  var lines: MarkdownLines
  let source: [MarkupLine]
  var at = 0
  /// The values of attributes, such as `{url}`.
  var attributes: [String: String] = [:]
  /// The markers of the open list items, from the outermost, and the columns of their content.
  var items: [Item] = []
  /// Whether the next block belongs to the open item.
  var continuesItem = false
  var isAfterBlank = true
  /// The open blocks of ordinary text, with their delimiters.
  var open: [OpenBlock] = []
  /// The settings in brackets above the next block.
  var style = Style()

  /// The deepest nesting of blocks.
  static let depthLimit = 8

  struct Item {
    let marker: String
    let content: Int
  }

  struct OpenBlock {
    let delimiter: String
    let quotes: String
    let items: [Item]
    let attribution: String
  }

  /// The positional settings of a block.
  struct Style {
    var words: [String] = []
  }

  static func markdown(of text: String) -> String {
    var document = AsciiDocText(text)
    document.header()
    while document.at < document.source.count { document.next() }
    return document.lines.text
  }

  private init(_ text: String) {
    source = MarkupLine.lines(of: text)
    lines = MarkdownLines(source)
    longestValue = 4_000_000 / max(1, text.utf8.count { $0 == UInt8(ascii: "{") })
  }

  /// The longest value that is put into the text, so that many uses of it cannot make the text huge.
  private let longestValue: Int

  func value(of attribute: String) -> String? {
    attributes[attribute].flatMap { $0.utf8.count <= longestValue ? $0 : nil }
  }

  var quotes: String { open.last?.quotes ?? "" }

  var prefix: String {
    quotes + (continuesItem ? String(repeating: " ", count: items.last?.content ?? 0) : "")
  }

  // MARK: Header

  /// Takes the document's title, its authors and its settings, up to the first blank line.
  private mutating func header() {
    var settings: [MarkupLine] = []
    while at < source.count, source[at].isBlank || isSetting(source[at]) {
      if !source[at].isBlank { settings.append(source[at]) }
      at += 1
    }
    write(settings)
    guard at < source.count, source[at].text.hasPrefix("= ") else { return }
    lines.write("# " + inline(source[at].text.dropFirst(2).trimmed), at: at, in: "")
    at += 1
    settings = []
    // The author and the revision.
    var facts: [Int] = []
    while at < source.count, !source[at].isBlank {
      let line = source[at]
      if isSetting(line) {
        settings.append(line)
      } else {
        guard facts.count < 2, settings.isEmpty,
          line.text.first.map({ $0.isLetter || $0.isNumber || $0 == "{" }) ?? false
        else { break }
        lines.write(MarkdownText.line(inline(line.text.trimmed)), at: at, in: "")
        if let first = facts.first { lines.write(lines.text(at: first) + "\\", at: first, in: "") }
        facts.append(at)
      }
      at += 1
    }
    write(settings)
  }

  /// Whether a line at the top is a setting for the converter, which is no text. Takes attributes.
  private mutating func isSetting(_ line: MarkupLine) -> Bool {
    isComment(line.text) || takeAttribute(line)
      || ["ifdef::", "ifndef::", "endif::", "include::"].contains { line.text.hasPrefix($0) }
  }

  /// Writes settings as one comment.
  private mutating func write(_ settings: [MarkupLine]) {
    for (offset, line) in settings.enumerated() {
      let text = MarkdownText.comment(line.text.trimmed)
      lines.write(
        (offset == 0 ? "<!-- " : "") + text + (offset == settings.count - 1 ? " -->" : ""),
        at: line.index, in: quotes)
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
    if takeAttribute(line) { return write([line]) }
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
      self.note(note.word, note.text, line)
    } else if let word = style.words.first.flatMap(Self.noteWord) {
      style = Style()
      note(word, text, line)
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

  var isAfterBlankNext: Bool {
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
    if !named.isEmpty, named != [""] { style = Style(words: named) }
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

  mutating func paragraph(
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

  /// Whether a line belongs to the paragraph of code above it.
  private func continuesParagraph(_ line: MarkupLine) -> Bool {
    !line.isBlank && (line.indent > 0 || Self.delimiter(line.text.trimmed) == nil)
  }

  private mutating func literal() {
    let start = at
    while at + 1 < source.count, continuesParagraph(source[at + 1]) { at += 1 }
    let block = Array(source[start...at])
    let common = block.map(\.indent).min() ?? 0
    writeCode(block.map { $0.dedented(by: common) }, "")
  }

  private mutating func paragraphAsCode() {
    let language = style.words.dropFirst().first ?? ""
    style = Style()
    let start = at
    while at + 1 < source.count, continuesParagraph(source[at + 1]) { at += 1 }
    writeCode(Array(source[start...at]), language)
  }

  private mutating func writeCode(_ code: [MarkupLine], _ language: String) {
    guard let first = code.first else { return }
    let before = first.index > 0 && lines.isFree(first.index - 1) ? first.index - 1 : nil
    lines.writeCode(code[...], language: language, before: before, in: prefix)
  }

  // MARK: Notes and macros

  /// Writes a paragraph that is a note.
  private mutating func note(_ word: String, _ text: String, _ line: MarkupLine) {
    lines.writeNote(word, title: "", at: line.index, hasText: true, in: prefix)
    paragraph(text, beginning: "", in: prefix + "> ")
  }

  static func noteWord(_ name: String) -> String? {
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
}
