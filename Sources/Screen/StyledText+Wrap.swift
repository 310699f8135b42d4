extension StyledText {
  /// Breaks the text into lines of at most `width` columns.
  ///
  /// A line ends at a newline, between words, or next to a wide character. A word breaks only if it
  /// is longer than a line. All lines of a paragraph but the first are indented by `hangingIndent`
  /// columns. The result is empty unless `width` is positive.
  public func wrapped(to width: Int, hangingIndent: Int = 0) -> [StyledText] {
    guard width > 0 else { return [] }
    let indent = min(max(0, hangingIndent), width / 2)
    var lines: [StyledText] = []
    for paragraph in paragraphs() {
      paragraph.wrap(width: width, indent: indent, into: &lines)
    }
    return lines
  }

  /// The sanitised text, split at newlines.
  private func paragraphs() -> [Paragraph] {
    var result = [Paragraph()]
    for span in spans {
      let safe = Sanitizer.displaySafe(span.text, newlines: .kept)
      let parts = safe.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { result.append(Paragraph()) }
        result[result.count - 1].append(String(part), span.style)
      }
    }
    return result
  }
}

/// One line of text before wrapping, split into cells.
private struct Paragraph {
  private struct Unit {
    var span: Int
    var range: Range<String.Index>
    var columns: Int
    var isSpace: Bool
  }

  private var spans: [StyledText.Span] = []
  private var units: [Unit] = []

  mutating func append(_ text: String, _ style: Style) {
    guard !text.isEmpty else { return }
    var cells = CellIterator(text)
    var start = cells.position
    while let cell = cells.next() {
      units.append(
        Unit(
          span: spans.count, range: start..<cells.position, columns: cell.columns,
          isSpace: cell.scalar == " "))
      start = cells.position
    }
    spans.append(StyledText.Span(text, style))
  }

  func wrap(width: Int, indent: Int, into lines: inout [StyledText]) {
    var start = 0
    var isFirst = true
    repeat {
      let room = isFirst ? width : width - indent
      let (end, next) = lineEnd(from: start, room: room)
      lines.append(line(start..<end, indent: isFirst ? 0 : indent))
      start = next
      isFirst = false
    } while start < units.count
  }

  /// The end of the line that begins at `start`, and the start of the next one.
  private func lineEnd(from start: Int, room: Int) -> (end: Int, next: Int) {
    var used = 0
    var index = start
    var lastBreak: Int?
    // Whether the line has anything but spaces so far.
    var hasInk = false
    while index < units.count, used + units[index].columns <= room {
      if hasInk, canBreak(before: index) { lastBreak = index }
      if !units[index].isSpace { hasInk = true }
      used += units[index].columns
      index += 1
    }
    if index < units.count {
      if hasInk, canBreak(before: index) { lastBreak = index }
      // A character wider than the line gets a line of its own.
      index = max(index, start + 1)
    }
    let end = index < units.count ? lastBreak ?? index : index
    var next = end
    while next < units.count, units[next].isSpace { next += 1 }
    return (trimmedEnd(start, end), next)
  }

  private func canBreak(before index: Int) -> Bool {
    units[index].isSpace || units[index].columns == 2 || units[index - 1].columns == 2
  }

  private func trimmedEnd(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start, units[end - 1].isSpace { end -= 1 }
    return end
  }

  private func line(_ range: Range<Int>, indent: Int) -> StyledText {
    var line = StyledText()
    if indent > 0, !range.isEmpty { line.append(String(repeating: " ", count: indent)) }
    var index = range.lowerBound
    while index < range.upperBound {
      let span = units[index].span
      let start = units[index].range.lowerBound
      var end = start
      while index < range.upperBound, units[index].span == span {
        end = units[index].range.upperBound
        index += 1
      }
      line.append(String(spans[span].text[start..<end]), spans[span].style)
    }
    return line
  }
}
