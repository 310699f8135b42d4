internal import Screen

/// Text that is meant for a machine: tags stay in the background, and the words between them, and
/// those that a tag says of a picture, come forward.
enum QuietText {
  static func styled(_ text: String) -> StyledText {
    // What is no HTML at all, such as front matter, is quiet as a whole.
    guard text.drop(while: \.isWhitespace).first == "<" else { return StyledText(text, .muted) }
    var result = StyledText()
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      append(rest[..<open], to: &result)
      let tag = rest[open..<end(of: rest[open...])]
      append(tag: tag, to: &result)
      rest = rest[tag.endIndex...]
    }
    append(rest, to: &result)
    return result
  }

  private static func append(_ words: Substring, to result: inout StyledText) {
    guard !words.isEmpty else { return }
    var text = String(words)
    if text.contains("&") {
      for (name, sign) in signs { text = text.replacing(name, with: sign) }
    }
    result.append(text, .text)
  }

  /// The names of signs in almost every document; other names stay as they are.
  private static let signs = [
    ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
    ("&amp;", "&"),
  ]

  /// Where a tag or a comment ends that begins a text; the text's end if it is open.
  private static func end(of text: Substring) -> Substring.Index {
    if text.hasPrefix("<!--") {
      return text.firstRange(of: "-->")?.upperBound ?? text.endIndex
    }
    guard let close = text.firstIndex(of: ">") else { return text.endIndex }
    return text.index(after: close)
  }

  /// A tag in the background, apart from what it says in words.
  private static func append(tag: Substring, to result: inout StyledText) {
    var rest = tag
    for name in ["alt=\"", "title=\""] {
      guard !tag.hasPrefix("<!--"), let start = rest.firstRange(of: name)?.upperBound,
        let end = rest[start...].firstIndex(of: "\"")
      else { continue }
      result.append(String(rest[..<start]), .muted)
      result.append(String(rest[start..<end]), .emphasis)
      rest = rest[end...]
    }
    result.append(String(rest), .muted)
  }
}
