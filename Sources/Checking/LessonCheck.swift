public import Catalog
import Documents
import LessonKit
import Lessons
import Screen
import Shell
import Tutor

/// Checks documents and the listings beside them.
public struct LessonCheck {
  private(set) var findings: [Diagnostic] = []
  /// The number of lessons in the documents that could be read.
  private(set) var lessons = 0
  /// The number of their steps, as they are shown.
  private(set) var steps = 0
  /// Messages about what could not be checked.
  private(set) var notes: [String] = []

  private static let screen = Size(columns: 80, rows: 24)

  public init(_ files: CheckedFiles, catalog: DemoCatalog) {
    let neighbours = files.neighbours
    self.init(
      documents: files.documents, listings: files.listings,
      neighbours: LintNeighbours(
        exists: CheckedFiles.isThere,
        listing: { path in
          // A lesson may show the listing of a demo without a copy beside it.
          let name = path.split(separator: "/").last.map(String.init) ?? path
          return neighbours.listing(path) ?? BuiltInLessons.listing(named: name)
        },
        anchors: neighbours.anchors),
      files: neighbours, courses: files.courses, loader: DocumentParser.loader(catalog, .opened),
      catalog: catalog)
    notes += files.notes
  }

  /// Checks the built-in lessons and their listings.
  public static func ofBuiltInLessons(_ catalog: DemoCatalog) -> LessonCheck {
    let files = BuiltInLessons.files
    return LessonCheck(
      documents: BuiltInLessons.documents.map { document in
        (document.name, { .success(Array(document.text.utf8)) })
      },
      listings: files.filter { $0.name.hasSuffix(".py") },
      neighbours: LintNeighbours(files: files),
      loader: CourseLoader(catalog: catalog, limits: .opened), catalog: catalog)
  }

  private init(
    documents: [CheckedFiles.Document], listings: [(name: String, text: String)],
    neighbours: LintNeighbours, files: CheckedFiles.Neighbours = CheckedFiles.Neighbours(),
    courses: [String: String] = [:], loader: CourseLoader, catalog: DemoCatalog
  ) {
    let lint = LessonLint(neighbours: neighbours)
    var read: [Lesson] = []
    for document in documents {
      guard let text = text(of: document) else { continue }
      do {
        let lessons = try loader.lessons(name: document.name, text: text)
        findings += lint.diagnostics(of: lessons, text: text)
        let shown = lessons.map { $0.paged(bytes: DocumentParser.page) }
        findings += shown.flatMap { Self.fits($0, catalog) }
        steps += shown.reduce(0) { $0 + $1.steps.count }
        read += lessons
      } catch {
        refuse(document.name, "\(error)")
      }
    }
    lessons = read.count
    let together = Dictionary(grouping: read) {
      courses[$0.file] ?? CheckedFiles.folder(of: $0.file)
    }
    for course in together.values {
      findings += LessonLint.numbers(of: course)
    }
    findings += LessonLint.unshown(listings.map(\.name), by: read)
    compile(listings + Self.shown(by: read, beside: listings, files))
    findings.sort { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
  }

  /// The text of a document. If it is not text, adds a finding and returns nil.
  private mutating func text(of document: CheckedFiles.Document) -> String? {
    do {
      let bytes = try document.content().get()
      let decoded: DecodedText
      do { decoded = try DecodedText(bytes, file: document.name) } catch {
        refuse(document.name, "\(error)")
        return nil
      }
      guard decoded.encoding != .utf8 || !bytes.contains(0) else {
        refuse(document.name, "this is not text: it has zero bytes")
        return nil
      }
      let finding = LessonLint.encoding(of: bytes, file: document.name)
      if finding != nil || decoded.encoding != .utf8 {
        findings.append(
          Diagnostic(
            file: document.name, line: finding?.line ?? 1, column: finding?.column ?? 1,
            severity: .error,
            message: (finding?.message ?? "this is not UTF-8; save the file as UTF-8")
              + " (lockstep open reads it as \(decoded.encoding.rawValue))"))
      }
      // Columns count bytes of UTF-8, whatever the encoding of the file.
      let text =
        decoded.encoding == .utf8 ? String(decoding: bytes, as: UTF8.self) : decoded.text
      let isTried = text.utf8.count > DocumentParser.untried
      if isTried,
        !ParseTrial().succeeds(name: document.name, text: text, progress: ReadingProgress())
      {
        refuse(document.name, "this takes too long to parse and opens as plain text; split it")
        return nil
      }
      return text
    } catch {
      refuse(document.name, error.reason)
      return nil
    }
  }

  private mutating func refuse(_ name: String, _ reason: String) {
    findings.append(Diagnostic(file: name, line: 1, severity: .error, message: reason))
  }

  /// A hint for each step that does not fit a small screen.
  private static func fits(_ lesson: Lesson, _ catalog: DemoCatalog) -> [Diagnostic] {
    let rows = LessonFit.rows(of: lesson, catalog: catalog, in: screen)
    return zip(lesson.steps, rows.filled).filter { $1 > rows.room }.map { step, filled in
      Diagnostic(
        file: lesson.file, line: step.line, severity: .hint,
        message: "step \(step.number) fills \(filled) rows of \(rows.room) at "
          + "\(screen.columns)×\(screen.rows)")
    }
  }

  /// The listings that lessons show and that are not among the known ones.
  private static func shown(
    by lessons: [Lesson], beside known: [(name: String, text: String)],
    _ files: CheckedFiles.Neighbours
  ) -> [(name: String, text: String)] {
    let names = lessons.reduce(into: Set<String>()) {
      $0.formUnion(LessonLint.listings(shownBy: $1))
    }
    return names.subtracting(known.map(\.name)).sorted().compactMap { path in
      files.listing(path).map { (path, $0) }
    }
  }

  private mutating func compile(_ listings: [(name: String, text: String)]) {
    guard !listings.isEmpty else { return }
    do throws(ProgramTrouble) {
      findings += try PythonCompiler.errors(in: listings)
    } catch {
      notes.append("python3 \(error), so the listings were not compiled")
    }
  }
}
