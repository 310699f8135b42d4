/// Translates reStructuredText to Markdown, line by line. It knows the shapes that matter for reading:
/// titles, code, notes, lists, tables and references. Other text stays as it is.
///
/// Nothing is executed or opened: `include` and `image` only name a file.
struct RestructuredText {
  var lines: MarkdownLines
  /// The addresses of the references, by name.
  var targets: [String: String] = [:]
  /// The names of the targets that the text refers to.
  var usedTargets: Set<String> = []
  /// The definitions of targets.
  var definitions: [(name: String, address: String, line: Int, prefix: String)] = []
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
    var document = RestructuredText(lines: MarkdownLines(source))
    document.collect(
      source, longest: 8_000_000 / max(1, text.utf8.count { "_|".utf8.contains($0) }))
    var rest = source[...]
    document.takePreamble(&rest)
    document.blocks(rest, in: "", depth: 0)
    document.writeUnusedTargets()
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

  /// Takes the settings at the top of a proposal, which are like the head of a mail.
  private mutating func takePreamble(_ rest: inout ArraySlice<MarkupLine>) {
    let head = rest.prefix { !$0.isBlank }
    guard head.count > 2, head.first?.indent == 0,
      head.allSatisfy({ $0.indent > 0 || Self.setting($0.text) != nil })
    else { return }
    for line in head {
      rest.removeFirst()
      guard line.indent == 0, let setting = Self.setting(line.text) else {
        lines.write("  " + MarkdownText.line(inline(line.text.trimmed)), at: line.index, in: "")
        continue
      }
      if setting.name == "Title" {
        titleOffset = 1
        lines.write("# " + inline(setting.value), at: line.index, in: "")
      } else {
        lines.write(
          "- **\(MarkdownText.plain(setting.name)):** " + inline(setting.value), at: line.index,
          in: "")
      }
    }
  }

  /// The parts of `Name: value`, or nil.
  private static func setting(_ text: Substring) -> (name: String, value: String)? {
    let name = text.prefix { $0.isLetter || $0 == "-" }
    let rest = text.dropFirst(name.count)
    guard name.first?.isUppercase == true, rest.hasPrefix(":"),
      rest.count == 1 || rest.dropFirst().first == " "
    else { return nil }
    return (String(name), rest.dropFirst().trimmed)
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
        let block = rest.prefix { !$0.isBlank && Explicit.directive($0.text.trimmed) == nil }
        let before = line.index > 0 && lines.isFree(line.index - 1) ? line.index - 1 : nil
        lines.writeCode(block, language: "python", before: before, in: prefix)
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

  private func paragraph(_ rest: ArraySlice<MarkupLine>) -> ArraySlice<MarkupLine> {
    var end = rest.startIndex
    while end < rest.endIndex, !rest[end].isBlank, rest[end].indent == 0 {
      end += 1
      if end < rest.endIndex, Self.endsParagraph(rest[end...]) { break }
    }
    return rest[rest.startIndex..<max(end, rest.startIndex + 1)]
  }

  /// Whether lines begin a block that may follow a paragraph without a blank line.
  private static func endsParagraph(_ rest: ArraySlice<MarkupLine>) -> Bool {
    guard let text = rest.first?.text else { return true }
    return text.hasPrefix(">>> ") || Explicit.directive(text.trimmed) != nil || Title(rest) != nil
      || (text.hasPrefix("+-") && table(rest) != nil)
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
    if let first = block.first { lines.separate(first.index, in: prefix) }
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
    lines.mark(first.index, String(marker.markdown.prefix(marker.contentWidth)), in: prefix)
    let head = MarkupLine(index: first.index, text: first.text.dropFirst(marker.width))
    let content = [head] + block.dropFirst().map { $0.dedented(by: marker.width) }
    let inner = prefix + String(repeating: " ", count: marker.contentWidth)
    let words = marker.markdown.dropFirst(marker.contentWidth).trimmed
    if !words.isEmpty { label(words, content[...], in: inner) }
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
    let inside = [MarkupLine(index: head.index, text: head.text.trimmed[...])] + body
    let name = "**\(inline(name)):**"
    // `A. Person` is a name, and one item with a number is no list.
    if ListMarker(inside[...])?.isNumbered ?? false,
      !body.contains(where: { ListMarker([$0])?.isNumbered ?? false })
    {
      lines.mark(head.index, name + " ", in: prefix)
      let text = inside.prefix { !$0.isBlank && $0.indent == 0 }
      write(text.map { String($0.text.trimmed) }, at: text, in: prefix)
      blocks(inside.dropFirst(text.count), in: prefix, depth: depth + 1)
    } else {
      label(name, inside[...], in: prefix)
      blocks(inside[...], in: prefix, depth: depth + 1)
    }
  }

  /// Writes a label before its content: on the same line if the content is text, or on a line above.
  private mutating func label(
    _ text: String, _ content: ArraySlice<MarkupLine>, in prefix: String
  ) {
    guard let first = content.first else { return }
    let isText =
      first.isBlank
      || ListMarker(content) == nil && !Self.endsParagraph(content) && Self.table(content) == nil
    if isText {
      lines.mark(first.index, text + " ", in: prefix)
    } else {
      lines.writeAbove(first.index, text, in: prefix)
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
