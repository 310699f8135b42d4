// Text in a line: emphasis, code, links and macros.

extension AsciiDocText {
  /// The Markdown of a text. It has as many lines.
  func inline(_ text: some StringProtocol) -> String { inline(substituted(String(text)), depth: 0) }

  private func inline(_ text: String, depth: Int) -> String {
    guard depth < 8, text.utf8.contains(where: { "*_`#^~[<+{\\:\"'".utf8.contains($0) }) else {
      return MarkdownText.plain(text)
    }
    var scanner = InlineScanner(text)
    while let scalar = scanner.next {
      switch scalar {
      case "\\":
        // A backslash before markup keeps it as text.
        let following = scanner.scalar(at: 1)
        scanner.skipOrTake(following.map { !$0.isWordPart && !$0.isBlank || $0 == "h" } ?? false)
        if scanner.next != nil { scanner.takePlain() }
      case "`":
        if scanner.starts(with: "`'") {
          scanner.skip(2)
          scanner.takePlain("’")
        } else if let inside = scanner.quoted("`+", "+`") ?? scanner.quoted("``", "``")
          ?? scanner.constrained("`")
        {
          scanner.write(MarkdownText.code(inside))
        } else {
          scanner.takePlain()
        }
      case "+":
        if let inside = scanner.quoted("+++", "+++") ?? scanner.quoted("++", "++")
          ?? scanner.constrained("+")
        {
          scanner.takePlain(inside)
        } else {
          scanner.takePlain()
        }
      case "*", "_":
        let mark = String(scalar)
        if let inside = scanner.quoted(mark + mark, mark + mark) ?? scanner.constrained(mark) {
          let inner = self.inline(inside, depth: depth + 1)
          scanner.write(scalar == "*" ? "**\(inner)**" : "*\(inner)*")
        } else {
          scanner.takePlain()
        }
      case "#":
        if let inside = scanner.quoted("##", "##") ?? scanner.constrained("#") {
          scanner.write(self.inline(inside, depth: depth + 1))
        } else {
          scanner.takePlain()
        }
      case "^", "~":
        let mark = String(scalar)
        if let inside = scanner.quoted(mark, mark, where: { !$0.contains(" ") }) {
          scanner.write(self.inline(inside, depth: depth + 1))
        } else {
          scanner.takePlain()
        }
      case "\"", "'":
        let mark = String(scalar)
        if let inside = scanner.quoted(mark + "`", "`" + mark) {
          let inner = self.inline(inside, depth: depth + 1)
          scanner.write(scalar == "\"" ? "“\(inner)”" : "‘\(inner)’")
        } else {
          scanner.takePlain()
        }
      case "<":
        if let inside = scanner.quoted("<<", ">>") {
          scanner.write(crossReference(inside, depth))
        } else {
          scanner.takePlain()
        }
      case "[":
        if scanner.quoted("[[", "]]") != nil || scanner.styledText() { continue }
        scanner.takePlain()
      default:
        let isApart = scanner.previous?.isBlank ?? true
        if let macro = scanner.macro() {
          let text = self.macro(macro.name, macro.target, macro.text, depth)
          scanner.write(isApart && text.hasPrefix(" ") ? String(text.dropFirst()) : text)
        } else {
          scanner.takePlain()
        }
      }
    }
    return scanner.result
  }

  private func crossReference(_ inside: String, _ depth: Int) -> String {
    let parts = inside.split(separator: ",", maxSplits: 1)
    guard parts.count == 2 else {
      return MarkdownText.emphasis(inside.drop { $0 == "#" || $0 == "_" })
    }
    return inline(parts[1].trimmed, depth: depth + 1)
  }

  private func macro(_ name: String, _ target: String, _ text: String, _ depth: Int) -> String {
    // `window=_blank` and the like are settings.
    var words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    while words.count > 1, let last = words.last, last.contains("="),
      !last.contains(" ")
        || last.trimmed.hasPrefix("window") || last.trimmed.hasPrefix("role")
    { words.removeLast() }
    var title = words.joined(separator: ",").trimmed
    while title.hasSuffix("^") { title.removeLast() }
    switch name {
    case "link", "mailto", "http", "https", "ftp", "irc":
      let address = name == "link" ? target : name + ":" + target
      return MarkdownText.link(inline(title, depth: depth + 1), to: address)
    case "xref":
      return title.isEmpty
        ? MarkdownText.emphasis(target) : inline(title, depth: depth + 1)
    case "image": return "!" + MarkdownText.link(MarkdownText.plain(title), to: target)
    case "icon": return MarkdownText.plain("(\(target))")
    case "kbd", "btn", "stem", "latexmath", "asciimath", "pass":
      return name == "pass" ? MarkdownText.plain(text) : MarkdownText.code(text)
    case "menu":
      let items = text.split(separator: ">").map { $0.trimmed }
      return MarkdownText.strong(([target] + items).joined(separator: " > "))
    case "footnote": return " (" + inline(text, depth: depth + 1) + ")"
    default:
      return MarkdownText.code(target + (text.isEmpty ? "" : "(\(text))"))
    }
  }

  /// The text with the values of attributes for `{name}`.
  func substituted(_ text: String) -> String {
    guard text.contains("{") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "{") {
      result += rest[..<start]
      let inside = rest[rest.index(after: start)...]
      let name = inside.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      if !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == "}",
        let value = value(of: name.lowercased()), result.last != "\\"
      {
        result += value
        rest = rest[rest.index(after: name.endIndex)...]
      } else {
        result.append("{")
        rest = inside
      }
    }
    return result + rest
  }
}

extension InlineScanner {
  /// The text between two marks that may stand anywhere, if it fits. Skips all of it then.
  fileprivate mutating func quoted(
    _ opening: String, _ closing: String, where fits: (String) -> Bool = { _ in true }
  ) -> String? {
    bracketed(opening, closing: closing) { !$0.contains("\n\n") && fits($0) }
  }

  /// The text between two marks that stand at the edges of words. Skips all of it.
  fileprivate mutating func constrained(_ mark: String) -> String? {
    guard canOpen(after: 1) else { return nil }
    return span(mark, closing: mark)
  }

  fileprivate mutating func skipOrTake(_ skips: Bool) {
    if skips { skip(1) } else { takePlain() }
  }

  /// The name of a role before marked text: `[.role]#text#`. Skips the name.
  fileprivate mutating func styledText() -> Bool {
    guard let first = scalar(at: 1), first == "." || first == "#" || first.isWordPart else {
      return false
    }
    var offset = 1
    while let scalar = scalar(at: offset), scalar != "]", offset < 40, !scalar.isBlank {
      offset += 1
    }
    guard scalar(at: offset) == "]", let next = scalar(at: offset + 1),
      next == "#" || ((next == "*" || next == "_" || next == "`") && (first == "." || first == "#"))
    else { return false }
    skip(offset + 1)
    return true
  }

  private static let macroNames = [
    "link", "mailto", "https", "http", "ftp", "irc", "xref", "image", "icon", "kbd", "btn", "stem",
    "latexmath", "asciimath", "pass", "menu", "footnote", "linkgit", "gitlink",
  ]

  /// A macro: a name, a colon, a target and a text in brackets. Skips all of it.
  fileprivate mutating func macro() -> (name: String, target: String, text: String)? {
    guard let first = next, ("a"..."z").contains(first), previous.map({ !$0.isWordPart }) ?? true
    else { return nil }
    guard let name = Self.macroNames.first(where: { starts(with: $0 + ":") }) else { return nil }
    let start = name.unicodeScalars.count + 1
    guard let bracket = distance(to: "[", from: start), bracket < start + 500,
      distance(to: "]", from: bracket + 1) != nil
    else { return nil }
    let target = self.text(from: start, to: bracket)
    guard !target.unicodeScalars.contains(where: { $0.isBlank || $0 == "<" || $0 == ">" }) else {
      return nil
    }
    var text = String.UnicodeScalarView()
    var length = 0
    var depth = 0
    var offset = bracket + 1
    while let scalar = scalar(at: offset), length < 1000 {
      length += 1
      if scalar == "]", depth == 0 {
        skip(offset + 1)
        return (name, target, String(text))
      }
      if scalar == "[" { depth += 1 }
      if scalar == "]" { depth -= 1 }
      if scalar == "\\", self.scalar(at: offset + 1) == "]" {
        offset += 1
        text.append("]")
      } else {
        text.append(scalar)
      }
      offset += 1
    }
    return nil
  }
}
