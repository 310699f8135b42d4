/// Markdown as a word processor or a chat exports it, with the damage of the export repaired.
///
/// An export cuts programs at page ends and blank lines, writes the label of a code box ("python",
/// "Copy code") as text, adds a blank line after each line of code, cuts sentences at page ends, and
/// separates sections by a lone hyphen. A repair moves lines but keeps their number, so that line
/// numbers below it stay correct.
struct ExportedMarkdown {
  /// The lines of the document after the repair, as many as before.
  private(set) var lines: [String]
  /// Whether the document has signs of an export.
  private(set) var isExport: Bool
  private let fences: [MarkdownFence]
  /// The languages in the labels that were removed, by line.
  private var labels: [Int: String] = [:]

  init(_ source: String) {
    lines = PlainPages.lines(of: source).map(String.init)
    fences = MarkdownFence.all(in: lines)
    isExport = false
    isExport = hasLabels || fences.contains { isDoubleSpaced($0) } || hasCutPrograms
    separateAtHyphens()
    if isExport {
      removeLabels()
      joinPrograms()
      joinSentences()
    }
    nameLanguages()
  }

  // MARK: Signs of an export

  /// The words on the button of a code box.
  static let label = "copy code"

  private func isLabel(_ index: Int) -> Bool {
    lines.indices.contains(index) && lines[index].trimmed.lowercased() == Self.label
  }

  private var hasLabels: Bool { lines.indices.contains(where: isLabel) }

  /// Whether a long program in a fence without a language has a blank line after each line, even
  /// inside its blocks.
  private func isDoubleSpaced(_ fence: MarkdownFence) -> Bool {
    let code = lines[fence.inside].filter { !$0.isBlank }
    return fence.info.isEmpty && code.count > 5 && code.contains { $0.indent > fence.indent }
      && code.contains { CodeShape(of: $0.trimmed).isCode }
      && Self.isDoubleSpaced(Array(lines[fence.inside]))
  }

  /// Whether at least four lines have text, and none of them directly follows another.
  private static func isDoubleSpaced(_ code: [String]) -> Bool {
    code.count { !$0.isBlank } > 3
      && zip(code, code.dropFirst()).allSatisfy { $0.isBlank || $1.isBlank }
  }

  /// Whether a fence begins inside the block that the last line of its neighbour opens.
  private var hasCutPrograms: Bool {
    zip(fences, fences.dropFirst()).contains { first, second in
      guard areNeighbours(first, second),
        let last = lines[first.inside].last(where: { !$0.isBlank }),
        let next = lines[second.inside].first(where: { !$0.isBlank })
      else { return false }
      return last.trimmed.hasSuffix(":") && CodeShape(of: last.trimmed).isPossible
        && next.indent > first.indent
    }
  }

  /// Whether only blank lines are between two fences without different languages.
  private func areNeighbours(_ first: MarkdownFence, _ second: MarkdownFence) -> Bool {
    second.info.isEmpty && first.isClosed && first.indent == second.indent
      && lines[first.end..<second.start].allSatisfy(\.isBlank)
  }

  // MARK: Languages

  /// Names the language of Python in fences without one, so that it has colours.
  private mutating func nameLanguages() {
    for fence in MarkdownFence.all(in: lines)
    where fence.info.isEmpty && Self.isPython(lines[fence.inside]) {
      lines[fence.start] += "python"
    }
  }

  private static func isPython(_ code: ArraySlice<String>) -> Bool {
    let shapes = code.filter { !$0.isBlank }.map { CodeShape(of: $0.trimmed) }
    let other = shapes.contains { $0.isCode && $0 != .certain(.python) }
    return !other && shapes.contains(.certain(.python))
      && shapes.count(where: \.isPossible) * 3 > shapes.count * 2
  }

  // MARK: Repairs

  /// Turns a lone hyphen that ends a section into a rule. Markdown would make an empty list item or
  /// a heading of it.
  private mutating func separateAtHyphens() {
    let fenced = MarkdownFence.covered(in: lines)
    for index in lines.indices where !fenced[index] && lines[index].trimmed == "-" {
      let above = index > 0 ? lines[index - 1] : ""
      let below = index + 1 < lines.count ? lines[index + 1] : ""
      // A short line between a blank line and the hyphen may be a heading.
      let isUnderline = !above.isBlank && above.count <= 60 && above.trimmed.bulletLength == nil
      if below.isBlank, !isUnderline, lines[index].indent < 2 { lines[index] = "***" }
    }
  }

  /// Removes the label of a code box above a fence: the language, "Copy code", or both.
  private mutating func removeLabels() {
    for index in lines.indices where isLabel(index) {
      lines[index] = ""
      // Only a few blank lines and fences are between a language and its label.
      let near = max(0, index - 12)..<index
      let above = near.last { !lines[$0].isBlank && !MarkdownFence.isFence(lines[$0]) }
      if let above, Self.languages.contains(lines[above].trimmed.lowercased()) {
        let hasOnlyFences = lines[(above + 1)..<index].allSatisfy {
          $0.isBlank || MarkdownFence.isFence($0)
        }
        if hasOnlyFences {
          labels[above] = lines[above].trimmed.lowercased()
          lines[above] = ""
        }
      }
    }
  }

  static let languages: Set<String> = [
    "bash", "c", "cpp", "csharp", "css", "go", "html", "java", "javascript", "json", "kotlin",
    "php", "plaintext", "python", "ruby", "rust", "sh", "shell", "sql", "swift", "text",
    "typescript", "yaml",
  ]

  /// Makes one fence of neighbouring ones, and removes blank lines that the export added.
  private mutating func joinPrograms() {
    var index = 0
    while index < fences.count {
      var last = index
      while last + 1 < fences.count, areNeighbours(fences[last], fences[last + 1]) { last += 1 }
      rewrite(Array(fences[index...last]))
      index = last + 1
    }
  }

  private mutating func rewrite(_ group: [MarkdownFence]) {
    guard let first = group.first, let last = group.last, last.isClosed else { return }
    var code: [String] = []
    for fence in group {
      var part = Array(lines[fence.inside])
      if Self.isDoubleSpaced(part) { part = Self.singleSpaced(part) }
      part = part.trimmingBlanks
      guard let next = part.first else { continue }
      if !code.isEmpty, next.indent == 0 { code.append("") }
      code += part
    }
    let end = lines[..<first.start].lastIndex { !$0.isBlank } ?? -1
    let language = (max(0, end)..<last.end).lazy.compactMap { [labels] in labels[$0] }.first
    let isChanged = group.count > 1 || language != nil || code.count < first.inside.count
    guard isChanged, code.count <= last.end - first.start - 2 else { return }
    let open = lines[first.start] + (first.info.isEmpty ? language ?? "" : "")
    var block = code.isEmpty ? [] : [open] + code + [lines[last.end - 1]]
    block += Array(repeating: "", count: last.end - first.start - block.count)
    lines.replaceSubrange(first.start..<last.end, with: block)
  }

  private static func singleSpaced(_ code: [String]) -> [String] {
    var kept: [String] = []
    var blanks = 0
    for line in code {
      if line.isBlank {
        blanks += 1
        continue
      }
      if blanks > 1, !kept.isEmpty { kept.append("") }
      blanks = 0
      kept.append(line)
    }
    return kept
  }

  /// Joins a sentence that the end of a page divided into two paragraphs.
  private mutating func joinSentences() {
    let fenced = MarkdownFence.covered(in: lines)
    for index in lines.indices where !fenced[index] && !lines[index].isBlank {
      guard let end = lines[index].last, end.isLetter || end == ",", lines[index].count >= 60,
        index + 2 < lines.count, lines[index + 1].isBlank
      else { continue }
      guard let next = lines[(index + 1)...].firstIndex(where: { !$0.isBlank }),
        !fenced[next], lines[next].first?.isLowercase == true
      else { continue }
      let stop = lines[next...].firstIndex(where: \.isBlank) ?? lines.count
      let blanks = lines[(index + 1)..<next]
      lines.replaceSubrange((index + 1)..<stop, with: Array(lines[next..<stop]) + blanks)
    }
  }
}

/// A fenced block in the lines of a Markdown document.
struct MarkdownFence {
  /// The line of the opening fence.
  let start: Int
  /// The line after the closing fence, or after the last line if the fence is never closed.
  let end: Int
  let isClosed: Bool
  /// The columns before the fence.
  let indent: Int
  /// The text after the opening fence.
  let info: String

  /// The lines between the fences.
  var inside: Range<Int> { start + 1..<max(start + 1, isClosed ? end - 1 : end) }

  /// The fences of a document in order. A fence in a list item may have any indentation.
  static func all(in lines: [String]) -> [MarkdownFence] {
    var found: [MarkdownFence] = []
    var open: (line: Int, mark: Character, count: Int)?
    func close(_ end: Int, isClosed: Bool) {
      guard let fence = open else { return }
      let line = lines[fence.line]
      found.append(
        MarkdownFence(
          start: fence.line, end: end, isClosed: isClosed, indent: line.indent,
          info: line.trimmed.drop { $0 == fence.mark }.trimmed))
      open = nil
    }
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0.isWhitespace }
      guard let mark = text.first, mark == "`" || mark == "~" else { continue }
      let count = text.prefix { $0 == mark }.count
      guard count >= 3 else { continue }
      let rest = text.dropFirst(count)
      if let fence = open {
        let closes = mark == fence.mark && count >= fence.count && rest.allSatisfy(\.isWhitespace)
        if closes { close(index + 1, isClosed: true) }
      } else if mark == "~" || !rest.contains("`") {
        open = (index, mark, count)
      }
    }
    close(lines.count, isClosed: false)
    return found
  }

  /// Whether each line is in a fenced block, including the fences.
  static func covered(in lines: [String]) -> [Bool] {
    var covered = [Bool](repeating: false, count: lines.count)
    for fence in all(in: lines) {
      for index in fence.start..<fence.end { covered[index] = true }
    }
    return covered
  }

  /// Whether a line is only a fence, without anything after it.
  static func isFence(_ line: String) -> Bool {
    let text = line.trimmed
    return text.count >= 3 && (text.allSatisfy { $0 == "`" } || text.allSatisfy { $0 == "~" })
  }
}

extension StringProtocol {
  /// Whether a line has no text.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }

  /// The number of characters before a line's text.
  var indent: Int { prefix { $0.isWhitespace }.count }

  /// The length of a Markdown bullet or number and the spaces after it, or nil for other lines.
  var bulletLength: Int? {
    let digits = prefix { $0.isASCII && $0.isNumber }.count
    let mark = dropFirst(digits).first
    let isMark =
      digits > 0 ? digits < 10 && (mark == "." || mark == ")") : mark.map { "-*+".contains($0) }
    guard isMark == true else { return nil }
    let spaces = dropFirst(digits + 1).prefix { $0 == " " || $0 == "\t" }.count
    return spaces > 0 ? digits + 1 + spaces : nil
  }
}

extension [String] {
  /// The lines without blank ones at either end.
  fileprivate var trimmingBlanks: [String] {
    guard let first = firstIndex(where: { !$0.isBlank }),
      let last = lastIndex(where: { !$0.isBlank })
    else { return [] }
    return Array(self[first...last])
  }
}
