// Blocks that begin with two stops: directives, definitions of targets and footnotes, comments.

extension RestructuredText {
  /// The parts of a line that begins with two stops.
  enum Explicit {
    static func target(_ text: String) -> (name: String, address: String)? {
      guard text.hasPrefix(".. _") else { return nil }
      let rest = text.dropFirst(4)
      if rest.hasPrefix("`"), let end = rest.dropFirst().firstRange(of: "`:") {
        let name = rest[rest.index(after: rest.startIndex)..<end.lowerBound]
        return (String(name), rest[end.upperBound...].trimmed)
      }
      var isEscaped = false
      for index in rest.indices {
        if rest[index] == ":", !isEscaped {
          let after = rest[rest.index(after: index)...]
          guard after.isEmpty || after.first == " " else { continue }
          return (String(rest[..<index]).replacing("\\:", with: ":"), after.trimmed)
        }
        isEscaped = rest[index] == "\\"
      }
      return nil
    }

    static func substitution(_ text: String) -> (name: String, text: String)? {
      guard text.hasPrefix(".. |"), let end = text.dropFirst(4).firstRange(of: "|") else {
        return nil
      }
      let name = text[text.index(text.startIndex, offsetBy: 4)..<end.lowerBound]
      let rest = text[end.upperBound...].trimmed
      guard let mark = rest.firstRange(of: "::") else { return nil }
      let value = rest[mark.upperBound...].trimmed
      switch rest[..<mark.lowerBound] {
      case "replace", "unicode": return (String(name), value)
      case "image": return (String(name), value.isEmpty ? "" : "\u{0}\(value)")
      default: return nil
      }
    }

    static func footnote(_ text: String) -> (label: String, width: Int)? {
      guard text.hasPrefix(".. ["), let end = text.firstRange(of: "]") else { return nil }
      let label = text[text.index(text.startIndex, offsetBy: 4)..<end.lowerBound]
      let rest = text[end.upperBound...]
      guard !label.isEmpty, rest.isEmpty || rest.first == " ",
        label.allSatisfy({ $0.isLetter || $0.isNumber || "#*-_.:".contains($0) })
      else { return nil }
      return (String(label), label.count + 5 + (rest.isEmpty ? 0 : 1))
    }

    static func directive(_ text: String) -> (name: String, argument: String)? {
      guard text.hasPrefix(".. "), let mark = text.firstRange(of: "::") else { return nil }
      let name = text[text.index(text.startIndex, offsetBy: 3)..<mark.lowerBound].trimmed
      guard let first = name.first, first.isLetter,
        name.allSatisfy({ $0.isLetter || $0.isNumber || "-_:.+".contains($0) })
      else { return nil }
      return (name.lowercased(), text[mark.upperBound...].trimmed)
    }
  }

  mutating func explicit(_ block: ArraySlice<MarkupLine>, in prefix: String, depth: Int) {
    guard let first = block.first else { return }
    let text = first.text.trimmed
    if let directive = Explicit.directive(text) {
      self.directive(directive.name, directive.argument, block, in: prefix, depth: depth)
    } else if let footnote = Explicit.footnote(text) {
      var label = footnote.label
      if label == "#" {
        automaticFootnotes.definitions += 1
        label = "auto\(automaticFootnotes.definitions)"
      }
      lines.mark(first.index, "[^\(Self.footnoteLabel(label))]: ", in: prefix)
      let head = MarkupLine(index: first.index, text: first.text.dropFirst(footnote.width))
      let body = Self.dedented(block.dropFirst())
      blocks([head.dedented(by: .max)] + body, in: prefix + "    ", depth: depth + 1)
    } else if let target = Explicit.target(text) {
      writeBlanks(block, in: prefix)
      // A label names the place below it. It is no text, but an address is.
      if let address = targets[target.name.normalizedName] {
        definitions.append((target.name, address, first.index, prefix))
      }
    } else if text.hasPrefix("__ ") || Explicit.substitution(text) != nil {
      writeBlanks(block, in: prefix)
    } else {
      comment(
        text == ".." ? "" : String(text.dropFirst(3)), block.dropFirst(), first.index, in: prefix)
    }
  }

  /// Writes the addresses that no reference uses, so that they are not lost.
  mutating func writeUnusedTargets() {
    for target in definitions where !usedTargets.contains(target.name.normalizedName) {
      let text = "<!-- \(MarkdownText.comment("\(target.name): \(target.address)")) -->"
      if lines.isFree(target.line) {
        lines.write(text, at: target.line, in: target.prefix)
      } else {
        lines.writeAbove(target.line, text, in: target.prefix)
      }
    }
  }

  private mutating func writeBlanks(_ block: ArraySlice<MarkupLine>, in prefix: String) {
    for line in block { lines.writeBlank(at: line.index, in: prefix) }
  }

  static func footnoteLabel(_ label: String) -> String {
    String(label.filter { $0 != "#" && $0 != "]" && $0 != "[" }.map { $0 == "*" ? "s" : $0 })
  }

  /// Writes a comment, which the reader shows in small.
  private mutating func comment(
    _ head: String, _ body: ArraySlice<MarkupLine>, _ index: Int, in prefix: String
  ) {
    let words = ([head.trimmed] + body.map(\.text.trimmed)).map(MarkdownText.comment)
    guard let last = words.lastIndex(where: { !$0.isEmpty }) else { return }
    let places = [index] + body.map(\.index)
    for (offset, text) in words.enumerated() where offset <= last {
      let opening = offset == 0 ? "<!-- " : ""
      let line = opening + text + (offset == last ? " -->" : "")
      lines.write(line, at: places[offset], in: prefix)
    }
  }

  // MARK: Directives

  private static let codeDirectives: Set = [
    "code-block", "code", "sourcecode", "parsed-literal", "literalinclude", "productionlist",
    "doctest", "testcode", "testoutput", "testsetup", "ipython", "prompt", "raw", "math",
    "graphviz",
    "digraph", "graph", "plantuml", "mermaid", "csv-table", "console", "command-output",
    "program-output",
    "uml", "blockdiag", "seqdiag", "nwdiag", "actdiag", "jinja", "grammar-snippet",
  ]

  /// The kinds of notes, and their titles if they differ from the name of the kind.
  private static let notes: [String: (kind: String, title: String)] = [
    "note": ("note", ""), "warning": ("warning", ""), "tip": ("tip", ""), "hint": ("hint", ""),
    "important": ("important", ""), "caution": ("caution", ""), "danger": ("danger", ""),
    "error": ("error", ""), "attention": ("attention", ""), "seealso": ("note", "See also"),
    "todo": ("note", "To do"), "impl-detail": ("note", "Implementation detail"),
    "versionadded": ("note", "New in version"), "versionchanged": ("note", "Changed in version"),
    "deprecated": ("warning", "Deprecated since version"),
    "versionremoved": ("warning", "Removed in version"),
    "deprecated-removed": ("warning", "Deprecated since version, removed in version"),
    "availability": ("note", "Availability"), "admonition": ("note", ""), "topic": ("note", ""),
    "sidebar": ("note", ""),
  ]

  /// Directives whose name says nothing and whose content is ordinary text.
  private static let containers: Set = [
    "container", "only", "highlights", "epigraph", "pull-quote", "compound", "rst-class", "class",
    "tab-set", "tabs", "grid", "table", "list-table", "hlist", "centered", "rubric", "glossary",
    "role", "details", "dropdown", "div",
  ]

  private static let definitions: Set = [
    "function", "class", "method", "attribute", "data", "exception", "describe", "object",
    "decorator", "staticmethod", "classmethod", "opcode", "option", "cmdoption", "envvar",
    "property", "macro", "type", "member", "var", "struct", "enum", "enumerator", "pdbcommand",
    "coroutinefunction", "coroutinemethod", "awaitablefunction", "abstractmethod", "confval",
    "2to3fixer", "monitoring-event", "signal", "term",
  ]

  private mutating func directive(
    _ fullName: String, _ argument: String, _ block: ArraySlice<MarkupLine>, in prefix: String,
    depth: Int
  ) {
    guard let first = block.first else { return }
    let name = fullName.split(separator: ":").last.map(String.init) ?? fullName
    let parts = DirectiveParts(block.dropFirst())
    if Self.codeDirectives.contains(name) {
      code(name, argument, first, parts, in: prefix)
    } else if let kind = Self.notes[name] {
      note(name, kind, argument, first, parts, in: prefix, depth: depth)
    } else if Self.definitions.contains(name), !argument.isEmpty,
      fullName != "class" || prefix == ""
        || argument.contains("(")
    {
      signature(argument, first, parts, in: prefix, depth: depth)
    } else if name == "image" || name == "figure" {
      image(argument, first, parts, in: prefix, depth: depth)
    } else if name == "highlight" || name == "code-block-language" {
      defaultLanguage = argument == "none" || argument == "text" ? "" : argument
      comment(String(first.text.dropFirst(3)), block.dropFirst(), first.index, in: prefix)
    } else if Self.containers.contains(name) {
      let title = name == "role" || name == "only" || name.hasSuffix("class") ? "" : argument
      lines.write(MarkdownText.strong(title), at: first.index, in: prefix)
      options(parts, in: prefix)
      blocks(Self.dedented(parts.content), in: prefix, depth: depth + 1)
    } else if name == "toctree" || parts.content.isEmpty {
      comment(String(first.text.dropFirst(3)), block.dropFirst(), first.index, in: prefix)
    } else {
      // An unknown directive: its name, its argument and its content.
      let head = MarkdownText.strong(name) + (argument.isEmpty ? "" : " " + inline(argument))
      lines.write(head, at: first.index, in: prefix + "> ")
      options(parts, in: prefix + "> ")
      blocks(Self.dedented(parts.content), in: prefix + "> ", depth: depth + 1)
    }
  }

  /// The lines below a directive: more of its argument, its options, and its content.
  struct DirectiveParts {
    var argument: ArraySlice<MarkupLine>
    var options: ArraySlice<MarkupLine>
    var blanks: ArraySlice<MarkupLine>
    var content: ArraySlice<MarkupLine>

    init(_ body: ArraySlice<MarkupLine>) {
      var rest = body
      func take(_ condition: (MarkupLine) -> Bool) -> ArraySlice<MarkupLine> {
        let taken = rest.prefix(while: condition)
        rest = rest[taken.endIndex...]
        return taken
      }
      let isOption = { (line: MarkupLine) in
        let text = line.text.trimmed
        guard text.hasPrefix(":"), text.dropFirst().first != "`" else { return false }
        guard let end = text.dropFirst().firstRange(of: ":") else { return false }
        return end.upperBound == text.endIndex || text[end.upperBound] == " "
      }
      let head = take { !$0.isBlank }
      if let start = head.firstIndex(where: isOption) {
        argument = head[..<start]
        options = head[start...]
        blanks = take(\.isBlank)
        content = rest
      } else {
        argument = head
        options = rest[rest.startIndex..<rest.startIndex]
        blanks = take(\.isBlank)
        content = rest
      }
    }

    func option(_ name: String) -> String? {
      let mark = ":\(name):"
      guard let line = options.first(where: { $0.text.trimmed.hasPrefix(mark) }) else { return nil }
      return line.text.trimmed.dropFirst(mark.count).trimmed
    }
  }

  /// Writes the options of a directive that are text for the reader.
  private mutating func options(_ parts: DirectiveParts, in prefix: String) {
    for line in parts.options { lines.writeBlank(at: line.index, in: prefix) }
    for line in parts.blanks { lines.writeBlank(at: line.index, in: prefix) }
    for name in ["caption", "synopsis"] {
      guard let text = parts.option(name),
        let line = parts.options.first(where: { $0.text.trimmed.hasPrefix(":\(name):") })
      else { continue }
      lines.write(MarkdownText.strong(text), at: line.index, in: prefix)
    }
  }

  private mutating func code(
    _ name: String, _ argument: String, _ first: MarkupLine, _ parts: DirectiveParts,
    in prefix: String
  ) {
    var content = parts.content
    var language = argument
    switch name {
    case "literalinclude", "csv-table", "command-output", "program-output":
      lines.write(MarkdownText.plain(argument), at: first.index, in: prefix)
      language = ""
    case "doctest", "testcode", "testsetup", "ipython": language = "python"
    case "math", "productionlist", "parsed-literal", "testoutput", "digraph", "graph":
      language = ""
      if !argument.isEmpty {
        lines.write(MarkdownText.code(argument), at: first.index, in: prefix)
      }
    case "prompt": language = argument.split(separator: " ").first.map(String.init) ?? ""
    default: break
    }
    // Code may begin on the line below the directive.
    if !parts.argument.isEmpty {
      let more = content.isEmpty ? [] : Array(parts.blanks) + Array(content)
      content = (Array(parts.argument) + more)[...]
    }
    options(parts, in: prefix)
    guard !content.isEmpty else {
      if lines.isFree(first.index), !argument.isEmpty {
        lines.write(MarkdownText.code(argument), at: first.index, in: prefix)
      }
      return
    }
    let above = content.first.map { $0.index - 1 } ?? first.index
    lines.writeCode(Self.dedented(content), language: language, before: above, in: prefix)
  }

  private mutating func note(
    _ name: String, _ note: (kind: String, title: String), _ argument: String, _ first: MarkupLine,
    _ parts: DirectiveParts, in prefix: String, depth: Int
  ) {
    let inner = prefix + "> "
    var title = note.title
    var text = argument
    if title.hasSuffix("version") {
      let version = argument.prefix { $0 != " " }
      title += " " + version
      text = argument.dropFirst(version.count).trimmed
    } else if ["admonition", "topic", "sidebar"].contains(name) {
      title = argument
      text = ""
    }
    // The text may continue on the lines below.
    let paragraph = [text] + parts.argument.map(\.text.trimmed)
    var written = inline(paragraph.joined(separator: "\n")).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    // The second line takes the text of the first if there is no other place for the head.
    if !text.isEmpty, written.count > 1, !lines.hasPlaceForHead(above: first.index) {
      written[1] = written[0] + " " + written[1]
      written[0] = ""
    }
    lines.writeNote(
      note.kind, title: inline(title), at: first.index, hasText: !written[0].isEmpty, in: prefix)
    for (line, text) in zip([first] + parts.argument, written) where !text.isEmpty {
      lines.write(MarkdownText.line(text), at: line.index, in: inner)
    }
    options(parts, in: inner)
    blocks(Self.dedented(parts.content), in: inner, depth: depth + 1)
  }

  private mutating func signature(
    _ argument: String, _ first: MarkupLine, _ parts: DirectiveParts, in prefix: String, depth: Int
  ) {
    lines.mark(first.index, "- ", in: prefix)
    let inner = prefix + "  "
    let more = parts.argument.isEmpty ? "" : "\\"
    lines.write(MarkdownText.code(argument) + more, at: first.index, in: inner)
    for line in parts.argument {
      let isLast = line.index == parts.argument.last?.index
      lines.write(
        MarkdownText.code(line.text.trimmed) + (isLast ? "" : "\\"), at: line.index, in: inner)
    }
    options(parts, in: inner)
    blocks(Self.dedented(parts.content), in: inner, depth: depth + 1)
  }

  private mutating func image(
    _ argument: String, _ first: MarkupLine, _ parts: DirectiveParts, in prefix: String, depth: Int
  ) {
    let alt = parts.option("alt") ?? ""
    let address = ([argument] + parts.argument.map(\.text.trimmed)).joined()
    lines.write(
      "!" + MarkdownText.link(MarkdownText.plain(alt), to: address), at: first.index, in: prefix)
    options(parts, in: prefix)
    blocks(Self.dedented(parts.content), in: prefix, depth: depth + 1)
  }
}
