/// A document in a markup language other than Markdown, as Markdown.
///
/// Each translator knows the shapes that matter for reading, and leaves the rest as text. The Markdown
/// reader does everything else. No parser for these formats exists as a C library in Debian, and
/// reading a document must not start another program.
enum Markup {
  case restructuredText, org, asciiDoc, notebook

  /// Detects the format from the text first and from the file's ending second. Returns nil for
  /// Markdown and plain text.
  init?(name: String, text: String) {
    let file = name.split(separator: "/").last ?? ""
    let ending = file.contains(".") ? file.split(separator: ".").last?.lowercased() ?? "" : ""
    guard !MarkdownName.matches(name) else { return nil }
    if Notebook.matches(text, ending: ending) {
      self = .notebook
      return
    }
    let expected: Markup? =
      switch ending {
      case "rst", "rest": .restructuredText
      case "org": .org
      case "adoc", "asciidoc": .asciiDoc
      default: nil
      }
    guard let markup = Signs(text).format(expecting: expected) else { return nil }
    self = markup
  }

  /// Lines that only one of the formats has.
  private struct Signs {
    private var directives = 0
    private var roles = 0
    private var orgKeywords = 0
    private var orgHeadings = 0
    private var docTitles = 0
    private var docBlocks = 0
    private var fences = 0
    private var hashes = 0
    private var deepHashes = 0

    init(_ text: String) {
      var isFirst = true
      for line in text.split(whereSeparator: \.isNewline).prefix(4000) {
        let line = line.prefix(200)
        read(line, isFirst: isFirst)
        isFirst = false
      }
    }

    private mutating func read(_ line: Substring, isFirst: Bool) {
      let trimmed = line.drop { $0 == " " }
      switch trimmed.first {
      case ".":
        guard trimmed.hasPrefix(".. "), let mark = trimmed.firstRange(of: "::") else { break }
        let name = trimmed.dropFirst(3)[..<mark.lowerBound]
        if let first = name.first, first.isLetter, !name.contains(" ") { directives += 1 }
      case "#":
        if trimmed.hasPrefix("#+"), let colon = trimmed.firstIndex(where: { ":_".contains($0) }),
          trimmed.dropFirst(2)[..<colon].allSatisfy(\.isLetter)
        {
          orgKeywords += 1
        } else if line.hasPrefix("# ") || line.hasPrefix("## ") {
          hashes += 1
          if line.hasPrefix("## ") { deepHashes += 1 }
        }
      case "*":
        if line.hasPrefix("** ") || line.hasPrefix("*** ") { orgHeadings += 1 }
      case "=":
        let level = line.prefix { $0 == "=" }.count
        let rest = line.dropFirst(level)
        guard level <= 5, rest.first == " ", rest.contains(where: \.isLetter),
          !line.hasSuffix("=")
        else { break }
        if level > 1 || isFirst { docTitles += 1 }
      case "[":
        if line.hasPrefix("[source") || line == "[NOTE]" || line == "[TIP]"
          || line.hasPrefix("[quote") || line.hasPrefix("[[")
        {
          docBlocks += 1
        }
      case "|":
        if line == "|===" { docBlocks += 1 }
      case "`":
        if line.hasPrefix("```") { fences += 1 }
      default: break
      }
      if line.contains(":`") { countRoles(line) }
    }

    private mutating func countRoles(_ line: Substring) {
      for name in [":ref:`", ":func:`", ":class:`", ":meth:`", ":mod:`", ":doc:`", ":pep:`"]
      where line.contains(name) { roles += 1 }
    }

    /// The format of a text, if its file's ending promises a format or none. Returns nil for Markdown
    /// and plain text.
    func format(expecting expected: Markup?) -> Markup? {
      var found: [Markup] = []
      if directives >= 2 || (directives > 0 && roles > 0) { found.append(.restructuredText) }
      if orgKeywords >= 2 || (orgKeywords > 0 && orgHeadings > 0) { found.append(.org) }
      if docTitles >= 2 && (docBlocks > 0 || docTitles >= 3) { found.append(.asciiDoc) }
      guard let expected else {
        // Markdown may show a document in another format. A comment in Org looks like a heading.
        let isMarkdown = fences > 0 || deepHashes > 0 || (hashes > 0 && found != [.org])
        return found.count == 1 && !isMarkdown ? found[0] : nil
      }
      if found.isEmpty, deepHashes > 1 || (fences > 1 && hashes > 0), !has(expected) { return nil }
      return found.count == 1 ? found[0] : expected
    }

    /// Whether there is any sign of a format.
    private func has(_ markup: Markup) -> Bool {
      switch markup {
      case .restructuredText: directives + roles > 0
      case .org: orgKeywords + orgHeadings > 0
      case .asciiDoc: docTitles + docBlocks > 0
      case .notebook: false
      }
    }
  }

  /// The document as Markdown.
  /// - Throws: `NotebookError` if it is a broken notebook.
  func markdown(of text: String) throws(NotebookError) -> String {
    switch self {
    case .restructuredText: RestructuredText.markdown(of: text)
    case .org: OrgText.markdown(of: text)
    case .asciiDoc: AsciiDocText.markdown(of: text)
    case .notebook: try Notebook(text).markdown
    }
  }
}

/// The file names of documents in these formats.
public enum MarkupName {
  /// The file extensions in lower case.
  public static let endings: Set = ["rst", "rest", "org", "adoc", "asciidoc", "ipynb"]
}

extension CourseLoader {
  /// The lessons of a document in one of the other formats, or nil if it has none of them.
  func markupLessons(name: String, text: String) throws(DocumentError) -> [Lesson]? {
    guard let markup = Markup(name: name, text: text) else { return nil }
    let markdown: String
    do throws(NotebookError) {
      markdown = try markup.markdown(of: text)
    } catch {
      return [broken(name: name, text: text, error)]
    }
    let document = try MarkdownDocument(name: name, text: markdown, loader: self)
    return document.divider(isSingle: false).lessons(offers(document.pieces(isSingle: false)))
  }

  /// A notebook that is no notebook, as text.
  private func broken(name: String, text: String, _ error: NotebookError) -> Lesson {
    let message = "this notebook cannot be read: \(error.problem); it is shown as text"
    let lesson = verbatim(name: name, text: text, notice: "Line \(error.line): \(message).")
    let diagnostic = Diagnostic(file: name, line: error.line, severity: .error, message: message)
    return Lesson(
      number: lesson.number, id: lesson.id, title: lesson.title, introduction: lesson.introduction,
      steps: lesson.steps, diagnostics: [diagnostic], file: lesson.file, links: [])
  }
}
