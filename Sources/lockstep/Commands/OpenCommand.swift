import ArgumentParser
import CPlatform
import Catalog
import Documents
import Glibc
import LessonKit
import Shell
import StateFiles
import SystemPackage

/// `lockstep open PATH…`: opens documents as lessons.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open documents or folders as lessons.",
    discussion: """
      It opens Markdown, plain text, reStructuredText, Org, AsciiDoc, Jupyter notebooks, and folders \
      with all documents in them and below them. When you save a document, the tutor shows the new \
      text.
      Reading a document never runs anything.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files and folders, or - for standard input.", valueName: "PATH"))
  var paths: [String]

  @Option(
    help: ArgumentHelp("Start at this lesson and step.", valueName: "LESSON[/STEP]"))
  var at: String?

  @OptionGroup var options: TutorOptions

  func run() throws {
    let progress = ReadingProgress()
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    var problems: [String] = []
    var missing = 0
    let sources = try sources(
      progress: progress, problems: &problems, missing: &missing)
    let shelf = DocumentShelf(sources: sources, parser: DocumentParser(catalog: catalog))
    var news = DocumentShelf.News()
    let documents = LiveDocuments(
      shelf,
      mayShowBeginning: at == nil
        && TutorStart.hasScreen(options.choices, input: paths.contains("-") ? 1 : 0),
      progress: progress, news: &news)
    progress.end()
    problems += news.notices
    guard let course = documents.course, !course.lessons.isEmpty else {
      throw Self.failure(problems, problems.count == missing ? .wrongUsage : .failed)
    }
    var start = TutorStart(
      course: course, catalog: catalog, place: try at.map { try Place(text: $0, in: course) })
    // The screen shows these too, but here they stay readable after the tutor ends.
    for problem in problems.prefix(Self.mostComplaints) { Finish.warn(problem) }
    start.documentKey = ProgressFile.name(of: shelf.keys)
    start.notice = Self.notice(problems)
    start.isPartial = documents.isPartial
    if paths.contains("-") { start.input = try StandardInput.keyboard() }
    try start.run(options.choices, documents: documents)
  }

  /// The most messages about documents that cannot be opened.
  static let mostComplaints = 20

  /// The sources that the words name, each once.
  private func sources(
    progress: ReadingProgress, problems: inout [String], missing: inout Int
  ) throws -> [DocumentSource] {
    var sources: [DocumentSource] = []
    for word in paths {
      do {
        let source: DocumentSource
        if word == "-" {
          guard !sources.contains(where: \.isStandardInput) else { continue }
          source = .standardInput(
            try StandardInput.read(limit: DocumentShelf.limit, progress: progress))
        } else {
          let path = ProgramWords.path(word)
          guard !path.isEmpty else {
            throw Unreadable("the path is empty; name a file or a folder")
          }
          source = try DocumentFile.kind(of: path) == .folder ? .folder(path) : .file(path)
        }
        if !sources.contains(where: { $0.key == source.key }) { sources.append(source) }
      } catch let error as Unreadable {
        problems.append(error.reason)
        if error.isMissing { missing += 1 }
      }
    }
    return sources
  }

  /// Prints all but the last reason, a line each, and returns the last as the failure.
  private static func failure(_ problems: [String], _ status: ExitStatus) -> Failure {
    let shown = problems.prefix(mostComplaints)
    for problem in shown.dropLast() { Finish.warn(problem) }
    return Failure(shown.last ?? "there is nothing to read", status)
  }

  private static func notice(_ problems: [String]) -> String? {
    guard let first = problems.first else { return nil }
    return problems.count == 1 ? first : "\(first); and \(problems.count - 1) more"
  }
}
