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
        let inside = scanner.span("``", closing: "``")
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
        if let address = target(word) {
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

  /// The address of a reference, or nil.
  private mutating func target(_ name: String) -> String? {
    let name = name.normalizedName
    guard let address = targets[name] else { return nil }
    usedTargets.insert(name)
    return address
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
        target.hasSuffix("_") ? self.target(String(target.dropLast())) : target
      guard let address else { return MarkdownText.plain(parts.title.unescaped) }
      return MarkdownText.link(MarkdownText.plain(parts.title.unescaped), to: address)
    }
    let text = MarkdownText.plain(inside.unescaped)
    if marks == 2 {
      defer { nextAnonymous += 1 }
      guard anonymousTargets.indices.contains(nextAnonymous) else { return text }
      return MarkdownText.link(text, to: anonymousTargets[nextAnonymous])
    }
    guard let address = target(inside) else { return text }
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
      String(target.filter { !$0.isNewline })
    )
  }

  /// The text without blanks at its end, but with its newlines.
  private var trimmedEndOfLine: String {
    var text = Substring(String(self))
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
