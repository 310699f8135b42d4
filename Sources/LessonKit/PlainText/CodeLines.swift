/// The text of a code block, without the common margin and without the gaps at page breaks.
struct CodeLines {
  private(set) var text = ""
  private(set) var asides: [CodeBlock.Aside] = []

  /// - Parameter fenceMargin: The margin of the fence, or nil for code without a fence. In a fence
  ///   blank lines at the start and the end are part of the code.
  init(_ lines: [PlainLine], fenceMargin: Int? = nil) {
    let lines = fenceMargin == nil ? TabColumns.expanded(lines) : lines
    let nonblank = lines.filter { !$0.isBlank }
    let common = nonblank.map(\.indent).min() ?? 0
    let margin = fenceMargin.map { min($0, common) } ?? common
    // If a blank line follows each line of code, the blank lines have no meaning.
    let isDoubleSpaced =
      nonblank.count > 3 && zip(lines, lines.dropFirst()).allSatisfy { $0.isBlank || $1.isBlank }
    var kept: [String] = []
    var blanks = 0
    for (index, line) in lines.enumerated() {
      if line.isBlank {
        blanks += 1
        continue
      }
      let gap = line.isAfterPageBreak ? (line.indent > margin ? 0 : min(1, blanks)) : blanks
      let count = isDoubleSpaced ? (blanks > 1 ? 1 : 0) : gap
      if !kept.isEmpty || fenceMargin != nil {
        kept += Array(repeating: "", count: kept.isEmpty ? blanks : count)
      }
      blanks = 0
      // Asides above the first line go before the block.
      if index > 0 || fenceMargin != nil {
        asides += line.asides.map { CodeBlock.Aside(line: kept.count, text: $0) }
      }
      kept.append(String(repeating: " ", count: line.indent - margin) + line.text)
    }
    if fenceMargin != nil { kept += Array(repeating: "", count: blanks) }
    text = kept.joined(separator: "\n")
  }
}

/// The extent of code that begins at a reader's position. It may include blank lines and page
/// breaks.
struct CodeRegion {
  /// The lines of the code, including blank ones between them, and its language.
  var found: (lines: Range<Int>, language: String?) { (reader.index..<last + 1, language) }

  private var language: String?
  private let reader: PlainBlocks
  private var last: Int
  private let base: Int
  private var depth = 0
  private var opensBlock = false
  private var isShell = false
  /// Whether the code has blocks in braces, so that it is not Python.
  private var isBraced = false

  init(_ reader: PlainBlocks) {
    self.reader = reader
    last = reader.index
    base = reader.text.lines[reader.index].indent
    take(reader.index)
    var index = last + 1
    while let next = reader.text.nonblankLine(from: index), next < reader.end, belongs(next) {
      take(next)
      index = last + 1
    }
  }

  private mutating func take(_ index: Int) {
    let line = reader.text.lines[index].text
    last = index
    switch reader.text.shapes[index] {
    case .certain(.other): isBraced = true
    case .certain(.python) where !isBraced: language = "python"
    case .certain(.shell):
      isShell = true
      if language == nil { language = "sh" }
    default: break
    }
    if let mark = Self.openQuotes(in: line) {
      // A triple-quoted string ends at its closing quotes. Without them it does not count.
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
    if line.hasSuffix("{"), language == nil { isBraced = true }
  }

  /// The triple quotes that a line opens and does not close.
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
    // Continue inside an open bracket, and with the output of a shell command.
    let isNext = index == last + 1 || line.isAfterPageBreak
    if isNext, depth > 0 || isShell { return true }
    let isDeeper = line.indent > base
    // A blank line does not end a block in braces.
    if depth > 0, isBraced, isDeeper || line.text.hasPrefix("}") { return true }
    // A function's brace may be on the line below its name.
    if isNext, index + 1 < reader.end, reader.text.lines[index + 1].text == "{" { return true }
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
