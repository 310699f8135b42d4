/// Indented blocks, which are judged as a whole.
extension PlainBlocks {
  /// The least columns that an indented block is deeper than the text around it.
  private static let leastIndent = 2

  /// The lines of an indented block that begins here, if they must stay as they are. A block is code,
  /// a figure, a log or verse, and is judged as a whole, including its blank lines.
  mutating func indentedRegion() -> Range<Int>? {
    guard index >= judgedEnd else { return nil }
    let base = baseIndent
    guard text.lines[index].indent >= base + Self.leastIndent, text.isBlank(index - 1),
      text.lines[index].bullet == nil || text.shapes[index].isPossible
    else { return nil }
    var stop = index
    var place = index
    while let next = text.nonblankLine(from: place), next < end, fences[next] == nil,
      text.lines[next].indent >= base + Self.leastIndent, text.lines[next].asides.isEmpty
    {
      stop = next + 1
      place = stop
    }
    let region = index..<stop
    judgedEnd = stop
    return mustStay(region) ? region : nil
  }

  /// The usual indentation of the text around a block: that of the document, or less above it.
  private var baseIndent: Int {
    guard index > start else { return text.margin }
    let above = text.lines[..<index].suffix(200).last { !$0.isBlank }?.indent ?? text.margin
    return min(text.margin, above)
  }

  /// Whether the lines of an indented block must stay as they are. In doubt they must, unless they
  /// are sentences or a list.
  private func mustStay(_ region: Range<Int>) -> Bool {
    let lines = text.lines[region].filter { !$0.isBlank }
    guard let first = lines.first else { return false }
    let shapes = region.map { text.shapes[$0] }
    // What surely is Python has a reader of its own, which finds the language.
    if shapes.contains(.certain(.python)), !Self.isFigure(lines[...]) { return false }
    if shapes.contains(where: \.isCode) { return true }
    if Self.isFigure(lines[...]) || Self.isAligned(lines[...]) { return true }
    let isListed = NumberedLine.candidates(of: first.text).first?.isListed == true
    guard lines.count > 1, !isListed, first.bullet == nil else { return false }
    return !paragraphs(of: region).allSatisfy { Self.isSentences($0) }
  }

  private func paragraphs(of region: Range<Int>) -> [ArraySlice<PlainLine>] {
    text.lines[region].split { $0.isBlank }
  }

  /// Whether lines are sentences that were wrapped, a single line of text, or items of a list.
  private static func isSentences(_ lines: ArraySlice<PlainLine>) -> Bool {
    guard let first = lines.first else { return true }
    if first.bullet != nil || lines.count == 1 { return true }
    // Lines that were wrapped are long, except the last one.
    return isProse(lines) && lines.dropLast().allSatisfy { $0.columns >= leastWrapped }
  }

  /// The least length of a line that was wrapped, in characters.
  private static let leastWrapped = 40

  mutating func verbatim(_ region: Range<Int>) {
    let lines = Array(text.lines[region])
    let code = CodeLines(lines)
    let isShell = region.contains { text.shapes[$0] == .certain(.shell) }
    add(
      .code(
        CodeBlock(
          language: isShell ? "sh" : nil, text: code.text, line: text.lines[index].number,
          asides: code.asides)), at: index)
    index = region.upperBound
  }
}
