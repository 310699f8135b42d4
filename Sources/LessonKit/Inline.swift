/// A piece of running text inside a paragraph, a heading or a table's cell.
public enum Inline: Sendable, Equatable {
  case text(String)
  case code(String)
  case emphasis([Inline])
  case strong([Inline])
  case strikethrough([Inline])
  case link([Inline], destination: String)
  /// A picture, for which the terminal shows what it is said to show.
  case image(alt: String, destination: String)
  /// A line end in the source that is only a space on the screen.
  case softBreak
  /// A line end that the author asked for.
  case lineBreak
  /// The mark in the text that leads to the footnote with that label.
  case footnoteReference(label: String)
  /// What stands there for a machine and not for a reader: a tag, a link's title, a page's header
  /// in the middle of a sentence. Shown quietly, as it was typed, and never interpreted.
  case html(String)
}

extension Inline {
  /// What is left when all mark-up is taken away.
  public var plainText: String {
    switch self {
    case .text(let text), .code(let text), .html(let text): text
    case .emphasis(let inner), .strong(let inner), .strikethrough(let inner): inner.plainText
    case .link(let inner, _): inner.plainText
    case .image(let alt, _): alt
    case .softBreak, .lineBreak: " "
    case .footnoteReference(let label): "[\(label)]"
    }
  }
}

extension [Inline] {
  /// What is left when all mark-up is taken away.
  public var plainText: String { map(\.plainText).joined() }

  /// The words and the tags among them; a heading's tags are anchors and pictures' frames, which no
  /// list of titles should show. A heading of nothing but tags keeps them.
  var titleAndTags: (title: String, tags: String) {
    var tags: [String] = []
    var words: [Inline] = []
    for piece in self {
      if case .html(let tag) = piece { tags.append(tag) } else { words.append(piece) }
    }
    let title = words.plainText.split(separator: " ").joined(separator: " ")
    return title.isEmpty || tags.isEmpty ? (plainText, "") : (title, tags.joined(separator: " "))
  }

  /// Adds a piece; text that follows text becomes one with it, since the parser splits words at
  /// every character that might have been mark-up.
  mutating func append(merging piece: Inline) {
    if case .text(let more) = piece, case .text(var text) = last {
      // Taken out first, so that it grows in place: thousands of pieces may follow each other.
      removeLast()
      text += more
      append(.text(text))
    } else {
      append(piece)
    }
  }
}
