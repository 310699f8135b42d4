import StateFiles
import Documents
import Shell
import ArgumentParser
import CPlatform
import Catalog
import Glibc
import LessonKit
import SystemPackage

/// `lockstep open PATH…`: any documents, as lessons.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open documents or folders as lessons.",
    discussion: """
      Markdown and plain text open; a folder opens with all its documents in order, those of \
      folders in it too. What is saved while the tutor shows it is read again.
      Reading a document never runs anything.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files and folders; - for a document from standard input.", valueName: "PATH"))
  var paths: [String]

  @Option(
    help: ArgumentHelp("Where to begin: a lesson, and perhaps a step.", valueName: "LESSON[/STEP]"))
  var at: String?

  @OptionGroup var options: TutorOptions

  func run() throws {
    let progress = ReadingProgress()
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    var complaints: [String] = []
    let sources = try sources(progress: progress, complaints: &complaints)
    let shelf = DocumentShelf(sources: sources, parser: DocumentParser(catalog: catalog))
    var news = DocumentShelf.News()
    let documents = LiveDocuments(shelf, progress: progress, news: &news)
    progress.end()
    complaints += news.notices
    guard let course = documents.course, !course.lessons.isEmpty else {
      throw Self.failure(complaints)
    }
    var start = TutorStart(
      course: course, catalog: catalog, place: try at.map { try Place(text: $0, in: course) })
    // Said on the screen too; here it can still be read when the tutor has gone.
    for complaint in complaints.prefix(Self.mostComplaints) { Finish.warn(complaint) }
    start.documentKey = ProgressFile.name(of: shelf.keys)
    start.notice = Self.notice(complaints)
    if paths.contains("-") { start.input = try StandardInput.keyboard() }
    try start.run(options.choices, documents: documents)
  }

  /// The most lines about documents that could not be opened.
  private static let mostComplaints = 20

  /// What each word stands for, each thing once.
  private func sources(
    progress: ReadingProgress, complaints: inout [String]
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
          guard !path.isEmpty else { throw Unreadable("a path is empty; name a file or a folder") }
          source = try DocumentFile.kind(of: path) == .folder ? .folder(path) : .file(path)
        }
        if !sources.contains(where: { $0.key == source.key }) { sources.append(source) }
      } catch let error as Unreadable {
        complaints.append(error.reason)
      }
    }
    return sources
  }

  /// Tells all reasons, a line for each, the last as the program's last word.
  private static func failure(_ complaints: [String]) -> Failure {
    let shown = complaints.prefix(mostComplaints)
    for complaint in shown.dropLast() { Finish.warn(complaint) }
    return Failure(shown.last ?? "there is nothing to read")
  }

  private static func notice(_ complaints: [String]) -> String? {
    guard let first = complaints.first else { return nil }
    return complaints.count == 1 ? first : "\(first); and \(complaints.count - 1) more"
  }
}
