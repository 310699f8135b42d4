/// Keeps figures in Markdown as they are: lines whose columns have a meaning, which a paragraph would
/// join. Such lines get the indentation of a code block.
enum MarkdownFigures {
  /// The lines of a document, with figures indented. The number of lines stays the same.
  static func kept(in source: [String]) -> [String] {
    var lines = source
    var fenced = [Bool](repeating: false, count: lines.count)
    for fence in MarkdownFence.all(in: lines) {
      for index in fence.start..<fence.end { fenced[index] = true }
    }
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
      items.removeAll { $0 > indent }
      let base = items.last ?? 0
      if indent < base + 4, start == front || lines[start - 1].isBlank,
        lines[run].allSatisfy(mayBePart), isFigure(lines[run])
      {
        let read = lines[run].map { PlainLine($0[...], number: 0) }
        for (line, aligned) in zip(run, TabColumns.expanded(read)) {
          lines[line] = String(repeating: " ", count: aligned.indent + 4) + aligned.text
        }
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

  private static func isFigure(_ lines: ArraySlice<String>) -> Bool {
    guard lines.count > 1 else { return false }
    let read = lines.prefix(200).map { PlainLine($0[...], number: 0) }
    return PlainBlocks.isFigure(read[...])
  }

  /// Whether a line may be part of a figure. Markup has a meaning of its own.
  private static func mayBePart(_ line: String) -> Bool {
    let text = line.drop { $0.isWhitespace }
    guard let first = text.first, text.bulletLength == nil, !"#>[<|".contains(first) else {
      return false
    }
    return !text.contains(" | ") && !text.contains("](")
  }
}
