/// Translates reStructuredText to Markdown, line by line. It knows the shapes that matter for reading:
/// titles, code, notes, lists, tables and references. Other text stays as it is.
///
/// Nothing is executed or opened: `include` and `image` only name a file.
struct RestructuredText {
  var lines: MarkdownLines
  /// The addresses of the references, by name.
  var targets: [String: String] = [:]
  /// The texts of the substitutions, by name.
  var substitutions: [String: String] = [:]
  /// The addresses of the references without names, in order.
  var anonymousTargets: [String] = []
  var nextAnonymous = 0
  /// The labels of the footnotes.
  var footnotes: Set<String> = []
  var automaticFootnotes = (references: 0, definitions: 0)
  /// The language of code without one.
  var defaultLanguage = ""
  /// The styles of titles, in the order of their levels.
  private var titleStyles: [TitleStyle] = []
  /// The level of the document's title above the others.
  private var titleOffset = 0

  /// The deepest nesting of blocks. Deeper blocks are shown as they are.
  static let depthLimit = 12

  private struct TitleStyle: Hashable {
    let sign: Character
    let hasOverline: Bool
  }

  static func markdown(of text: String) -> String {
    let source = MarkupLine.lines(of: text)
    var document = RestructuredText(lines: MarkdownLines(count: source.count))
    document.collect(
      source, longest: 8_000_000 / max(1, text.utf8.count { "_|".utf8.contains($0) }))
    var rest = source[...]
    document.takePreamble(&rest)
    document.blocks(rest, in: "", depth: 0)
    return document.lines.text
  }

  private init(lines: MarkdownLines) { self.lines = lines }

  /// Finds the definitions that the text refers to.
  /// - Parameter longest: The longest address or text in bytes. Longer ones would make the Markdown
  ///   huge if they are used often.
  private mutating func collect(_ source: [MarkupLine], longest: Int) {
    for (number, line) in source.enumerated() {
      let text = line.text.trimmed
      guard text.hasPrefix("..") || text.hasPrefix("__ ") else { continue }
      if text.hasPrefix("__ ") {
        anonymousTargets.append(text.dropFirst(3).trimmed)
      } else if let target = Explicit.target(text) {
        var address = target.address
        if address.isEmpty, source.indices.contains(number + 1) {
          let next = source[number + 1]
          if next.indent > line.indent, next.text.trimmed.isAddress { address = next.text.trimmed }
        }
        guard !address.isEmpty, address.utf8.count <= longest else { continue }
        if target.name == "_" {
          anonymousTargets.append(address)
        } else {
          targets[target.name.normalizedName] = address
        }
      } else if let substitution = Explicit.substitution(text),
        substitution.text.utf8.count <= longest
      {
        substitutions[substitution.name] = substitution.text
      } else if let label = Explicit.footnote(text)?.label {
        footnotes.insert(label)
      }
    }
    // Targets may refer to other targets.
    for (name, address) in targets where address.hasSuffix("_") {
      if let other = targets[String(address.dropLast()).normalizedName] { targets[name] = other }
    }
  }

  /// Takes the settings at the top of a PEP, which are like those of a mail.
  private mutating func takePreamble(_ rest: inout ArraySlice<MarkupLine>) {
    guard let first = rest.first, first.text.hasPrefix("PEP: ") else { return }
    while let line = rest.first, !line.isBlank {
      rest.removeFirst()
      let parts = line.text.split(separator: ":", maxSplits: 1)
      if line.indent > 0 || parts.count < 2 {
        lines.write("  " + inline(line.text.trimmed), at: line.index, in: "")
      } else if parts[0] == "Title" {
        titleOffset = 1
        lines.write("# " + inline(parts[1].trimmed), at: line.index, in: "")
      } else {
        lines.write(
          "- **\(MarkdownText.plain(parts[0])):** " + inline(parts[1].trimmed), at: line.index,
          in: "")
      }
    }
  }

  // MARK: Blocks

  /// Writes the blocks of some lines, without the indentation of the block around them.
  mutating func blocks(_ source: ArraySlice<MarkupLine>, in prefix: String, depth: Int) {
    var rest = source
    while let line = rest.first {
      if line.isBlank {
        lines.writeBlank(at: line.index, in: prefix)
        rest.removeFirst()
      } else if depth > Self.depthLimit {
        let block = Self.trimmingEnd(rest)
        writeVerbatim(block, in: prefix)
        rest = rest[block.endIndex...]
      } else if line.indent > 0 {
        let block = Self.indented(rest, by: 1)
        writeQuote(block, in: prefix, depth: depth)
        rest = rest[block.endIndex...]
      } else if depth == 0, let title = Title(rest) {
        write(title)
        rest = rest.dropFirst(title.count)
      } else if isTransition(rest) {
        lines.write("***", at: line.index, in: prefix)
        rest.removeFirst()
      } else if line.text.hasPrefix(".. ") || line.text == ".." || line.text.hasPrefix("__ ") {
        let block = rest.prefix(1) + Self.indented(rest.dropFirst(), by: 1)
        explicit(block, in: prefix, depth: depth)
        rest = rest[block.endIndex...]
      } else if let table = Self.table(rest) {
        writeVerbatim(table, in: prefix)
        rest = rest[table.endIndex...]
      } else if line.text.hasPrefix(">>> ") {
        let block = rest.prefix { !$0.isBlank }
        let before = block.startIndex > source.startIndex ? rest[..<rest.startIndex].last : nil
        lines.writeCode(
          block, language: "python", before: freeLine(above: block.startIndex, before), in: prefix)
        rest = rest[block.endIndex...]
      } else if let marker = ListMarker(rest) {
        let block = rest.prefix(1) + Self.indented(rest.dropFirst(), by: marker.width)
        item(block, marker, in: prefix, depth: depth)
        rest = rest[block.endIndex...]
      } else if line.text.hasPrefix("| ") || line.text == "|" {
        let block = rest.prefix { $0.text.hasPrefix("|") || ($0.indent > 0 && !$0.isBlank) }
        lineBlock(block, in: prefix)
        rest = rest[block.endIndex...]
      } else if rest.count > 1, let next = rest.dropFirst().first, next.indent > 0, !next.isBlank,
        !line.text.trimmed.hasSuffix("::")
      {
        let block = rest.prefix(1) + Self.indented(rest.dropFirst(), by: 1)
        definition(block, in: prefix, depth: depth)
        rest = rest[block.endIndex...]
      } else {
        let block = paragraph(rest)
        rest = rest[block.endIndex...]
        writeParagraph(block, then: &rest, in: prefix)
      }
    }
  }

  private func freeLine(above index: Int, _ line: MarkupLine?) -> Int? {
    guard let line, line.isBlank else { return nil }
    return line.index
  }

  private func paragraph(_ rest: ArraySlice<MarkupLine>) -> ArraySlice<MarkupLine> {
    var end = rest.startIndex
    while end < rest.endIndex, !rest[end].isBlank, rest[end].indent == 0 {
      end += 1
      // The heading of a section may follow without a blank line.
      if end < rest.endIndex, Title(rest[end...]) != nil { break }
    }
    return rest[rest.startIndex..<max(end, rest.startIndex + 1)]
  }

  /// Writes a paragraph, and the code below it if it ends with `::`.
  private mutating func writeParagraph(
    _ block: ArraySlice<MarkupLine>, then rest: inout ArraySlice<MarkupLine>, in prefix: String
  ) {
    var texts = block.map { String($0.text.trimmed) }
    let opensCode = texts.last?.hasSuffix("::") ?? false
    if opensCode, let last = texts.last {
      let isAlone = last == "::" || last.hasSuffix(" ::")
      texts[texts.count - 1] = String(last.dropLast(isAlone ? 2 : 1)).trimmed
    }
    write(texts, at: block, in: prefix)
    guard opensCode else { return }
    let blanks = rest.prefix { $0.isBlank }
    guard let first = rest.dropFirst(blanks.count).first, first.indent > 0 else { return }
    for blank in blanks { lines.writeBlank(at: blank.index, in: prefix) }
    let code = Self.dedented(Self.indented(rest.dropFirst(blanks.count), by: 1))
    lines.writeCode(code, language: defaultLanguage, before: blanks.last?.index, in: prefix)
    rest = rest.dropFirst(blanks.count + code.count)
  }

  /// Writes the lines of a paragraph.
  mutating func write(_ texts: [String], at block: ArraySlice<MarkupLine>, in prefix: String) {
    let written = inline(texts.joined(separator: "\n")).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (line, text) in zip(block, written) {
      lines.write(MarkdownText.line(text), at: line.index, in: prefix)
    }
  }

  private mutating func write(_ title: Title) {
    let style = TitleStyle(sign: title.sign, hasOverline: title.hasOverline)
    let level = titleStyles.firstIndex(of: style) ?? titleStyles.count
    if level == titleStyles.count { titleStyles.append(style) }
    let marks = String(repeating: "#", count: min(6, level + 1 + titleOffset))
    lines.write(marks + " " + inline(title.text), at: title.line, in: "")
  }

  private func isTransition(_ rest: ArraySlice<MarkupLine>) -> Bool {
    guard let line = rest.first, Title.rule(line.text) != nil, line.text.trimmed.count >= 4 else {
      return false
    }
    return rest.dropFirst().first?.isBlank ?? true
  }

  private mutating func writeQuote(
    _ block: ArraySlice<MarkupLine>, in prefix: String, depth: Int
  ) {
    blocks(Self.dedented(block), in: prefix + "> ", depth: depth + 1)
  }

  private mutating func item(
    _ block: ArraySlice<MarkupLine>, _ marker: ListMarker, in prefix: String, depth: Int
  ) {
    guard let first = block.first else { return }
    lines.mark(first.index, marker.markdown, in: prefix)
    let head = MarkupLine(index: first.index, text: first.text.dropFirst(marker.width))
    let content = [head] + block.dropFirst().map { $0.dedented(by: marker.width) }
    let inner = prefix + String(repeating: " ", count: marker.contentWidth)
    if let name = marker.field {
      field(name, content[...], in: inner, depth: depth)
    } else {
      blocks(content[...], in: inner, depth: depth + 1)
    }
  }

  private mutating func field(
    _ name: String, _ content: ArraySlice<MarkupLine>, in prefix: String, depth: Int
  ) {
    guard let head = content.first else { return }
    let body = Self.dedented(content.dropFirst())
    lines.mark(head.index, "**\(inline(name)):** ", in: prefix)
    if head.isBlank {
      blocks(body, in: prefix, depth: depth + 1)
    } else {
      blocks(
        [MarkupLine(index: head.index, text: head.text.trimmed[...])] + body, in: prefix,
        depth: depth + 1)
    }
  }

  private mutating func definition(
    _ block: ArraySlice<MarkupLine>, in prefix: String, depth: Int
  ) {
    guard let term = block.first else { return }
    let body = Self.dedented(block.dropFirst())
    lines.mark(term.index, "- ", in: prefix)
    let text = inline(term.text.trimmed)
    let isText = body.first.map { ListMarker(body) == nil && !$0.text.hasPrefix("..") } ?? false
    let strong = text.contains { "*`[<\\".contains($0) } ? text : "**\(text)**"
    lines.write(strong + (isText ? "\\" : ""), at: term.index, in: prefix + "  ")
    blocks(body, in: prefix + "  ", depth: depth + 1)
  }

  private mutating func lineBlock(_ block: ArraySlice<MarkupLine>, in prefix: String) {
    for (offset, line) in block.enumerated() {
      let text = inline((line.text.hasPrefix("|") ? line.text.dropFirst() : line.text).trimmed)
      let isLast = offset == block.count - 1
      lines.write(
        text.isEmpty || isLast ? text : MarkdownText.line(text) + "\\", at: line.index, in: prefix)
    }
  }

  /// Writes lines as they are, such as a table.
  mutating func writeVerbatim(_ block: ArraySlice<MarkupLine>, in prefix: String) {
    guard let first = block.first else { return }
    let before = first.index > 0 && lines.isFree(first.index - 1) ? first.index - 1 : nil
    lines.writeCode(block, language: "", before: before, in: prefix)
  }
}

// MARK: Lines of blocks

extension RestructuredText {
  /// The lines at the start that are indented by at least so many blanks, with the blank lines between
  /// them.
  static func indented(
    _ source: ArraySlice<MarkupLine>, by count: Int
  ) -> ArraySlice<MarkupLine> {
    var end = source.startIndex
    for (index, line) in zip(source.indices, source) {
      if line.isBlank { continue }
      guard line.indent >= count else { break }
      end = index + 1
    }
    return source[source.startIndex..<end]
  }

  static func trimmingEnd(_ source: ArraySlice<MarkupLine>) -> ArraySlice<MarkupLine> {
    var source = source
    while source.last?.isBlank ?? false { source.removeLast() }
    return source
  }

  /// The lines without the indentation that they share.
  static func dedented(_ source: ArraySlice<MarkupLine>) -> ArraySlice<MarkupLine> {
    let common = source.lazy.filter { !$0.isBlank }.map(\.indent).min() ?? 0
    return source.map { $0.dedented(by: common) }[...]
  }

  /// The table that begins here, or nil.
  static func table(_ source: ArraySlice<MarkupLine>) -> ArraySlice<MarkupLine>? {
    guard let first = source.first?.text.trimmed else { return nil }
    if first.hasPrefix("+-"), first.hasSuffix("+"), first.allSatisfy({ "+-=".contains($0) }) {
      return source.prefix { $0.text.hasPrefix("+") || $0.text.hasPrefix("|") }
    }
    guard first.hasPrefix("="), first.contains(" "), first.allSatisfy({ $0 == "=" || $0 == " " })
    else { return nil }
    // The table ends at the rule that is followed by a blank line, after its header.
    var rules = 0
    for (index, line) in zip(source.indices, source).prefix(1000) {
      let text = line.text.trimmed
      guard text.hasPrefix("="), text.allSatisfy({ $0 == "=" || $0 == " " }) else { continue }
      rules += 1
      let isLast = index + 1 >= source.endIndex || source[index + 1].isBlank
      if rules > 1, isLast { return source[source.startIndex...index] }
    }
    return nil
  }

  /// A title with its rules.
  struct Title {
    let text: String
    let sign: Character
    let hasOverline: Bool
    /// The index of the line with the text.
    let line: Int
    /// The number of lines.
    let count: Int

    init?(_ rest: ArraySlice<MarkupLine>) {
      let head = Array(rest.prefix(3))
      guard let first = head.first, !first.isBlank else { return nil }
      if let sign = Self.rule(first.text) {
        guard head.count == 3, Self.rule(head[2].text) == sign, !head[1].isBlank,
          first.text.trimmed.count >= head[1].text.trimmed.count,
          head[2].text.trimmed.count == first.text.trimmed.count
        else { return nil }
        self.init(
          text: head[1].text.trimmed, sign: sign, hasOverline: true, line: head[1].index, count: 3)
        return
      }
      guard head.count > 1, first.indent == 0, let sign = Self.rule(head[1].text),
        head[1].text.trimmed.count >= min(4, first.text.trimmed.count),
        head[1].text.trimmed.count + 2 >= first.text.trimmed.count
          || head[1].text.trimmed.count >= first.text.trimmed.utf8.count
      else { return nil }
      self.init(
        text: first.text.trimmed, sign: sign, hasOverline: false, line: first.index, count: 2)
    }

    private init(text: String, sign: Character, hasOverline: Bool, line: Int, count: Int) {
      self.text = text
      self.sign = sign
      self.hasOverline = hasOverline
      self.line = line
      self.count = count
    }

    /// The sign of a line that is only one sign, repeated.
    static func rule(_ text: Substring) -> Character? {
      let text = text.trimmed
      guard let sign = text.first, text.count >= 2, sign.isASCII,
        sign.isPunctuation || sign.isSymbol, text.allSatisfy({ $0 == sign }),
        text != "::", text != ".."
      else { return nil }
      return sign
    }
  }

  /// The marker of a list item, a field or an option.
  struct ListMarker {
    /// The width of the marker in the source.
    let width: Int
    /// The marker in Markdown.
    let markdown: String
    /// The name of the field, or nil.
    var field: String?

    /// The column of the item's content in Markdown.
    var contentWidth: Int {
      markdown.first == "-" ? 2 : markdown.utf8.count
    }

    init?(_ rest: ArraySlice<MarkupLine>) {
      guard let line = rest.first else { return nil }
      let text = line.text
      guard let first = text.first else { return nil }
      if "*+-•‣⁃".contains(first) {
        let blanks = text.dropFirst().prefix { $0 == " " }.count
        guard blanks > 0 || text.count == 1 else {
          guard let option = Self.option(rest) else { return nil }
          self = option
          return
        }
        width = 1 + max(1, blanks)
        markdown = "- "
        return
      }
      if first == ":", let field = Self.field(text) {
        width = field.width
        markdown = "- "
        self.field = field.name
        return
      }
      guard let number = Self.number(text) else { return nil }
      // Otherwise a paragraph begins with a number by chance.
      if let next = rest.dropFirst().first, !next.isBlank, next.indent < number.width,
        Self.number(next.text) == nil
      {
        return nil
      }
      width = number.width
      markdown = number.markdown
    }

    private init(width: Int, markdown: String) {
      self.width = width
      self.markdown = markdown
    }

    private static func field(_ text: Substring) -> (name: String, width: Int)? {
      let inside = text.dropFirst()
      guard let end = inside.firstRange(of: ":"), end.lowerBound > inside.startIndex,
        inside.first != " ", inside.first != "`"
      else { return nil }
      let rest = inside[end.upperBound...]
      guard rest.isEmpty || rest.first == " " else { return nil }
      let blanks = rest.prefix { $0 == " " }.count
      let name = inside[..<end.lowerBound]
      return (String(name), name.count + 2 + blanks)
    }

    /// `-o FILE  text` or `--option` on a line of its own above an indented text.
    private static func option(_ rest: ArraySlice<MarkupLine>) -> ListMarker? {
      guard let line = rest.first, line.text.hasPrefix("-"),
        line.text.dropFirst().first != "-"
          || line.text.dropFirst(2).first?.isLetter == true
      else { return nil }
      guard line.text.dropFirst().first?.isLetter == true || line.text.hasPrefix("--"),
        let gap = line.text.firstRange(of: "  ")
      else { return nil }
      let option = line.text[..<gap.lowerBound]
      guard option.split(separator: " ").count <= 4 else { return nil }
      let blanks = line.text[gap.lowerBound...].prefix { $0 == " " }.count
      return ListMarker(
        width: option.count + blanks, markdown: "- " + MarkdownText.code(option) + " ")
    }

    private static func number(_ text: Substring) -> (width: Int, markdown: String)? {
      var rest = text
      let hasParenthesis = rest.first == "("
      if hasParenthesis { rest.removeFirst() }
      let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "#" }
      rest = rest.dropFirst(word.count)
      guard !word.isEmpty, let mark = rest.first, mark == ")" || (mark == "." && !hasParenthesis)
      else { return nil }
      rest.removeFirst()
      let blanks = rest.prefix { $0 == " " }.count
      guard blanks > 0 else { return nil }
      let width = (hasParenthesis ? 1 : 0) + word.count + 1 + blanks
      if word == "#" { return (width, "1. ") }
      if word.count < 10, word.allSatisfy({ $0.isASCII && $0.isNumber }) {
        return (width, word + (mark == ")" ? ") " : ". "))
      }
      let isRoman = word.allSatisfy { "ivxlcIVXLC".contains($0) } && word.count <= 5
      guard
        word.count == 1 && word.first?.isLetter == true && word.first?.isASCII == true
          || isRoman
      else { return nil }
      return (width, "- \(hasParenthesis ? "(" : "")\(word)\(mark) ")
    }
  }
}
