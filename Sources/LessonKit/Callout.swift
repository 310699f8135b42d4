/// The kind and title of a part of a text that is set off from the rest.
public struct Callout: Sendable, Equatable {
  /// The meaning of the part.
  public enum Kind: Sendable, Equatable, CaseIterable {
    case note, tip, important, warning, caution
    /// A part that a web page shows only on request, such as `<details>`.
    case details
  }

  /// The meaning of the part.
  public let kind: Kind
  /// The author's title, or empty for the name of the kind.
  public let title: [Inline]

  /// Makes a callout. An empty title stands for the name of the kind.
  public init(_ kind: Kind, title: [Inline] = []) {
    self.kind = kind
    self.title = title
  }

  /// The name of the kind, such as `Note`.
  public var name: String {
    switch kind {
    case .note: "Note"
    case .tip: "Tip"
    case .important: "Important"
    case .warning: "Warning"
    case .caution: "Caution"
    case .details: "Details"
    }
  }
}

extension Callout {
  /// Reads a quote that begins with `[!NOTE]` or another kind, with or without a title after it.
  /// Returns the callout with the blocks below its first line, or nil for an ordinary quote.
  static func read(_ quote: [Block]) -> (callout: Callout, blocks: [Block])? {
    guard case .paragraph(let inlines) = quote.first, case .text(let text) = inlines.first,
      text.hasPrefix("[!"), let close = text.firstIndex(of: "]")
    else { return nil }
    let word = text[..<close].dropFirst(2).lowercased()
    guard let kind = kinds[word] else { return nil }
    // Obsidian puts a sign after the bracket for a callout that can be folded.
    let after = text[text.index(after: close)...].drop { "-+ ".contains($0) }
    let end = inlines.firstIndex { $0 == .softBreak || $0 == .lineBreak } ?? inlines.count
    var title = Array(inlines[1..<max(1, end)])
    if !after.isEmpty { title.insert(.text(String(after)), at: 0) }
    if title.isEmpty, kind.name.lowercased() != word {
      title = [.text(word.prefix(1).uppercased() + word.dropFirst())]
    }
    let rest = Array(inlines.dropFirst(end + 1))
    return (
      Callout(kind, title: title),
      (rest.isEmpty ? [] : [.paragraph(rest)]) + quote.dropFirst()
    )
  }

  /// The words for each kind: those of GitHub, and those that other programs add.
  private static let kinds: [String: Kind] = [
    "note": .note, "info": .note, "abstract": .note, "summary": .note, "example": .note,
    "quote": .note, "todo": .note, "question": .note, "faq": .note, "help": .note,
    "tip": .tip, "hint": .tip, "success": .tip, "check": .tip, "done": .tip,
    "important": .important, "warning": .warning, "attention": .warning,
    "caution": .caution, "danger": .caution, "error": .caution, "bug": .caution,
    "failure": .caution, "fail": .caution,
  ]
}

extension Callout.Kind {
  fileprivate var name: String { Callout(self).name }
}
