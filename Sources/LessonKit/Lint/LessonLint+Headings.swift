internal import Catalog

extension LessonLint {
  /// Finds missing titles, empty headings, skipped levels, and steps with the same title.
  func headings(
    of lessons: [Lesson], in file: String, _ outline: DocumentOutline
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    func note(_ line: Int, _ column: Int, _ message: String) {
      found.append(Diagnostic(file: file, line: line, column: column, message: message))
    }
    if MarkdownName.matches(file) { checkHeadings(of: lessons, outline, note) }
    for lesson in lessons {
      let firsts = Dictionary(lesson.steps.map { ($0.title, $0.number) }) { first, _ in first }
      for step in lesson.steps where step.name != step.title {
        note(
          step.line, 1,
          "step \(step.number) has the same title as step \(firsts[step.title] ?? 1)")
      }
    }
    return found
  }

  /// Notes problems with the headings of a Markdown document. Other documents have other headings.
  private func checkHeadings(
    of lessons: [Lesson], _ outline: DocumentOutline, _ note: (Int, Int, String) -> Void
  ) {
    if lessons.count == 1, outline.headings.first(where: { $0.level <= 2 })?.level != 1 {
      note(1, 1, "the lesson has no # heading; its title is \"\(lessons[0].title)\"")
    }
    for heading in outline.headings where heading.text.allSatisfy(\.isWhitespace) {
      note(heading.line, heading.column, "this heading is empty")
    }
    for (previous, heading) in zip(outline.headings, outline.headings.dropFirst())
    where heading.level > previous.level + 1 {
      let marks = String(repeating: "#", count: previous.level + 1)
      note(
        heading.line, heading.column,
        "this heading skips a level; after \(marks.dropLast()) use \(marks), "
          + "not \(String(repeating: "#", count: heading.level))")
    }
  }

  /// The anchors in a document, by GitHub's rules, or nil if the document is too large.
  public static func anchors(
    of text: String, limits: DocumentLimits = DocumentLimits()
  ) -> Set<String>? {
    guard text.utf8.count <= limits.bytes else { return nil }
    return DocumentOutline(text, limits: limits).anchors
  }
}

/// The headings and anchors of a document.
struct DocumentOutline {
  struct Heading: Equatable {
    let level: Int
    var text: String
    let line: Int
    let column: Int
  }

  private(set) var headings: [Heading] = []
  /// The anchors of headings, and those from `id` and `name` attributes of tags.
  private(set) var anchors: Set<String> = []

  init(_ text: String, limits: DocumentLimits) {
    guard let tree = MarkdownTree(SourceGuard(text, limits: limits).source) else { return }
    var found: [Heading] = []
    var tags: [String] = []
    var isInHeading = false
    tree.forEach { node, isEntering in
      switch node.type {
      case "heading":
        isInHeading = isEntering
        guard isEntering else { return }
        found.append(
          Heading(
            level: node.headingLevel, text: "", line: max(1, node.line), column: node.column))
      case "text" where isInHeading, "code" where isInHeading:
        found[found.count - 1].text += node.literal
      case "html_inline", "html_block": tags.append(node.literal)
      default: break
      }
    }
    headings = found
    var counts: [String: Int] = [:]
    for heading in found {
      let slug = heading.text.headingAnchor
      let count = counts[slug, default: 0]
      counts[slug] = count + 1
      anchors.insert(count == 0 ? slug : "\(slug)-\(count)")
    }
    for tag in tags { anchors.formUnion(Self.anchors(inTag: tag)) }
  }

  /// The values of `id` and `name` attributes.
  private static func anchors(inTag tag: String) -> [String] {
    var found: [String] = []
    for piece in tag.split(whereSeparator: { $0.isWhitespace || $0 == "<" || $0 == ">" }) {
      for attribute in ["id=", "name="] where piece.hasPrefix(attribute) {
        found.append(String(piece.dropFirst(attribute.count).filter { $0 != "\"" && $0 != "'" }))
      }
    }
    return found
  }
}

extension String {
  /// The anchor of a heading with this text, by GitHub's rules. It is in lower case, with hyphens
  /// for spaces. Other characters are dropped, except letters, marks, digits, hyphens and connectors
  /// such as the underscore.
  public var headingAnchor: String {
    var anchor = String.UnicodeScalarView()
    for scalar in lowercased().unicodeScalars {
      if scalar == " " {
        anchor.append("-")
      } else if scalar == "-" || scalar.isAnchored {
        anchor.append(scalar)
      }
    }
    return String(anchor)
  }
}

extension Unicode.Scalar {
  fileprivate var isAnchored: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      true
    default: false
    }
  }
}
