// Text in a line: emphasis, code, links and footnotes.

extension OrgText {
  func inline(_ text: String) -> String { inline(text, depth: 0) }

  private func inline(_ text: String, depth: Int) -> String {
    guard depth < Self.depthLimit, text.utf8.contains(where: { "*/_=~+[".utf8.contains($0) }) else {
      return MarkdownText.plain(text)
    }
    var scanner = InlineScanner(text)
    while let scalar = scanner.next {
      if scalar == "[", let link = scanner.bracketed("[[", closing: "]]") {
        scanner.write(Self.link(link) { inline($0, depth: depth + 1) })
      } else if scalar == "[", let note = scanner.bracketed("[fn:", closing: "]") {
        if let mark = note.firstRange(of: ":") {
          scanner.write(" (" + inline(String(note[mark.upperBound...]), depth: depth + 1) + ")")
        } else {
          scanner.write("[^\(note)]")
        }
      } else if scalar == "<", let target = scanner.bracketed("<<", closing: ">>") {
        scanner.takePlain(target.hasPrefix("<") ? String(target.dropFirst()) : "")
        if target.hasPrefix("<") { scanner.skipIf(">") }
      } else if "*/_=~+".unicodeScalars.contains(scalar), scanner.canOpenInOrg,
        let inside = scanner.span(String(scalar), closing: String(scalar))
      {
        switch scalar {
        case "*": scanner.write("**\(inline(inside, depth: depth + 1))**")
        case "/", "_": scanner.write("*\(inline(inside, depth: depth + 1))*")
        case "+": scanner.write("~~\(inline(inside, depth: depth + 1))~~")
        default: scanner.write(MarkdownText.code(inside))
        }
      } else {
        scanner.takePlain()
      }
    }
    return scanner.result
  }

  private static func link(_ inside: String, _ inline: (String) -> String) -> String {
    let parts = inside.firstRange(of: "][").map {
      (address: String(inside[..<$0.lowerBound]), text: String(inside[$0.upperBound...]))
    }
    var address = parts?.address ?? inside
    if address.hasPrefix("file:") { address = String(address.dropFirst(5)) }
    let text = parts.map { inline($0.text) } ?? ""
    let isOutside = address.isAddress || address.hasPrefix(".") || inside.hasPrefix("file:")
    guard isOutside, !address.hasPrefix("#") else {
      // A place in the same document.
      if !text.isEmpty { return text }
      return MarkdownText.emphasis(address.drop { "*#".contains($0) })
    }
    let ending = address.split(separator: ".").last?.lowercased() ?? ""
    if text.isEmpty, ["png", "jpg", "jpeg", "gif", "svg", "webp"].contains(ending) {
      return "!" + MarkdownText.link(MarkdownText.plain(address), to: address)
    }
    return MarkdownText.link(text, to: address)
  }
}

extension InlineScanner {
  /// The text between two different marks, on one or two lines, if it fits. Skips all of it then.
  mutating func bracketed(
    _ opening: String, closing: String, where fits: (String) -> Bool = { _ in true }
  ) -> String? {
    let start = opening.unicodeScalars.count
    guard starts(with: opening), let end = distance(to: closing, from: start), end > start else {
      return nil
    }
    let inside = text(from: start, to: end)
    guard fits(inside) else { return nil }
    skip(end + closing.unicodeScalars.count)
    return inside
  }

  mutating func skipIf(_ text: String) {
    if starts(with: text) { skip(text.unicodeScalars.count) }
  }

  /// Whether Org markup may begin here.
  fileprivate var canOpenInOrg: Bool {
    guard let following = scalar(at: 1), !following.isBlank else { return false }
    guard let previous else { return true }
    return previous.isBlank || "-('\"{".unicodeScalars.contains(previous)
  }
}
