import ArgumentParser
import CPlatform
import Catalog
import Curses
import Documents
import Events
import Glibc
import Recordings
import RunViews
import Screen
import Shell
import StateFiles
import Tutor

/// `lockstep replay`: shows a recorded run again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Show a recorded run again, in the panes or as text.",
    discussion: """
      To make a recording: lockstep run DEMO -o FILE. In a terminal, the recording opens in the \
      tutor; with --plain, in the tutor as lines of text. Elsewhere its text is printed. A \
      recording that was cut short is shown as far as it goes. The tutor records its recent runs. \
      Without FILE, this command lists them, and FILE may be one of their names.
      """)

  @Argument(
    help: ArgumentHelp(
      "The recording, or the name of a recent run; - for standard input.", valueName: "FILE"),
    completion: .file())
  var file: String?

  @Option(
    help: ArgumentHelp(
      "The speed: 1 is the run's own, 4 is four times as fast, max does not wait. Default for "
        + "text: max.", valueName: "N"))
  var speed: PlaybackSpeed?

  @OptionGroup var options: TutorOptions

  func run() throws {
    guard let file else { return try Self.listRecent() }
    let path = Self.path(of: file)
    guard isOnTerminal else { return try printText(path) }
    try openInTutor(path, speed, options.choices)
  }

  /// The file that a word names: an existing file, or else a recent run.
  static func path(of word: String) -> String {
    guard word != "-", access(word, F_OK) != 0, let shelf = try? RecordingShelf() else {
      return word
    }
    return shelf.recording(named: word)?.path ?? word
  }

  private static func listRecent() throws {
    let shelf: RecordingShelf
    do throws(StateError) { shelf = try RecordingShelf() } catch { throw Failure("\(error)") }
    let recordings = shelf.list()
    guard !recordings.isEmpty else {
      throw Failure("there are no recent runs; name a recording to replay", .wrongUsage)
    }
    let lines = RecordingSummary.table(of: recordings).map {
      Sanitizer.displaySafe($0, newlines: .visible) + "\n"
    }
    try OutputFile.print(shown: lines.joined())
  }

  /// Whether a user is at a terminal.
  private var isOnTerminal: Bool { isatty(1) == 1 && (file == "-" || isatty(0) == 1) }

  /// Opens the recording in the tutor.
  /// - Parameter speed: the speed, or nil if the user did not set it.
  private func openInTutor(
    _ path: String, _ speed: PlaybackSpeed?, _ choices: TutorChoices
  ) throws {
    try Self.check(path)
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    var start = TutorStart(course: try BuiltInCourse.load(catalog), catalog: catalog, place: nil)
    if path == "-" { start.input = try StandardInput.keyboard() }
    start.recording = (path, speed ?? .own)
    try start.run(choices)
  }

  /// Throws if the file is not a recording, before the tutor takes the screen.
  private static func check(_ path: String) throws {
    var source = try RecordingSource(path)
    // A pipe and standard input can be read only once.
    guard path != "-", source.size != nil, let count = try source.next(), count > 0 else { return }
    var reader = RecordingReader()
    var events: [Event] = []
    do {
      try reader.take(source.bytes.span.extracting(..<count), into: &events)
    } catch {
      throw Failure("\(source.name): \(error)")
    }
  }

  private func printText(_ path: String) throws {
    let text = ReplayText(path: path, speed: speed ?? .unlimited)
    try text.print(to: try OutputFile(path: "-")).map(Finish.warn)
  }
}
