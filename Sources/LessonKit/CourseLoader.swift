public import Catalog

/// Makes lessons out of Markdown documents; reading one never executes anything.
public struct CourseLoader: Sendable {
  private let catalog: DemoCatalog
  private let limits: DocumentLimits

  /// - Parameters:
  ///   - catalog: what the documents' run blocks may ask for.
  ///   - limits: how much of a document is taken.
  public init(catalog: DemoCatalog, limits: DocumentLimits = DocumentLimits()) {
    self.catalog = catalog
    self.limits = limits
  }

  /// Reads all documents as one course.
  /// - Throws: `DocumentError` for the first document that is too large to read.
  public func course(
    of documents: [(name: String, text: String)]
  ) throws(DocumentError) -> Course {
    var lessons: [Lesson] = []
    for document in documents {
      lessons.append(try lesson(name: document.name, text: document.text))
    }
    return Course(lessons: lessons)
  }

  /// The lessons that one document holds, at least one.
  /// - Throws: `DocumentError` when it is too large to read.
  public func lessons(name: String, text: String) throws(DocumentError) -> [Lesson] {
    [try lesson(name: name, text: text)]
  }

  /// Reads one document: `04-producer-consumer.md` is lesson 4, its first `#` heading the title;
  /// every further `#` or `##` heading begins a step. Without any, the whole is one step.
  /// - Throws: `DocumentError` when it is too large to read.
  public func lesson(name: String, text: String) throws(DocumentError) -> Lesson {
    let bytes = text.utf8.count
    guard bytes <= limits.bytes else {
      throw .tooLarge(file: name, bytes: bytes, limit: limits.bytes)
    }
    let guarded = SourceGuard(text, limits: limits)
    guard let tree = MarkdownTree(guarded.source) else { throw .outOfMemory(file: name) }
    var document = TreeBuilder.build(
      tree, file: name, catalog: catalog, limits: limits, refusedTables: guarded.refusedTables,
      source: SourceLines(text))
    document.diagnostics += guarded.refusedDefinitions.map { line in
      Diagnostic(
        file: name, line: line,
        message: "a link definition that long is used too often; it is left as text")
    }
    return lesson(of: document, name: FileName(name))
  }

  private func lesson(of document: TreeBuilder.Document, name: FileName) -> Lesson {
    var title: String?
    var opening: [Block] = []
    var parts: [(title: String, line: Int, blocks: [Block])] = []
    for (block, line) in document.blocks {
      if case .heading(1, let inlines) = block, title == nil, parts.isEmpty {
        title = inlines.plainText
      } else if case .heading(1...2, let inlines) = block {
        parts.append((inlines.plainText, line, []))
      } else if parts.isEmpty {
        opening.append(block)
      } else {
        parts[parts.count - 1].blocks.append(block)
      }
    }
    let named = title ?? name.title
    if parts.isEmpty, !opening.isEmpty {
      parts = [(named, document.blocks.first?.line ?? 1, opening)]
      opening = []
    }
    var titles: [String: Int] = [:]
    let steps = parts.enumerated().map { index, part in
      let count = titles[part.title, default: 0] + 1
      titles[part.title] = count
      return Step(
        number: index + 1, title: part.title,
        name: count == 1 ? part.title : "\(part.title) (\(count))", blocks: part.blocks,
        line: part.line)
    }
    return Lesson(
      number: name.number, id: name.id, title: named, introduction: opening, steps: steps,
      diagnostics: document.diagnostics.sorted { ($0.line, $0.column) < ($1.line, $1.column) },
      file: name.path, links: document.links)
  }
}

/// What a document's name says about the lesson in it.
struct FileName {
  let path: String
  /// The digits before the first hyphen.
  let number: Int?
  /// The name without folders, number and ending.
  let id: String

  init(_ path: String) {
    self.path = path
    var name = Substring(path.split(separator: "/").last ?? "")
    if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = name[..<dot] }
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    let rest = name.dropFirst(digits.count)
    if let value = Int(digits), rest.first == "-", rest.count > 1 {
      number = value
      id = String(rest.dropFirst())
    } else {
      number = nil
      id = String(name)
    }
  }

  /// The id as words, for a document that has no heading.
  var title: String {
    let words = id.split { $0 == "-" || $0 == "_" }.joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
