/// Gives the HTML tags inside a text their meaning: keys, indices, powers, emphasis, line breaks.
///
/// Other tags stay as they are, and so do tags without a partner.
enum InlineTags {
  /// The most levels of tags in tags. Deeper tags stay as they are.
  private static let levels = 4

  private enum Meaning {
    case code, lowered, raised, strong, emphasis, struck, plain
  }

  private static let meanings: [String: Meaning] = [
    "kbd": .code, "code": .code, "samp": .code, "tt": .code, "sub": .lowered, "sup": .raised,
    "b": .strong, "strong": .strong, "i": .emphasis, "em": .emphasis, "var": .emphasis,
    "cite": .emphasis, "dfn": .emphasis, "s": .struck, "del": .struck, "strike": .struck,
    "u": .plain, "ins": .plain, "mark": .plain, "small": .plain, "big": .plain, "span": .plain,
    "center": .plain, "nobr": .plain,
  ]

  /// - Parameter levels: The levels of nesting that are left in the document.
  static func read(_ pieces: [Inline], levels: Int) -> [Inline] {
    guard pieces.contains(where: { if case .html = $0 { true } else { false } }) else {
      return pieces
    }
    let most = min(levels, Self.levels)
    var result: [Inline] = []
    var open: [(name: String, index: Int)] = []
    for piece in pieces {
      guard case .html(let tag) = piece, let (name, isEnd) = parts(of: tag) else {
        append(piece, to: &result)
        continue
      }
      if name == "br" {
        result.append(.lineBreak)
      } else if name == "wbr" {
        continue
      } else if !isEnd {
        if meanings[name] != nil, open.count < most { open.append((name, result.count)) }
        result.append(piece)
      } else if let meaning = meanings[name],
        let place = open.lastIndex(where: { $0.name == name }),
        let inside = inline(Array(result[(open[place].index + 1)...]), meaning)
      {
        result.removeSubrange(open[place].index...)
        open.removeSubrange(place...)
        for piece in inside { result.append(merging: piece) }
      } else {
        result.append(piece)
      }
    }
    return result
  }

  /// Appends a piece that is not a known tag, without the space at the beginning of a line.
  private static func append(_ piece: Inline, to result: inout [Inline]) {
    guard result.last == .lineBreak else { return result.append(merging: piece) }
    if piece == .softBreak { return }
    guard case .text(let text) = piece else { return result.append(piece) }
    let rest = text.drop { $0 == " " }
    if !rest.isEmpty { result.append(.text(String(rest))) }
  }

  /// Returns the meaning of the pieces between two tags, or nil if there is none.
  private static func inline(_ inside: [Inline], _ meaning: Meaning) -> [Inline]? {
    guard !inside.plainText.trimmed.isEmpty else { return nil }
    switch meaning {
    case .code: return inside.hasLinks ? inside : [.code(inside.plainText)]
    case .lowered: return [.subscript(inside)]
    case .raised: return [.superscript(inside)]
    case .strong: return [.strong(inside)]
    case .emphasis: return [.emphasis(inside)]
    case .struck: return [.strikethrough(inside)]
    case .plain: return inside
    }
  }

  /// Returns the name of a tag without attributes, or nil for any other tag or comment.
  private static func parts(of tag: String) -> (name: String, isEnd: Bool)? {
    guard tag.utf8.count < 40, tag.hasPrefix("<"), tag.hasSuffix(">") else { return nil }
    var inside = tag.dropFirst().dropLast()
    let isEnd = inside.first == "/"
    if isEnd { inside = inside.dropFirst() }
    if inside.last == "/" { inside = inside.dropLast() }
    let name = inside.lowercased().trimmed
    if name.hasPrefix("br "), !isEnd { return ("br", false) }
    guard !name.isEmpty, name.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
    return (name, isEnd)
  }
}

extension [Inline] {
  /// Whether the text contains links or images, at any depth.
  fileprivate var hasLinks: Bool { !targets.isEmpty }
}
