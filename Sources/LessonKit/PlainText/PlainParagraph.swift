/// Prose that was wrapped to fit a page.
struct PlainParagraph {
  private var lines: [PlainLine] = []
  /// The lines that continue a sentence after a gap.
  private var joints: Set<Int> = []
  /// The length of wrapped lines in the document.
  private let lineLength: Int
  /// The free columns at the end of a line that make its line break deliberate.
  private let slack: Int

  init(lineLength: Int, slack: Int) {
    self.lineLength = lineLength
    self.slack = slack
  }

  mutating func append(_ more: some Sequence<PlainLine>) {
    var isFirst = lines.isEmpty
    if !isFirst { joints.insert(lines.count) }
    for var line in more {
      // Asides above the first line go before the paragraph.
      if isFirst { line.asides = [] }
      isFirst = false
      lines.append(line)
    }
  }

  /// Whether a line after a gap continues the last sentence.
  func continues(with line: PlainLine) -> Bool {
    guard let last = lines.last, let end = last.text.last, let first = line.text.first else {
      return false
    }
    let isFull = !hasRoom(after: last, for: line)
    let isOver = Self.ends.contains(end)
    if isOver {
      // Without a blank line, a page break may also be after a full line.
      return line.isAfterPageBreak && isFull && line.number == last.number + 1
    }
    if first.isLowercase { return last.columns >= 20 || line.isAfterPageBreak }
    return isFull && last.columns >= 30 && (line.isAfterPageBreak || end.isLetter || end == ",")
  }

  private static let ends: Set<Character> = [
    ".", "?", "!", ":", ";", "”", "\"", "»", ")", "…", "。",
  ]

  /// Whether the first word of the next line would fit on this one, with some slack.
  private func hasRoom(after line: PlainLine, for next: PlainLine) -> Bool {
    let word = next.text.prefix { !$0.isWhitespace }.prefix(40).count
    return line.indent + line.columns + 1 + word + slack <= lineLength
  }

  /// The text, with soft breaks between wrapped lines and line breaks that are deliberate.
  var inlines: [Inline] {
    var isDeliberate = zip(lines, lines.dropFirst()).map { hasRoom(after: $0, for: $1) }
    let isVerse = isDeliberate.count(where: { $0 }) * 2 > isDeliberate.count
    // Lines this long are not wrapped. Each is a paragraph of its own.
    let isUnwrapped = lines.contains { $0.columns > 130 }
    if !isVerse {
      for index in isDeliberate.indices where isDeliberate[index] {
        isDeliberate[index] = lines[index].text.last.map { Self.ends.contains($0) } == true
      }
    }
    for joint in joints { isDeliberate[joint - 1] = false }
    var text: [Inline] = []
    for (index, line) in lines.enumerated() {
      if index > 0 {
        let opens =
          line.indent >= lines[index - 1].indent + 2 && index + 1 < lines.count
          && lines[index + 1].indent < line.indent
        text.append(isDeliberate[index - 1] || isUnwrapped || opens ? .lineBreak : .softBreak)
      }
      if !line.asides.isEmpty {
        let asides = line.asides.map { $0.split { $0.isWhitespace }.joined(separator: " ") }
        text.append(.html("· " + asides.joined(separator: " · ") + " ·"))
        text.append(.softBreak)
      }
      text.append(.text(line.text))
    }
    return text
  }
}
