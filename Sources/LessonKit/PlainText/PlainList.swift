/// A list in a plain text document. Its items begin with a bullet or with consecutive numbers.
struct PlainList {
  /// The line after the list.
  private(set) var end: Int
  private let text: PlainText
  private let start: Int?
  private let indent: Int
  /// The lines of each item, without the item's mark and margin.
  private var items: [[PlainLine]] = []
  private var isTight = true

  /// Reads a list that begins on a line, or returns nil if there is none.
  ///
  /// A single item with a number or the bullet "o" is not a list. Unless `isCertain`, a single item
  /// with any bullet is not one either.
  init?(_ text: PlainText, from first: Int, to last: Int, isCertain: Bool = true) {
    let line = text.lines[first]
    guard let mark = Self.mark(of: line) else { return nil }
    self.text = text
    start = mark.number
    indent = line.indent
    end = first
    read(from: first, to: last, sign: mark.sign)
    let isDoubtful = mark.number != nil || mark.sign == "o" || !isCertain
    guard items.count > 1 || !isDoubtful else { return nil }
  }

  /// Whether a numbered list begins on a line in a run of lines.
  static func beginsNumbered(_ text: PlainText, at index: Int, _ end: Int) -> Bool {
    guard mark(of: text.lines[index])?.number == 1 else { return false }
    return PlainList(text, from: index, to: end) != nil
  }

  private struct Mark {
    /// The bullet, or a character for the style of a number.
    let sign: Character
    let number: Int?
    /// The number of characters before the text of the item.
    let length: Int
  }

  private static func mark(of line: PlainLine) -> Mark? {
    guard !line.isContentsEntry else { return nil }
    if let length = line.bullet, let sign = line.text.first {
      return Mark(sign: sign, number: nil, length: length)
    }
    guard let numbered = NumberedLine.candidates(of: line.text).first, numbered.isListed,
      let number = numbered.path.first
    else { return nil }
    let length = line.columns - numbered.title.count
    return Mark(sign: line.text.first == "(" ? "(" : "1", number: number, length: length)
  }

  private mutating func read(from first: Int, to last: Int, sign: Character) {
    var index = first
    var number = start
    var wasBlank = false
    var hasInner = false
    while index < last {
      let line = text.lines[index]
      if line.isBlank {
        wasBlank = true
        index += 1
        continue
      }
      let mark = Self.mark(of: line)
      let isItem =
        mark.map { $0.sign == sign && $0.number == number && abs(line.indent - indent) < 2 }
        ?? false
      if let mark, isItem {
        if wasBlank, !items.isEmpty { isTight = false }
        var inner = line.inside(margin: 0, dropping: mark.length)
        if items.isEmpty { inner.asides = [] }
        items.append([inner])
        number = number.map { $0 + 1 }
        hasInner = false
      } else if line.indent > indent || (!wasBlank && mark == nil && continues(line, at: index)) {
        // The first indented bullet begins an inner list, even with only one item.
        let opensInner = line.bullet != nil && line.indent > indent + 1 && !hasInner
        if opensInner { hasInner = true }
        if wasBlank || opensInner {
          items[items.count - 1].append(PlainLine(text: "", indent: 0, number: 0))
        }
        items[items.count - 1].append(line.inside(margin: indent + 2))
      } else {
        break
      }
      wasBlank = false
      index += 1
      end = index
    }
  }

  /// Whether a line without further indentation continues the item above it.
  private func continues(_ line: PlainLine, at index: Int) -> Bool {
    !text.shapes[index].isCode && !line.text.hasPrefix(">") && line.ruleSign == nil
      && !line.text.hasPrefix("```") && line.indent >= indent
  }

  func block(depth: Int) -> Block {
    .list(
      start: start, isTight: isTight,
      items: items.map { lines in
        let inside = PlainText(lines: lines, lineLength: text.lineLength)
        let blocks = PlainBlocks.blocks(of: inside, in: 0..<lines.count, depth: depth + 1)
        return ListItem(blocks.map(\.block))
      })
  }
}
