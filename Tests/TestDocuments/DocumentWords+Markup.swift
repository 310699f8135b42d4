extension DocumentWords {
  /// The words of a document whose name tells its format.
  public init(_ document: String, name: String) {
    let ending = name.split(separator: ".").last ?? ""
    switch ending {
    case "rst": self.init(Self.lines(of: document, Self.withoutDirectives), isMarkdown: false)
    case "org": self.init(Self.lines(of: document, Self.withoutKeywords), isMarkdown: false)
    case "adoc": self.init(Self.lines(of: document, Self.withoutSettings), isMarkdown: false)
    default:
      self.init(document, isMarkdown: ["md", "markdown", "mdown", "mkd", "mdx"].contains(ending))
    }
  }

  private static func lines(
    of document: String, _ words: (Substring) -> String
  ) -> String {
    document.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map(words).joined(separator: "\n")
  }

  /// The line without numbers of items, and without what stands between two marks.
  private static func without(_ line: Substring, _ pairs: [(String, String)]) -> String {
    var rest = line.drop { $0 == " " }
    let digits = rest.prefix { $0.isNumber }
    if !digits.isEmpty, [". ", ") "].contains(rest[digits.endIndex...].prefix(2)) {
      rest = rest.dropFirst(digits.count)
    }
    var result = ""
    while !rest.isEmpty {
      if let pair = pairs.first(where: { rest.hasPrefix($0.0) }),
        let end = rest.dropFirst(pair.0.count).firstRange(of: pair.1),
        !rest[..<end.lowerBound].contains("://"), rest[..<end.lowerBound].count < 60
      {
        rest = rest[end.upperBound...]
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  /// A line of reStructuredText without the names of directives, options and roles.
  private static func withoutDirectives(_ line: Substring) -> String {
    let text = line.drop { $0 == " " }
    if text.hasPrefix("Title: ") { return String(text.dropFirst(7)) }
    // A label is no text, and a link shows its address where it is used.
    if text.hasPrefix(".. _") { return "" }
    if text.hasPrefix(".. code-block:") || text.hasPrefix(".. version") { return "" }
    if text.hasPrefix(".. "), let mark = text.firstRange(of: "::") {
      return String(text[mark.upperBound...])
    }
    if text.hasPrefix(":linenos:") { return "" }
    for option in [":caption:", ":alt:"] where text.hasPrefix(option) {
      return String(text.dropFirst(option.count))
    }
    var rest = without(text, [(" <", ">`"), ("[", "]_"), (".. [", "]")])
    for role in ["ref", "func", "class", "meth", "mod", "doc", "pep"] {
      rest = rest.split(separator: ":\(role):`", omittingEmptySubsequences: false)
        .joined(separator: " ")
    }
    return rest
  }

  /// A line of Org without the names of blocks and keywords.
  private static func withoutKeywords(_ line: Substring) -> String {
    let text = line.drop { $0 == " " }
    let lowered = text.lowercased()
    if lowered.hasPrefix("#+begin_") || lowered.hasPrefix("#+end_") || lowered == ":end:" {
      return ""
    }
    if lowered.hasPrefix("#+title:") { return String(text.dropFirst(8)) }
    return without(text, [("[fn:", "]")])
  }

  /// A line of AsciiDoc without the settings of blocks and the names of macros.
  private static func withoutSettings(_ line: Substring) -> String {
    if line.hasPrefix("[quote,") { return String(line.dropFirst(7)) }
    if line.hasPrefix("["), line.hasSuffix("]") { return "" }
    if line.hasPrefix("image::") { return String(line.dropFirst(7)) }
    return without(line, [("{", "}"), ("<<", ","), ("footnote", ":")])
  }
}
