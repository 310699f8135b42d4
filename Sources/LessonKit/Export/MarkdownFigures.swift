/// Keeps figures in Markdown as they are: lines whose columns have a meaning, which a paragraph would
/// join. Such lines get the indentation of a code block.
enum MarkdownFigures {
  /// The lines of a document, with figures indented. The number of lines stays the same.
  static func kept(in source: [String]) -> [String] {
    var lines = source
    let fenced = MarkdownFence.covered(in: lines)
    let front = FrontMatter(source.prefix(400).joined(separator: "\n"))?.lines ?? 0
    var index = front
    /// The columns where the content of the open list items begins.
    var items: [Int] = []
    while index < lines.count {
      guard !lines[index].isBlank, !fenced[index] else {
        index += 1
        continue
      }
      let start = index
      while index < lines.count, !lines[index].isBlank, !fenced[index] { index += 1 }
      let run = start..<index
      let indent = lines[run].map(\.indent).min() ?? 0
      let isBelowList = items.contains { $0 > indent }
      items.removeAll { $0 > indent }
      let base = items.last ?? 0
      if indent < base + 4, start == front || lines[start - 1].isBlank {
        keep(run, isBelowList: isBelowList, in: &lines)
      }
      for line in run {
        let text = lines[line].drop { $0.isWhitespace }
        guard let length = text.bulletLength else { continue }
        let column = lines[line].indent
        items.removeAll { $0 > column }
        items.append(column + min(length, 5))
      }
    }
    return lines
  }

  /// Keeps a run of lines between blank lines, if it is a figure or code.
  /// - Parameter isBelowList: Whether a list is directly above. Indented lines would be part of it.
  private static func keep(_ run: Range<Int>, isBelowList: Bool, in lines: inout [String]) {
    let read = lines[run].map { PlainLine($0[...], number: 0) }
    guard let first = read.first, read.count > 1, lines[run].allSatisfy(mayBePart),
      !isTable(lines[run])
    else { return }
    let mark = first.text.bulletLength
    let hasOtherMarks = read.dropFirst().contains { $0.text.bulletLength != nil }
    if let mark, !hasOtherMarks {
      keepItem(run, read, mark, in: &lines)
    } else if mark == nil,
      hasOtherMarks
        ? PlainBlocks.isFigureWithMarks(read[...])
        : PlainBlocks.isFigure(read[...]) || isCode(read)
    {
      let margin = read.map(\.indent).min() ?? 0
      for (line, aligned) in zip(run, TabColumns.expanded(read)) {
        let text = String(repeating: " ", count: aligned.indent) + aligned.text
        let isLast = line + 1 == run.upperBound
        lines[line] =
          isBelowList ? hardBroken(text, margin) + (isLast ? "" : "\\") : "    " + text
      }
    }
  }

  /// Keeps a figure that begins in the line of a list item, or directly below it.
  private static func keepItem(
    _ run: Range<Int>, _ read: [PlainLine], _ mark: Int, in lines: inout [String]
  ) {
    guard let first = read.first else { return }
    let inner = PlainLine(
      text: String(first.text.dropFirst(mark)), indent: first.indent + mark, number: 0)
    let below = Array(read.dropFirst())
    if PlainBlocks.isFigure(([inner] + below)[...]), inner.hasGap || below.count == 1 {
      // Five spaces after the mark begin code.
      let sign = first.text.prefix { !$0.isWhitespace }
      lines[run.lowerBound] =
        String(repeating: " ", count: first.indent) + sign
        + String(repeating: " ", count: mark - sign.count + 4) + inner.text
      for line in run.dropFirst() { lines[line] = "    " + lines[line] }
    } else if PlainBlocks.isFigure(below[...]) {
      // Code cannot begin below text without a blank line, so these lines have hard breaks.
      lines[run.lowerBound] += "\\"
      for line in run.dropFirst() {
        let isLast = line + 1 == run.upperBound
        lines[line] = hardBroken(lines[line], mark) + (isLast ? "" : "\\")
      }
    }
  }

  /// A line whose spaces stay, and whose signs are no markup.
  private static func hardBroken(_ line: String, _ margin: Int) -> String {
    var text = ""
    for character in line.dropFirst(min(margin, line.indent)) {
      if character == " " || character == "\t" {
        text += "\u{A0}"
      } else {
        if character.isASCII, character.isPunctuation || character.isSymbol { text += "\\" }
        text.append(character)
      }
    }
    return String(repeating: " ", count: min(margin, line.indent)) + text
  }

  /// Whether lines are a program that lacks a fence.
  private static func isCode(_ lines: [PlainLine]) -> Bool {
    let shapes = lines.map { CodeShape(of: $0.text) }
    return shapes.allSatisfy(\.isPossible) && shapes.contains(where: \.isCode)
  }

  /// Whether lines are a table of Markdown: a row of hyphens separates its head.
  private static func isTable(_ lines: ArraySlice<String>) -> Bool {
    lines.dropFirst().first.map { row in
      row.contains("-") && row.allSatisfy { "|-: \t".contains($0) }
    } ?? false
  }

  /// Whether a line may be part of a figure. Markup has a meaning of its own.
  private static func mayBePart(_ line: String) -> Bool {
    let text = line.drop { $0.isWhitespace }
    guard let first = text.first, !"#>[<".contains(first) else { return false }
    return !text.contains("](")
  }
}
