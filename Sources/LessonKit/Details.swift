/// Reads `<details>` and `<summary>`, whose content is Markdown between blocks of HTML.
///
/// A terminal shows all of the content, below the summary.
struct Details {
  typealias Entry = (block: Block, line: Int)

  /// A tag, or the text between tags.
  private enum Part {
    case open, close
    case summary([Inline])
    case text(String)
  }

  /// Content whose end is not found yet.
  private struct Open {
    let line: Int
    var summary: [Inline] = []
    var entries: [Entry] = []
  }

  /// The most levels of details in details, apart from other containers.
  private static let levels = 3

  private var open: [Open] = []
  private var result: [Entry] = []

  /// Returns the blocks of a container with each `<details>` and its content as a callout.
  ///
  /// Content with headings or without an end is not a callout, because a heading may begin a step.
  /// Its summary is a paragraph above it.
  static func read(_ entries: [Entry], levels: Int) -> [Entry] {
    guard entries.contains(where: { isRelevant($0.block) }) else { return entries }
    var details = Details()
    let most = min(levels, Self.levels)
    for entry in entries {
      guard case .html(let text) = entry.block, isRelevant(entry.block) else {
        details.append(entry)
        continue
      }
      for part in parts(of: text) { details.read(part, line: entry.line, most) }
    }
    while let last = details.open.popLast() { details.append(Self.flat(last)) }
    return details.result
  }

  private static func isRelevant(_ block: Block) -> Bool {
    guard case .html(let text) = block else { return false }
    let start = text.drop(while: \.isWhitespace).prefix(10).lowercased()
    guard start.hasPrefix("<"),
      !["<!", "<?", "<pre", "<script", "<style", "<textarea"].contains(where: start.hasPrefix)
    else { return false }
    let lower = text.lowercased()
    return ["<details", "</details", "<summary"].contains { lower.contains($0) }
  }

  private mutating func append(_ entries: [Entry]) {
    if open.isEmpty { result += entries } else { open[open.count - 1].entries += entries }
  }

  private mutating func append(_ entry: Entry) { append([entry]) }

  private mutating func read(_ part: Part, line: Int, _ most: Int) {
    switch part {
    case .open where open.count < most: open.append(Open(line: line))
    case .open: break
    case .summary(let text):
      if let last = open.last, last.summary.isEmpty, last.entries.isEmpty {
        open[open.count - 1].summary = text
      } else {
        append((.paragraph([.strong(text)]), line))
      }
    case .close:
      guard let last = open.popLast() else { return }
      let hasHeading = last.entries.contains { if case .heading = $0.block { true } else { false } }
      append(
        hasHeading || last.entries.isEmpty
          ? Self.flat(last)
          : [
            (.callout(Callout(.details, title: last.summary), last.entries.map(\.block)), last.line)
          ])
    case .text(let text):
      let isPlain = !text.contains("<") && !text.contains("&")
      append((isPlain ? .paragraph(Self.lines(of: text)) : .html(text), line))
    }
  }

  private static func flat(_ open: Open) -> [Entry] {
    (open.summary.isEmpty ? [] : [(.paragraph([.strong(open.summary)]), open.line)]) + open.entries
  }

  private static func lines(of text: String) -> [Inline] {
    let lines = text.split(whereSeparator: \.isNewline).map { [Inline.text(String($0).trimmed)] }
    return Array(lines.joined(separator: [.softBreak]))
  }

  // MARK: Tags

  private static func parts(of text: String) -> [Part] {
    var parts: [Part] = []
    var between = ""
    func flush() {
      if !between.allSatisfy(\.isWhitespace) { parts.append(.text(between.trimmed)) }
      between = ""
    }
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      between += rest[..<start]
      rest = rest[start...]
      let tag = HTMLTag(rest)
      switch tag?.name {
      case "details":
        flush()
        parts.append(tag?.isEnd == true ? .close : .open)
      case "summary":
        flush()
        if let tag, !tag.isEnd {
          let words = words(ofSummary: rest.dropFirst(tag.length))
          let summary = inlines(of: words)
          if !summary.isEmpty { parts.append(.summary(summary)) }
          rest = rest[words.endIndex...]
          continue
        }
      default:
        between += rest.prefix(tag?.length ?? 1)
      }
      rest = rest.dropFirst(tag?.length ?? 1)
    }
    between += rest
    flush()
    return parts
  }

  /// Returns the text up to the next tag of a summary or of details.
  private static func words(ofSummary text: Substring) -> Substring {
    var rest = text
    while let start = rest.firstIndex(of: "<") {
      let name = HTMLTag(rest[start...])?.name
      if name == "summary" || name == "details" { return text[..<start] }
      rest = rest[rest.index(after: start)...]
    }
    return text
  }

  /// Returns the words and tags of a summary.
  private static func inlines(of text: Substring) -> [Inline] {
    var result: [Inline] = []
    var rest = text.trimmed[...]
    while !rest.isEmpty {
      if rest.first == "<", let tag = HTMLTag(rest) {
        // A heading in a summary is still a summary.
        let isHeading = tag.name.count == 2 && tag.name.first == "h"
        if !isHeading { result.append(.html(String(rest.prefix(tag.length)))) }
        rest = rest.dropFirst(tag.length)
      } else {
        let words = rest[..<(rest.dropFirst().firstIndex(of: "<") ?? rest.endIndex)]
        let lines = words.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        result.append(merging: .text(HTMLSigns.decoded(lines.joined(separator: " "))))
        rest = rest[words.endIndex...]
      }
    }
    return InlineTags.read(result, levels: levels)
  }
}

/// The HTML tag at the beginning of a text.
private struct HTMLTag {
  /// The name in lower case.
  let name: String
  let isEnd: Bool
  /// The number of characters, including the brackets.
  let length: Int

  /// The most characters of a tag.
  private static let longest = 400

  /// Returns nil if the text does not begin with a tag.
  init?(_ text: Substring) {
    guard text.first == "<", let close = text.prefix(Self.longest).firstIndex(of: ">") else {
      return nil
    }
    var inside = text[..<close].dropFirst()
    isEnd = inside.first == "/"
    if isEnd { inside = inside.dropFirst() }
    name = inside.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
    guard !name.isEmpty else { return nil }
    length = text.distance(from: text.startIndex, to: close) + 1
  }
}

/// The most common character references of HTML.
public enum HTMLSigns {
  private static let signs = [
    ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
    ("&amp;", "&"),
  ]

  /// Returns a text with its references as characters. Less common ones stay as they are.
  public static func decoded(_ text: String) -> String {
    guard text.contains("&") else { return text }
    return signs.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }
}
