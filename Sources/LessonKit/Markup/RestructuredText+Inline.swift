// Text in a line: emphasis, code, roles and references.

extension RestructuredText {
  /// The Markdown of a paragraph. It has as many lines.
  mutating func inline(_ text: String) -> String {
    guard text.utf8.contains(where: { "*`_|\\[".utf8.contains($0) }) else {
      return MarkdownText.plain(text)
    }
    var scanner = InlineScanner(text)
    while let scalar = scanner.next {
      if scalar == "\\" {
        scanner.skip(1)
        if let escaped = scanner.next {
          // A blank behind a backslash only separates markup.
          if escaped.isBlank, escaped != "\n" { scanner.skip(1) } else { scanner.takePlain() }
        }
      } else if scanner.starts(with: "``"), scanner.canOpen(after: 2),
        let inside = scanner.span("``", closing: "``", mayContain: true)
      {
        scanner.write(MarkdownText.code(inside))
      } else if scanner.starts(with: "**"), scanner.canOpen(after: 2),
        let inside = scanner.span("**", closing: "**")
      {
        scanner.write(MarkdownText.strong(inside))
      } else if scalar == "*", scanner.canOpen(after: 1),
        let inside = scanner.span("*", closing: "*")
      {
        scanner.write(MarkdownText.emphasis(inside))
      } else if scalar == ":", let role = scanner.role() {
        scanner.write(self.role(role.name, role.text))
      } else if scalar == "`", scanner.canOpen(after: 1),
        let inside = scanner.span("`", closing: "`", isReference: true)
      {
        scanner.write(reference(inside, &scanner))
      } else if scalar == "|", scanner.canOpen(after: 1),
        let name = scanner.peekSpan("|", closing: "|"), let value = substitutions[name]
      {
        scanner.skip(name.unicodeScalars.count + 2)
        if scanner.starts(with: "_") { scanner.skip(scanner.starts(with: "__") ? 2 : 1) }
        scanner.write(
          value.first == "\u{0}"
            ? "!" + MarkdownText.link(MarkdownText.plain(name), to: value.dropFirst())
            : MarkdownText.plain(value))
      } else if scalar == "[", let label = scanner.footnote(), let known = footnote(label) {
        scanner.skip(label.unicodeScalars.count + 3)
        scanner.write("[^\(known)]")
      } else if scalar == "_", let word = scanner.referenceWord() {
        let width = scanner.starts(with: "__") ? 2 : 1
        if let address = targets[word.normalizedName] {
          scanner.skip(width)
          scanner.replaceLast(word, with: MarkdownText.link(MarkdownText.plain(word), to: address))
        } else {
          for _ in 0..<width { scanner.takePlain() }
        }
      } else {
        scanner.takePlain()
      }
    }
    return scanner.result
  }

  private mutating func footnote(_ label: String) -> String? {
    guard footnotes.contains(label) else { return nil }
    guard label == "#" else { return Self.footnoteLabel(label) }
    automaticFootnotes.references += 1
    return "auto\(automaticFootnotes.references)"
  }

  /// Text between backticks, with its address or name and the underscores behind it.
  private mutating func reference(_ inside: String, _ scanner: inout InlineScanner) -> String {
    var marks = 0
    while scanner.starts(with: "_"), marks < 2 {
      scanner.skip(1)
      marks += 1
    }
    guard marks > 0 else {
      // A role may stand behind its text.
      if let name = scanner.roleBehind() { return role(name, inside) }
      return MarkdownText.code(inside.unescaped)
    }
    let parts = inside.titleAndTarget
    if let target = parts.target {
      let address =
        target.hasSuffix("_") ? targets[String(target.dropLast()).normalizedName] : target
      guard let address else { return MarkdownText.plain(parts.title.unescaped) }
      return MarkdownText.link(MarkdownText.plain(parts.title.unescaped), to: address)
    }
    let text = MarkdownText.plain(inside.unescaped)
    if marks == 2 {
      defer { nextAnonymous += 1 }
      guard anonymousTargets.indices.contains(nextAnonymous) else { return text }
      return MarkdownText.link(text, to: anonymousTargets[nextAnonymous])
    }
    guard let address = targets[inside.normalizedName] else { return text }
    return MarkdownText.link(text, to: address)
  }

  private func role(_ name: String, _ text: String) -> String {
    let role = name.split(separator: ":").last.map(String.init) ?? name
    let parts = text.unescaped.titleAndTarget
    switch role {
    case "emphasis", "dfn", "title-reference", "title", "t", "abbr", "abbreviation":
      return MarkdownText.emphasis(text.unescaped)
    case "strong", "guilabel", "menuselection": return MarkdownText.strong(text.unescaped)
    case "sub", "subscript", "sup", "superscript": return MarkdownText.plain(text.unescaped)
    case "pep": return reference("PEP", parts)
    case "rfc": return reference("RFC", parts)
    case "ref", "doc", "term", "any", "download", "numref", "eq", "issue", "cve", "cwe", "gh":
      return parts.target == nil
        ? MarkdownText.emphasis(parts.title) : MarkdownText.plain(parts.title)
    default:
      let word = parts.target == nil ? text : parts.title
      // A tilde shows only the last part of a name, and `!` makes it no link.
      let name = word.first == "~" || word.first == "!" ? String(word.dropFirst()) : word
      return MarkdownText.code(role == "math" ? word : name.unescaped)
    }
  }

  private func reference(_ kind: String, _ parts: (title: String, target: String?)) -> String {
    parts.target == nil
      ? MarkdownText.plain("\(kind) \(parts.title)")
      : MarkdownText.plain("\(parts.title) (\(kind) \(parts.target ?? ""))")
  }
}

/// A place in a text with inline markup.
struct InlineScanner {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  /// The plain text that is not written yet.
  private var plain = String.UnicodeScalarView()
  private var written = ""

  /// How far there is no closing mark, by the mark, so that a mark without its partner is not looked
  /// for again and again.
  private var searched: [String: Int] = [:]

  /// The longest text between two marks.
  private static let longestSpan = 4000
  /// The longest name of a role or reference.
  private static let longestName = 200

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }
  var previous: Unicode.Scalar? { at > 0 ? scalars[at - 1] : nil }
  var isAtStart: Bool { at == 0 }

  var result: String { written + MarkdownText.plain(String(plain)) }

  func scalar(at offset: Int) -> Unicode.Scalar? {
    scalars.indices.contains(at + offset) ? scalars[at + offset] : nil
  }

  func starts(with text: String) -> Bool { scalars[at...].starts(with: text.unicodeScalars) }

  mutating func skip(_ count: Int) { at = min(scalars.count, at + count) }

  mutating func takePlain() {
    plain.append(scalars[at])
    at += 1
  }

  mutating func write(_ markdown: String) {
    written += MarkdownText.plain(String(plain))
    plain = String.UnicodeScalarView()
    written += markdown
  }

  mutating func takePlain(_ text: String) { plain.append(contentsOf: text.unicodeScalars) }

  /// Replaces the last word of the plain text.
  mutating func replaceLast(_ word: String, with markdown: String) {
    plain.removeLast(word.unicodeScalars.count)
    write(markdown)
  }

  /// Whether markup may begin here: not inside a word, and not before a blank.
  func canOpen(after width: Int) -> Bool {
    guard let following = scalar(at: width), !following.isBlank else { return false }
    guard let previous else { return true }
    return !previous.isWordPart
  }

  /// The text between an opening mark here and the next closing mark, which must not be behind a blank
  /// or before a letter. Skips all of it.
  mutating func span(
    _ opening: String, closing: String, mayContain: Bool = false, isReference: Bool = false
  ) -> String? {
    guard let inside = find(opening, closing, isReference: isReference) else { return nil }
    skip(opening.unicodeScalars.count + inside.count + closing.unicodeScalars.count)
    return String(String.UnicodeScalarView(inside))
  }

  /// As `span`, without skipping it.
  mutating func peekSpan(_ opening: String, closing: String) -> String? {
    find(opening, closing, isReference: true).map { String(String.UnicodeScalarView($0)) }
  }

  private mutating func find(
    _ opening: String, _ closing: String, isReference: Bool
  ) -> ArraySlice<Unicode.Scalar>? {
    let start = at + opening.unicodeScalars.count
    let mark = Array(closing.unicodeScalars)
    let isCode = closing == "``"
    let key = closing + (isReference ? "_" : "")
    var index = max(start + 1, searched[key] ?? 0)
    let limit = min(scalars.count - mark.count, start + Self.longestSpan)
    while index <= limit {
      defer { index += 1 }
      guard scalars[index] == mark[0], scalars[index...].starts(with: mark),
        !scalars[index - 1].isBlank, isCode || scalars[index - 1] != "\\"
      else { continue }
      let after = index + mark.count
      if after < scalars.count {
        let next = scalars[after]
        if mark.count == 1, next == mark[0] {
          index += 1
          continue
        }
        if isCode, next == "`" { continue }
        if next.isWordPart, !(isReference && next == "_") { continue }
      }
      return scalars[start..<index]
    }
    searched[key] = max(searched[key] ?? 0, limit)
    return nil
  }

  /// The distance from here to a mark that may stand anywhere, or nil.
  mutating func distance(to mark: String, from offset: Int) -> Int? {
    let signs = Array(mark.unicodeScalars)
    let key = "any " + mark
    var index = max(at + offset, searched[key] ?? 0)
    let limit = min(scalars.count - signs.count, at + offset + Self.longestSpan / 2)
    while index <= limit {
      if scalars[index] == signs[0], scalars[index...].starts(with: signs) { return index - at }
      index += 1
    }
    searched[key] = max(searched[key] ?? 0, limit)
    return nil
  }

  /// The text from here, between two distances.
  func text(from start: Int, to end: Int) -> String {
    String(String.UnicodeScalarView(scalars[(at + start)..<(at + end)]))
  }

  /// A role and its text: `:name:` and text between backticks. Skips both.
  mutating func role() -> (name: String, text: String)? {
    guard previous.map({ !$0.isWordPart }) ?? true else { return nil }
    var index = at + 1
    while index < scalars.count, index < at + Self.longestName,
      scalars[index].isWordPart || "-:+.".unicodeScalars.contains(scalars[index])
    { index += 1 }
    guard index > at + 2, index < scalars.count, scalars[index] == "`", scalars[index - 1] == ":"
    else { return nil }
    let name = String(String.UnicodeScalarView(scalars[(at + 1)..<(index - 1)]))
    let start = at
    at = index
    guard let text = span("`", closing: "`") else {
      at = start
      return nil
    }
    return (name, text)
  }

  mutating func roleBehind() -> String? {
    guard next == ":" else { return nil }
    var index = at + 1
    while index < scalars.count, index < at + Self.longestName,
      scalars[index].isWordPart || scalars[index] == "-"
    { index += 1 }
    guard index > at + 1, index < scalars.count, scalars[index] == ":" else { return nil }
    defer { at = index + 1 }
    return String(String.UnicodeScalarView(scalars[(at + 1)..<index]))
  }

  /// The label of a footnote reference here: `[1]_`.
  func footnote() -> String? {
    var index = at + 1
    while index < scalars.count, index < at + 60,
      scalars[index].isWordPart || "#*-.:".unicodeScalars.contains(scalars[index])
    { index += 1 }
    guard index > at + 1, index + 1 < scalars.count, scalars[index] == "]",
      scalars[index + 1] == "_"
    else { return nil }
    return String(String.UnicodeScalarView(scalars[(at + 1)..<index]))
  }

  /// The word before an underscore here that makes it a reference.
  func referenceWord() -> String? {
    let width = starts(with: "__") ? 2 : 1
    if let after = scalar(at: width), after.isWordPart { return nil }
    var word = String.UnicodeScalarView()
    for scalar in plain.suffix(Self.longestName).reversed() {
      let isPart =
        scalar.isWordPart || (!word.isEmpty && "-.+".unicodeScalars.contains(scalar))
      guard isPart, scalar != "_" || !word.isEmpty else { break }
      word.append(scalar)
    }
    return word.isEmpty ? nil : String(String.UnicodeScalarView(word.reversed()))
  }
}

extension StringProtocol {
  /// A reference's name without differences of case and blanks.
  var normalizedName: String {
    lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether it is an address outside the document.
  var isAddress: Bool {
    contains("://") || hasPrefix("mailto:") || hasPrefix("#") || hasPrefix("/") || contains("@")
  }

  /// The text without the backslashes of escapes.
  var unescaped: String {
    guard contains("\\") else { return String(self) }
    var result = ""
    var isEscaped = false
    for character in self {
      if isEscaped {
        if !character.isWhitespace || character.isNewline { result.append(character) }
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// The parts of `title <target>`.
  var titleAndTarget: (title: String, target: String?) {
    guard hasSuffix(">"), let start = lastIndex(of: "<") else { return (String(self), nil) }
    let target = self[index(after: start)...].dropLast()
    // Both parts of an address that was divided belong together.
    let title = self[..<start].trimmedEndOfLine
    guard !target.isEmpty else { return (String(self), nil) }
    return (
      title.isEmpty ? String(target) : title,
      String(target.filter { !$0.isNewline && $0 != " " || $0 == " " })
    )
  }

  /// The text without blanks at its end, but with its newlines.
  private var trimmedEndOfLine: String {
    var text = Substring(String(self))
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
