// Lists, labelled lists and callouts.

extension AsciiDocText {
  /// The marker of a list item.
  struct Marker {
    /// The kind of the list: items with the same one are in one list.
    let kind: String
    let markdown: String
    let text: String

    init?(_ text: String) {
      guard let first = text.first else { return nil }
      let mark = text.prefix { $0 == first }
      let rest = text.dropFirst(mark.count)
      if first == "*" || first == "." || (first == "-" && mark.count == 1), mark.count <= 6,
        rest.first == " ", !rest.trimmed.isEmpty
      {
        kind = String(mark)
        markdown = first == "." ? "1. " : "- "
        self.text = rest.trimmed
        return
      }
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty, digits.count < 5, text.dropFirst(digits.count).hasPrefix(". ") {
        kind = "1."
        markdown = digits + ". "
        self.text = text.dropFirst(digits.count + 2).trimmed
        return
      }
      // A callout: the number that a line of code has.
      if first == "<", let end = text.firstIndex(of: ">"),
        text[text.index(after: end)...].first == " "
      {
        let number = text[text.index(after: text.startIndex)..<end]
        guard number == "." || (!number.isEmpty && number.allSatisfy(\.isNumber)) else {
          return nil
        }
        kind = "<1>"
        markdown = number == "." ? "1. " : number + ". "
        self.text = text[text.index(after: end)...].trimmed
        return
      }
      for mark in ["::::", ":::", "::", ";;"] {
        guard let range = text.firstRange(of: mark) else { continue }
        let after = text[range.upperBound...]
        let term = text[..<range.lowerBound]
        guard !term.isEmpty, after.isEmpty || after.first == " ", !term.contains("://"),
          term.last != " "
        else { continue }
        kind = mark
        markdown = "- "
        self.text = text
        return
      }
      return nil
    }

    /// The term and the description of a labelled item.
    var parts: (term: String, text: String)? {
      guard kind.hasPrefix(":") || kind == ";;", let mark = text.firstRange(of: kind) else {
        return nil
      }
      return (text[..<mark.lowerBound].trimmed, text[mark.upperBound...].trimmed)
    }
  }

  mutating func item(_ marker: Marker, _ line: MarkupLine) {
    style = Style()
    if let index = items.firstIndex(where: { $0.marker == marker.kind }) {
      items.removeSubrange(index...)
    }
    let outer = items.last?.content ?? 0
    let beginning = quotes + String(repeating: " ", count: outer)
    lines.mark(line.index, marker.markdown, in: beginning)
    items.append(
      Item(
        marker: marker.kind,
        content: outer + (marker.markdown.hasPrefix("-") ? 2 : marker.markdown.count)))
    continuesItem = true
    defer { continuesItem = false }
    if let parts = marker.parts {
      let term = inline(parts.term)
      let strong = term.contains { "*`[<".contains($0) } ? term : "**\(term)**"
      if !parts.text.isEmpty {
        paragraph(parts.text, beginning: strong + " — ", in: prefix)
        return
      }
      let next = source.indices.contains(at + 1) ? source[at + 1].text.trimmed : ""
      let hasText =
        !next.isEmpty && next != "+" && Self.delimiter(next) == nil && Marker(next) == nil
      lines.write(strong + (hasText ? "\\" : ""), at: line.index, in: prefix)
      guard hasText else { return describe() }
      at += 1
      paragraph(source[at].text.trimmed, beginning: "", in: prefix)
      return
    }
    var text = marker.text
    var box = ""
    for mark in ["[ ] ", "[x] ", "[*] "] where text.hasPrefix(mark) {
      box = mark == "[ ] " ? mark : "[x] "
      text = text.dropFirst(4).trimmed
    }
    paragraph(text, beginning: box, in: prefix)
  }

  /// A term may stand above a blank line and its description.
  private mutating func describe() {
    guard at + 2 < source.count, source[at + 1].isBlank, source[at + 2].indent > 0,
      Marker(source[at + 2].text.trimmed) == nil
    else { return }
    at += 2
    paragraph(source[at].text.trimmed, beginning: "", in: prefix)
  }
}
