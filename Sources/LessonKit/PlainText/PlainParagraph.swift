/// Running text that was broken into lines to fit a page.
struct PlainParagraph {
  private var lines: [PlainLine] = []
  /// The lines before which a sentence goes on over a gap.
  private var joints: Set<Int> = []
  /// How long the lines of the document are that were broken to fit.
  private let measure: Int
  /// How much shorter a line must be than it could be, to be meant as a line.
  private let slack: Int

  init(measure: Int, slack: Int = 8) {
    self.measure = measure
    self.slack = slack
  }

  mutating func append(_ more: some Sequence<PlainLine>) {
    var isFirst = lines.isEmpty
    if !isFirst { joints.insert(lines.count) }
    for var line in more {
      // What a page said above the first line is told before the paragraph.
      if isFirst { line.asides = [] }
      isFirst = false
      lines.append(line)
    }
  }

  /// Whether the text goes on with a line that stands after a gap: the sentence is not over.
  func goesOn(with line: PlainLine) -> Bool {
    guard let last = lines.last, let end = last.text.last, let first = line.text.first else {
      return false
    }
    let isFull = !hasRoom(after: last, for: line)
    let isOver = Self.ends.contains(end)
    if isOver {
      // Pages that follow each other without a blank line break full lines only.
      return line.isAfterPageBreak && isFull && line.number == last.number + 1
    }
    if first.isLowercase { return last.columns >= 20 || line.isAfterPageBreak }
    return isFull && last.columns >= 30 && (line.isAfterPageBreak || end.isLetter || end == ",")
  }

  private static let ends: Set<Character> = [
    ".", "?", "!", ":", ";", "”", "\"", "»", ")", "…", "。",
  ]

  /// Whether the next line's first word would have fitted on this one, by a good margin.
  private func hasRoom(after line: PlainLine, for next: PlainLine) -> Bool {
    let word = next.text.prefix { !$0.isWhitespace }.prefix(40).count
    return line.indent + line.columns + 1 + word + slack <= measure
  }

  /// The text with the ends of its lines: spaces where they only made it fit, and breaks where the
  /// lines are meant as such.
  var inlines: [Inline] {
    var isMeant = zip(lines, lines.dropFirst()).map { hasRoom(after: $0, for: $1) }
    let isVerse = isMeant.count(where: { $0 }) * 2 > isMeant.count
    // Lines that long were not broken to fit: each is a paragraph of its own.
    let isUnbroken = lines.contains { $0.columns > 130 }
    if !isVerse {
      for index in isMeant.indices where isMeant[index] {
        isMeant[index] = lines[index].text.last.map { Self.ends.contains($0) } == true
      }
    }
    for joint in joints { isMeant[joint - 1] = false }
    var text: [Inline] = []
    for (index, line) in lines.enumerated() {
      if index > 0 {
        let opens =
          line.indent >= lines[index - 1].indent + 2 && index + 1 < lines.count
          && lines[index + 1].indent < line.indent
        text.append(isMeant[index - 1] || isUnbroken || opens ? .lineBreak : .softBreak)
      }
      if !line.asides.isEmpty {
        let said = line.asides.map { $0.split { $0.isWhitespace }.joined(separator: " ") }
        text.append(.html("· " + said.joined(separator: " · ") + " ·"))
        text.append(.softBreak)
      }
      text.append(.text(line.text))
    }
    return text
  }
}
