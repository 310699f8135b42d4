/// The definitions of links and footnotes in a document whose parts are parsed one by one. A part may
/// use a definition that is in another part.
struct SharedDefinitions {
  private struct Definition {
    let lines: [String]
    /// Whether another part uses it.
    var isMoved = false

    var bytes: Int { lines.reduce(0) { $0 + $1.utf8.count } }
  }

  /// The definitions by label in lower case.
  private var definitions: [String: Definition] = [:]
  /// The bytes that additions may still have, so that a document cannot grow without limit.
  private var budget = 262_144

  /// The longest label, and the largest definition, in bytes.
  private static let longestLabel = 200
  private static let largest = 2_000

  /// Finds the definitions of a document outside of its fences. The first one of a label counts.
  init(_ lines: [String]) {
    guard lines.contains(where: { $0.utf8.containsDefinitionMark }) else { return }
    let isCode = MarkdownFence.covered(in: lines)
    for index in lines.indices where !isCode[index] {
      guard let label = Self.label(of: lines[index]), definitions[label] == nil else { continue }
      var end = index + 1
      // A footnote continues to the next blank line.
      while label.hasPrefix("^"), end < lines.count, !lines[end].isBlank,
        Self.label(of: lines[end]) == nil
      {
        end += 1
      }
      let text = Array(lines[index..<end])
      let definition = Definition(lines: text)
      if definition.bytes <= Self.largest { definitions[label] = definition }
    }
  }

  /// Returns the definitions from other parts that a part uses, as lines to add below it.
  mutating func additions(to part: [String]) -> [String] {
    guard !definitions.isEmpty else { return [] }
    let own = Set(part)
    var added: [String] = []
    for label in Self.uses(in: part) {
      guard let definition = definitions[label], let first = definition.lines.first,
        !own.contains(first), definition.bytes <= budget
      else { continue }
      budget -= definition.bytes
      definitions[label]?.isMoved = true
      added += [""] + definition.lines
    }
    return added
  }

  /// Whether a block shows a definition that other parts use.
  func isMoved(_ block: Block) -> Bool {
    guard case .html(let text) = block else { return false }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    guard let label = lines.first.flatMap(Self.label), let definition = definitions[label] else {
      return false
    }
    return definition.isMoved && definition.lines.map(\.trimmed) == lines.map(\.trimmed)
  }

  /// Returns the label of the definition that begins with a line, in lower case.
  private static func label(of line: String) -> String? {
    let text = line.drop { $0 == " " }
    guard line.utf8.count - text.utf8.count < 4, text.first == "[",
      let end = text.firstRange(of: "]:"), text[..<end.lowerBound].utf8.count <= longestLabel
    else { return nil }
    let label = text[..<end.lowerBound].dropFirst().lowercased()
    return label.isEmpty || label.contains("]") ? nil : label
  }

  /// Returns the texts in brackets, in lower case and in order, each once.
  private static func uses(in lines: [String]) -> [String] {
    var seen: Set<String> = []
    var labels: [String] = []
    for line in lines {
      var rest = line[...]
      while let open = rest.firstIndex(of: "[") {
        rest = rest[rest.index(after: open)...]
        let inside = rest.prefix { $0 != "]" && $0 != "[" }
        guard inside.endIndex < rest.endIndex, rest[inside.endIndex] == "]",
          inside.utf8.count <= longestLabel
        else { continue }
        let label = inside.lowercased()
        if seen.insert(label).inserted { labels.append(label) }
      }
    }
    return labels
  }
}
