/// A heading as a title, and the parts of it that a title cannot show.
struct HeadingText {
  /// The words of the heading.
  let title: String
  /// The tags, and the addresses of links and pictures. They go below the title.
  let rest: [Block]

  /// A heading that contains only tags keeps them in its title.
  init(_ heading: [Inline]) {
    var tags: [String] = []
    var words: [Inline] = []
    for piece in heading {
      if case .html(let tag) = piece { tags.append(tag) } else { words.append(piece) }
    }
    let text = words.plainText.split(separator: " ").joined(separator: " ")
    let hasTags = !text.isEmpty && !tags.isEmpty
    let title = hasTags ? text : heading.plainText
    var rest: [Block] = hasTags ? [.html(tags.joined(separator: " "))] : []
    let anchor = "#" + title.headingAnchor
    let targets = words.targets.filter { target in
      switch target {
      case .link(let inner, let address):
        !address.isEmpty && address.lowercased() != anchor && !inner.plainText.shows(address)
      default: true
      }
    }
    if !targets.isEmpty {
      let lines = targets.map { [Self.brief($0, title)] }
      rest.append(.paragraph(Array(lines.joined(separator: [.lineBreak]))))
    }
    self.title = title
    self.rest = rest
  }

  /// A link whose text is the full title becomes its address, because the title is directly above.
  private static func brief(_ target: Inline, _ title: String) -> Inline {
    guard case .link(let inner, let address) = target, inner.plainText == title,
      address.contains("://")
    else { return target }
    return .link([.text(address)], destination: address)
  }
}

extension [Inline] {
  /// The links and pictures of the text, at any depth. A link may contain pictures.
  var targets: [Inline] {
    flatMap { piece -> [Inline] in
      switch piece {
      case .link(let inner, _):
        [piece] + inner.targets.filter { if case .image = $0 { true } else { false } }
      case .image: [piece]
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .subscript(let inner), .superscript(let inner):
        inner.targets
      default: []
      }
    }
  }
}

extension String {
  /// Whether a link's text shows its address already, but for the scheme.
  public func shows(_ address: String) -> Bool {
    guard self != address else { return true }
    var bare = address[...]
    for scheme in ["https://", "http://", "mailto:", "./"] where bare.hasPrefix(scheme) {
      bare = bare.dropFirst(scheme.count)
      break
    }
    if bare.hasSuffix("/") { bare.removeLast() }
    let text = hasSuffix("/") ? dropLast() : self[...]
    return bare.isEmpty || text == address[...] || text.lowercased() == bare.lowercased()
  }
}
