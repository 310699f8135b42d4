/// Lines of code as the text of a block: without the margin that all have, and without the gaps
/// that pages left.
struct CodeLines {
  private(set) var text = ""
  private(set) var asides: [CodeBlock.Aside] = []

  init(_ lines: [PlainLine], margin least: Int? = nil) {
    let inked = lines.filter { !$0.isBlank }
    let common = inked.map(\.indent).min() ?? 0
    let margin = least.map { min($0, common) } ?? common
    // Where each line is followed by a blank one, none of those says anything.
    let isSpread =
      inked.count > 3 && zip(lines, lines.dropFirst()).allSatisfy { $0.isBlank || $1.isBlank }
    var kept: [String] = []
    var blanks = 0
    for (index, line) in lines.enumerated() {
      if line.isBlank {
        blanks += 1
        continue
      }
      let gap = line.isAfterPageBreak ? (line.indent > margin ? 0 : min(1, blanks)) : blanks
      let kind = isSpread ? (blanks > 1 ? 1 : 0) : gap
      if !kept.isEmpty || least != nil {
        kept += Array(repeating: "", count: kept.isEmpty ? blanks : kind)
      }
      blanks = 0
      // What stood above the very first line is told before the block.
      if index > 0 || least != nil {
        asides += line.asides.map { CodeBlock.Aside(line: kept.count, text: $0) }
      }
      kept.append(String(repeating: " ", count: line.indent - margin) + line.text)
    }
    if least != nil { kept += Array(repeating: "", count: blanks) }
    text = kept.joined(separator: "\n")
  }
}

/// How far code goes on that begins where a reader stands, over blank lines and pages.
struct CodeRegion {
  /// The lines of the code, blank ones between them included, and its language.
  var found: (lines: Range<Int>, language: String?) { (reader.index..<last + 1, language) }

  private var language: String?
  private let reader: PlainBlocks
  private var last: Int
  private let base: Int
  private var depth = 0
  private var opensBlock = false
  private var isShell = false

  init(_ reader: PlainBlocks) {
    self.reader = reader
    last = reader.index
    base = reader.text.lines[reader.index].indent
    take(reader.index)
    var index = last + 1
    while let next = reader.text.inked(from: index), next < reader.end, belongs(next) {
      take(next)
      index = last + 1
    }
  }

  private mutating func take(_ index: Int) {
    let line = reader.text.lines[index].text
    last = index
    switch reader.text.shapes[index] {
    case .certain(.python): language = "python"
    case .certain(.shell):
      isShell = true
      if language == nil { language = "sh" }
    default: break
    }
    if let mark = Self.openQuotes(in: line) {
      // A text in three quotes ends where they stand again, or not at all.
      var stop = reader.nextQuotes(from: index + 1)
      while stop < reader.end, !reader.text.lines[stop].text.contains(mark) {
        stop = reader.nextQuotes(from: stop + 1)
      }
      if stop < reader.end { last = stop }
      language = "python"
    }
    let code = PythonLine(line.utf8.count > 300 ? "" : line)
    depth = max(0, depth + code.depth)
    opensBlock = code.words.last == ":"
  }

  /// The three quotes that a line opens and does not close.
  private static func openQuotes(in line: String) -> String? {
    for mark in ["\"\"\"", "'''"] where line.contains(mark) {
      if line.split(separator: mark, omittingEmptySubsequences: false).count.isMultiple(of: 2) {
        return mark
      }
    }
    return nil
  }

  private func belongs(_ index: Int) -> Bool {
    let text = reader.text
    let line = text.lines[index]
    // A bracket that is open, or the lines that a command printed.
    let isNext = index == last + 1 || line.isAfterPageBreak
    if isNext, depth > 0 || isShell { return true }
    let isDeeper = line.indent > base
    switch text.shapes[index] {
    case .certain(let kind): return isNext || (kind == .shell) == isShell
    case .comment: return reader.leads(index) || (isNext && index == last + 1)
    case .possible: return isNext || isDeeper || opensBlock || reader.leads(index)
    case .prose:
      let continues = isDeeper && (opensBlock || text.lines[last].indent > base)
      return continues && (isNext || line.indent >= base + 4 && opensBlock)
    }
  }
}
