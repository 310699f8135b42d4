/// Indented blocks, which are judged as a whole.
extension PlainBlocks {
  /// The least columns that an indented block is deeper than the text around it.
  private static let leastIndent = 2

  /// The lines of an indented block that begins here, if they must stay as they are. A block is code,
  /// a figure, a log or verse, and is judged as a whole, including its blank lines.
  mutating func indentedRegion() -> Range<Int>? {
    guard index >= judgedEnd else { return nil }
    let base = baseIndent
    guard text.lines[index].indent >= base + Self.leastIndent,
      text.isBlank(index - 1) || isIntroduced(at: index),
      text.lines[index].bullet == nil || text.shapes[index].isPossible
    else { return nil }
    var stop = index
    var place = index
    while let next = text.nonblankLine(from: place), next < end, fences[next] == nil,
      text.lines[next].indent >= base + Self.leastIndent, text.lines[next].asides.isEmpty
    {
      place = next
      while place < end, isInside(place, base) { place += 1 }
      // Sentences end a region of code, and begin none.
      if Self.isWrapped(text.lines[next..<place]) {
        if next == index { stop = place }
        break
      }
      stop = place
    }
    let region = index..<max(stop, index + 1)
    judgedEnd = region.upperBound
    return mustStay(region) ? region : nil
  }

  /// Whether a line is deeper than the line above it, which ends with a colon.
  func isIntroduced(at index: Int) -> Bool {
    guard index > start else { return false }
    let (above, line) = (text.lines[index - 1], text.lines[index])
    return above.text.last == ":" && line.indent >= above.indent + Self.leastIndent
      && line.bullet == nil && NumberedLine.candidates(of: line.text).isEmpty
  }

  /// Whether a line continues a paragraph of an indented block.
  private func isInside(_ place: Int, _ base: Int) -> Bool {
    let line = text.lines[place]
    return !line.isBlank && line.indent >= base + Self.leastIndent && fences[place] == nil
      && line.asides.isEmpty
  }

  /// A table or figure that begins here and in which some lines begin with numbers or bullets.
  var figureWithMarks: Range<Int>? {
    guard index == start || text.isOpen(above: index) else { return nil }
    var stop = index
    while stop < end, !text.isBlank(stop), fences[stop] == nil, text.lines[stop].ruleSign == nil {
      stop += 1
    }
    guard stop - index > 1 else { return nil }
    return Self.isFigureWithMarks(text.lines[index..<stop]) ? index..<stop : nil
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
    if Self.isWrapped(lines[...]) { return false }
    if region.contains(where: { text.shapes[$0].isCode }) { return true }
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
    lines.first?.bullet != nil || lines.count == 1 || isWrapped(lines)
  }

  /// Whether lines are sentences that were wrapped. Such lines are long, except the last one.
  private static func isWrapped(_ lines: ArraySlice<PlainLine>) -> Bool {
    lines.count > 1 && isProse(lines) && lines.dropLast().allSatisfy { $0.columns >= leastWrapped }
  }

  /// The least length of a line that was wrapped, in characters.
  private static let leastWrapped = 40

  mutating func verbatim(_ region: Range<Int>) {
    let lines = Array(text.lines[region])
    let code = CodeLines(lines)
    let shapes = region.map { text.shapes[$0] }
    let isOther = shapes.contains(.certain(.other)) || Self.isFigure(text.lines[region])
    let language: String? =
      shapes.contains(.certain(.shell))
      ? "sh" : shapes.contains(.certain(.python)) && !isOther ? "python" : nil
    add(
      .code(
        CodeBlock(
          language: language, text: code.text, line: text.lines[index].number,
          asides: code.asides)), at: index)
    index = region.upperBound
  }
}
