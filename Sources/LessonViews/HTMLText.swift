internal import LessonKit
internal import Screen

/// Formats HTML: tags are muted, and the text between them and the descriptions of pictures stand
/// out.
enum HTMLText {
  static func styled(_ text: String) -> StyledText {
    // Text that is not HTML, such as front matter, is completely muted.
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
    result.append(HTMLSigns.decoded(String(words)), .text)
  }

  /// Returns the end of the tag or comment at the start of a text, or the text's end.
  private static func end(of text: Substring) -> Substring.Index {
    if text.hasPrefix("<!--") {
      return text.firstRange(of: "-->")?.upperBound ?? text.endIndex
    }
    guard let close = text.firstIndex(of: ">") else { return text.endIndex }
    return text.index(after: close)
  }

  /// Appends a muted tag, with the values of `alt` and `title` emphasised.
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
