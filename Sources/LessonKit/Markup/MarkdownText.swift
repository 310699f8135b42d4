/// Writes text so that the Markdown parser reads it as it is.
enum MarkdownText {
  /// A text with backslashes before the signs that Markdown would take as markup. Bare addresses
  /// become links.
  static func plain(_ text: some StringProtocol) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var at = 0
    // Where an address may begin.
    var start = 0
    while at < scalars.count {
      if at >= start, let end = addressEnd(in: scalars, from: at, &start) {
        result.append("<")
        result.append(contentsOf: scalars[at..<end])
        result.append(">")
        at = end
        continue
      }
      let scalar = scalars[at]
      switch scalar {
      case "\\", "`", "*", "[", "<", "~": result.append("\\")
      case "_":
        let isInside =
          at > 0 && at + 1 < scalars.count && scalars[at - 1].isWordPart
          && scalars[at + 1].isWordPart
        if !isInside { result.append("\\") }
      case "&":
        if at + 1 < scalars.count, scalars[at + 1].isWordPart || scalars[at + 1] == "#" {
          result.append("\\")
        }
      default: break
      }
      result.append(scalar)
      at += 1
    }
    return String(result)
  }

  /// The end of an address that begins here, or nil. Signs of a sentence at its end do not belong to
  /// it.
  private static func addressEnd(
    in scalars: [Unicode.Scalar], from start: Int, _ next: inout Int
  ) -> Int? {
    guard scalars[start] == "h" || scalars[start] == "f",
      start == 0 || !scalars[start - 1].isWordPart,
      ["https://", "http://", "ftp://"].contains(where: {
        scalars[start...].starts(with: $0.unicodeScalars)
      })
    else { return nil }
    var end = start
    while end < scalars.count, end < start + 2000, !scalars[end].properties.isWhitespace,
      !"<>\"`|\\".unicodeScalars.contains(scalars[end])
    { end += 1 }
    next = end
    while end > start, ".,;:!?)]}'*_".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
    let isComplete = end > start + 8 && scalars[start..<end].contains(".")
    return isComplete ? end : nil
  }

  /// A line of a paragraph, with a backslash if it would begin another block.
  static func line(_ text: some StringProtocol) -> String {
    let line = text.drop { $0 == " " || $0 == "\t" }
    guard let first = line.first else { return "" }
    let rest = line.dropFirst()
    switch first {
    case "#", ">", "|": return "\\" + line
    case "=": return line.allSatisfy { $0 == "=" || $0 == " " } ? "\\" + line : String(line)
    case "-", "+":
      let isMark = rest.first.map(\.isWhitespace) ?? true
      return isMark || line.allSatisfy { $0 == "-" || $0 == " " } ? "\\" + line : String(line)
    case _ where first.isASCII && first.isNumber:
      let digits = line.prefix { $0.isASCII && $0.isNumber }
      let after = line.dropFirst(digits.count)
      guard let mark = after.first, mark == "." || mark == ")",
        after.dropFirst().first.map(\.isWhitespace) ?? true
      else { return String(line) }
      return digits + "\\" + after
    default: return String(line)
    }
  }

  /// Words as code.
  static func code(_ text: some StringProtocol) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else { return plain(text) }
    let fence = String(repeating: "`", count: longestRun(in: text) + 1)
    let needsSpace = text.first == "`" || text.last == "`"
    return fence + (needsSpace ? " " : "") + text + (needsSpace ? " " : "") + fence
  }

  /// The longest run of backticks in a text.
  static func longestRun(in text: some StringProtocol) -> Int {
    var (longest, current) = (0, 0)
    for byte in text.utf8 {
      current = byte == UInt8(ascii: "`") ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }

  /// A fence that no line of the code can close.
  static func fence(around code: some Sequence<MarkupLine>) -> String {
    let longest = code.lazy.map { longestRun(in: $0.text) }.max() ?? 0
    return String(repeating: "`", count: max(3, longest + 1))
  }

  /// A link. The text is Markdown already.
  static func link(_ text: String, to address: some StringProtocol) -> String {
    let address = String(address).filter { !$0.isNewline && $0 != "<" && $0 != ">" }
    return "[\(text.isEmpty ? plain(address) : text)](<\(address)>)"
  }

  static func strong(_ text: some StringProtocol) -> String {
    let text = plain(String(text).trimmed)
    return text.isEmpty ? "" : "**\(text)**"
  }

  static func emphasis(_ text: some StringProtocol) -> String {
    let text = plain(String(text).trimmed)
    return text.isEmpty ? "" : "*\(text)*"
  }

  /// The text of an HTML comment. The reader shows comments, so no word is lost.
  static func comment(_ text: some StringProtocol) -> String {
    String(text).replacing("--", with: "- -")
  }
}

extension Unicode.Scalar {
  /// Whether it is a letter, a digit or an underscore.
  var isWordPart: Bool {
    self == "_"
      || (isASCII
        ? ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
        : properties.isAlphabetic || properties.numericType != nil)
  }

  /// Whether it is white space.
  var isBlank: Bool {
    isASCII ? self == " " || ("\t"..."\r").contains(self) : properties.isWhitespace
  }
}
