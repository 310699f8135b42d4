// The lines that belong to a block, and what a line begins.

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
      let rows = source.prefix { $0.text.hasPrefix("+") || $0.text.hasPrefix("|") }
      // A line block may follow the last rule.
      let last = rows.dropFirst().lastIndex { $0.text.hasPrefix("+") } ?? rows.endIndex - 1
      return rows[...last]
    }
    guard isSimpleRule(first) else { return nil }
    // The table ends at the rule below its header and its rows, or at a rule above a blank line.
    var last: Int?
    for (index, line) in zip(source.indices, source).dropFirst().prefix(1000)
    where isSimpleRule(line.text.trimmed) {
      // A rule below a blank line begins another table.
      if last != nil, source[index - 1].isBlank { break }
      if last != nil { return source[source.startIndex...index] }
      last = index
      guard index + 1 < source.endIndex, fits(source[index + 1], below: line.text) else { break }
    }
    return last.map { source[source.startIndex...$0] }
  }

  /// Whether a line has only the rules of a simple table's columns.
  private static func isSimpleRule(_ text: String) -> Bool {
    text.hasPrefix("=") && text.contains(" ") && text.allSatisfy { $0 == "=" || $0 == " " }
  }

  /// Whether a line may be a row, with blanks between the columns. Wide letters may shift them.
  private static func fits(_ line: MarkupLine, below rule: Substring) -> Bool {
    guard !line.isBlank, line.text != "..", Explicit.directive(String(line.text)) == nil else {
      return false
    }
    return line.text.utf8.contains { $0 >= 0x80 }
      || zip(line.text, rule).allSatisfy { $1 == "=" || $0 == " " }
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

    /// Whether the marker is a number or a letter.
    var isNumbered = false

    /// The column of the item's content in Markdown.
    var contentWidth: Int {
      markdown.first == "-" ? 2 : markdown.utf8.count
    }

    init?(_ rest: ArraySlice<MarkupLine>) {
      guard let line = rest.first else { return nil }
      let text = line.text
      guard let first = text.first else { return nil }
      if "*+-•".contains(first) {
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
      isNumbered = true
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
