/// The lines of a plain text document and the shape of each.
struct PlainText {
  let lines: [PlainLine]
  let shapes: [CodeShape]
  /// The ranges of fenced lines, including the fences of backquotes or tildes.
  let fences: [Range<Int>]
  /// The usual indentation, because some documents are fully indented.
  let margin: Int
  /// The length of wrapped lines.
  let lineLength: Int
  /// The number of rules of each sign and length that are not exactly as long as the line above.
  private let rules: [String: Int]

  init(_ text: String) {
    let lines = CodeBoxLabels.removed(from: PlainFlow.lines(of: text))
    self.init(lines: BoxedTitles.unboxed(lines))
  }

  init(lines: [PlainLine], lineLength: Int? = nil) {
    self.lines = lines
    shapes = lines.map { $0.isBlank ? .prose : CodeShape(of: $0.text) }
    fences = Self.fences(in: lines)
    rules = Self.rules(in: lines)
    margin = Self.margin(of: lines)
    self.lineLength = lineLength ?? Self.lineLength(of: lines)
  }

  private static func fences(in lines: [PlainLine]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var open: (line: Int, mark: Character, count: Int)?
    for (index, line) in lines.enumerated() {
      guard let mark = line.text.first, mark == "`" || mark == "~" else { continue }
      let count = line.text.prefix { $0 == mark }.count
      guard count >= 3 else { continue }
      let rest = line.text.dropFirst(count)
      if let fence = open {
        guard mark == fence.mark, count >= fence.count, rest.isEmpty else { continue }
        found.append(fence.line..<index + 1)
        open = nil
      } else if mark == "`", !rest.contains("`") {
        // A row of tildes may underline a heading, so only backquotes open a fence.
        open = (index, mark, count)
      }
    }
    return found
  }

  private static func rules(in lines: [PlainLine]) -> [String: Int] {
    var counts: [String: Int] = [:]
    var above = 0
    for line in lines {
      if let sign = line.ruleSign, abs(line.columns - above) > 3 {
        counts["\(sign)\(line.columns)", default: 0] += 1
      }
      above = line.columns
    }
    return counts
  }

  private static func margin(of lines: [PlainLine]) -> Int {
    var counts: [Int: Int] = [:]
    for line in lines where line.columns >= 30 { counts[line.indent, default: 0] += 1 }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
  }

  private static func lineLength(of lines: [PlainLine]) -> Int {
    var lengths: [Int] = []
    for (line, next) in zip(lines, lines.dropFirst()) where !next.isBlank && line.columns >= 30 {
      lengths.append(line.indent + line.columns)
    }
    guard !lengths.isEmpty else { return 72 }
    lengths.sort()
    return min(120, max(40, lengths[lengths.count * 9 / 10]))
  }

  /// The first nonblank line from an index on, or nil.
  func nonblankLine(from index: Int) -> Int? {
    var index = index
    while index < lines.count, lines[index].isBlank { index += 1 }
    return index < lines.count ? index : nil
  }

  func isBlank(_ index: Int) -> Bool { !lines.indices.contains(index) || lines[index].isBlank }

  /// Whether the first word of the next line would fit on this one with some slack, so that the
  /// line break is deliberate.
  func endsEarly(_ index: Int) -> Bool {
    guard !isBlank(index + 1) else { return true }
    let line = lines[index]
    let word = lines[index + 1].text.prefix { !$0.isWhitespace }.prefix(40).count
    return line.indent + line.columns + 1 + word + 4 <= lineLength
  }

  /// Whether a blank line, a rule or a page break is directly above a line.
  func isOpen(above index: Int) -> Bool {
    isBlank(index - 1) || lines[index].isAfterPageBreak || isSeparator(index - 1)
  }

  /// Whether a blank line, a rule or a page break is directly below a line.
  func isOpen(below index: Int) -> Bool {
    isBlank(index + 1) || lines[index + 1].isAfterPageBreak || isSeparator(index + 1)
  }

  /// Whether a line is a rule that separates parts of the document. A rule of another length than
  /// the line above it that occurs again is no underline.
  func isSeparator(_ index: Int) -> Bool {
    guard let sign = lines[index].ruleSign, sign != "\"", sign != "^" else { return false }
    guard !isBlank(index - 1), lines[index - 1].ruleSign == nil else { return true }
    return !isUnderline(index)
  }

  /// Whether a rule underlines the line above it.
  func isUnderline(_ index: Int) -> Bool {
    guard index > 0, index < lines.count, let sign = lines[index].ruleSign,
      !lines[index - 1].isBlank, lines[index - 1].ruleSign == nil
    else { return false }
    let (rule, title) = (lines[index], lines[index - 1])
    // A box has a rule above its title too.
    if index > 1, lines[index - 2].ruleSign == sign { return true }
    guard rule.columns * 2 >= title.columns, title.columns <= 90 else { return false }
    // Two sentences, or a sentence above a longer rule, are text.
    if title.text.last == ".", title.text.contains(". ") || rule.columns > title.columns + 3 {
      return false
    }
    let isExact = abs(rule.columns - title.columns) <= 3
    return isExact || rules["\(sign)\(rule.columns)"] ?? 0 < 2
  }
}

extension PlainLine {
  /// Whether the line is an entry in a table of contents: a title and, far to the right, a page.
  var isContentsEntry: Bool {
    guard columns <= 200, text.last?.isWholeNumber == true else { return false }
    let title = text.reversed().drop { $0.isWholeNumber }
    let gap = title.prefix { $0 == "." || $0.isWhitespace || $0 == "·" || $0 == "…" }
    let dots = gap.count { !$0.isWhitespace }
    let hasTitle = title.dropFirst(gap.count).contains(where: \.isLetter)
    return hasTitle && (dots >= 3 || gap.count >= 4 || gap.contains("…") || gap.contains("\t"))
  }

  /// The length of the bullet and the spaces after it, or nil for other lines.
  var bullet: Int? {
    guard let first = text.first, "-*+•·‣◦▪●○–o".contains(first) else { return nil }
    let spaces = text.dropFirst().prefix { $0.isWhitespace }.count
    return spaces > 0 && text.count > spaces + 1 ? spaces + 1 : nil
  }

  /// The character of a line that repeats it at least three times, or nil.
  var ruleSign: Character? {
    guard let sign = text.first, "=-~*^_#+\"".contains(sign), columns >= 3,
      text.allSatisfy({ $0 == sign })
    else { return nil }
    return sign
  }
}
