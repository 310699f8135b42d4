/// Finds lines whose columns have a meaning: tables, programs side by side, figures, arrows.
extension PlainLine {
  /// Whether the line has parts with at least three spaces or a tab between them, or an arrow.
  var hasColumns: Bool { hasGap || hasArrow }

  /// Whether at least three spaces or a tab separate two parts of the line. The gap after a sentence
  /// does not count.
  var hasGap: Bool {
    guard columns <= 400 else { return false }
    var spaces = 0
    var last: Character = " "
    for character in text {
      if character == "\t" { return true }
      if character == " " {
        spaces += 1
      } else {
        if spaces > 2, !".?!:".contains(last) || spaces > 4 { return true }
        spaces = 0
        last = character
      }
    }
    return false
  }

  /// Whether the line has an arrow or the bars of a drawing.
  var hasArrow: Bool {
    guard columns <= 400 else { return false }
    if text.contains(where: { Self.arrows.contains($0) || Self.isBoxDrawing($0) }) { return true }
    // Only the strokes and the heads of a drawing.
    if text.allSatisfy({ "|v^V\\/+ ".contains($0) }) { return true }
    return Self.arrowWords.contains { text.contains($0) }
  }

  private static let arrows: Set<Character> = ["←", "→", "↑", "↓", "↔", "⇒", "⇐"]
  private static let arrowWords = ["-->", "<--", "==>", "<==", "~~>", "--|", "|--", "+--", "--+"]

  private static func isBoxDrawing(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return (0x2500...0x259F).contains(scalar.value)
  }
}

extension PlainBlocks {
  /// Whether the columns of lines have a meaning, so that they must stay as they are.
  static func isFigure(_ lines: ArraySlice<PlainLine>) -> Bool {
    let lines = lines.prefix(200)
    guard lines.count > 1 else { return lines.first.map { $0.hasArrow && $0.hasGap } ?? false }
    let gaps = lines.count(where: \.hasGap)
    if gaps >= 2, gaps * 3 >= lines.count { return true }
    let drawn = lines.count(where: \.hasArrow)
    if drawn >= 2, drawn * 2 >= lines.count { return true }
    return isStaircase(lines)
  }

  /// Whether lines are a figure in which some lines begin with numbers or bullets: what follows the
  /// marks begins at columns far from each other, or is in columns itself.
  static func isFigureWithMarks(_ lines: ArraySlice<PlainLine>) -> Bool {
    let lines = lines.prefix(200)
    let marks = lines.map { $0.text.bulletLength }
    let lengths = marks.compactMap { $0 }
    guard let least = lengths.min(), let most = lengths.max() else { return false }
    if lengths.count > 1, most >= least + 6 { return true }
    let gaps = zip(lines, marks).count { line, mark in
      line.inside(margin: 0, dropping: mark ?? 0).hasGap
    }
    return gaps >= 2 && gaps * 2 >= lines.count
  }

  /// Whether short lines begin at columns far from each other, as the turns of two threads do.
  private static func isStaircase(_ lines: ArraySlice<PlainLine>) -> Bool {
    guard let least = lines.map(\.indent).min(), lines.allSatisfy({ $0.columns <= 60 }) else {
      return false
    }
    let far = lines.count { $0.indent >= least + 8 }
    // The first line of a paragraph may be indented, and so may all others.
    let returns = zip(lines, lines.dropFirst()).contains { $0.indent >= $1.indent + 8 }
    let leaves = zip(lines, lines.dropFirst()).contains { $0.indent + 8 <= $1.indent }
    return far > 0 && leaves && (returns || far > 1)
  }
}

/// Titles in a box of signs, such as
///
///     ==========
///     =  Flour =
///     ==========
enum BoxedTitles {
  /// The lines with each title without the signs at its ends, and without spaces between single
  /// letters.
  static func unboxed(_ lines: [PlainLine]) -> [PlainLine] {
    var lines = lines
    for index in lines.indices.dropFirst().dropLast() {
      guard let sign = ruleSign(of: lines[index - 1]), ruleSign(of: lines[index + 1]) == sign,
        let inner = inside(of: lines[index].text, sign)
      else { continue }
      let title = joiningLetters(inner)
      guard title.contains(where: \.isLetter) else { continue }
      lines[index] = lines[index].with(text: title)
      lines[index].indent = lines[index - 1].indent
      for edge in [index - 1, index + 1] where isEdge(lines[edge]) {
        lines[edge] = lines[edge].with(text: String(repeating: "-", count: lines[edge].columns))
      }
    }
    return lines
  }

  /// The sign of a rule, or of the edge of a box such as `+----+`.
  private static func ruleSign(of line: PlainLine) -> Character? {
    if let sign = line.ruleSign { return sign }
    return isEdge(line) ? "+" : nil
  }

  /// Whether a line is the edge of a box such as `+----+`.
  private static func isEdge(_ line: PlainLine) -> Bool {
    let inner = line.text.dropFirst().dropLast()
    guard line.text.first == "+", line.text.last == "+", inner.count > 3,
      inner.allSatisfy({ $0 == "-" || $0 == "=" })
    else { return false }
    return true
  }

  private static func inside(of text: String, _ sign: Character) -> String? {
    let ends: [Character] = sign == "+" || sign == "-" ? [sign, "|"] : [sign]
    guard text.count > 4, let first = text.first, ends.contains(first) else { return nil }
    let width = text.prefix { $0 == first }.count
    let inner = text.dropFirst(width).dropLast(width)
    guard width < 4, text.reversed().prefix(while: { $0 == first }).count == width,
      inner.first?.isWhitespace == true, inner.last?.isWhitespace == true, !inner.contains("|")
    else { return nil }
    return String(inner).trimmed
  }

  /// The text without the spaces in "B R E A D", where more spaces separate words.
  private static func joiningLetters(_ text: String) -> String {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    let letters = parts.filter { !$0.isEmpty }
    guard letters.count > 3, letters.allSatisfy({ $0.count == 1 }) else { return text }
    var joined = ""
    for part in parts { joined += part.isEmpty ? (joined.last == " " ? "" : " ") : String(part) }
    return joined.trimmed
  }
}
