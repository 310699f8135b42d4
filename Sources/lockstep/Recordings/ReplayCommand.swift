import ArgumentParser
import CPlatform
import Catalog
import Curses
import Events
import Glibc
import Screen
import Tutor

/// `lockstep replay`: a recorded run, shown again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Show a recorded run again, in the panes or as text.",
    discussion: """
      A recording is what lockstep run DEMO -o FILE writes. In a terminal it opens in the tutor, \
      with --plain in the one without a screen; elsewhere the text of the run is printed. A \
      recording that was cut short is shown as far as it goes. The tutor keeps the recent runs: \
      without FILE they are listed, and each can be named by its file's name.
      """)

  @Argument(
    help: ArgumentHelp(
      "The recording, or the name of a recent run; - for standard input.", valueName: "FILE"),
    completion: .file())
  var file: String?

  @Option(
    help: ArgumentHelp(
      "How fast: 1 is as it was, 4 four times as fast; max waits for nothing, as text does "
        + "without this option.", valueName: "N"))
  var speed: FilmSpeed?

  @OptionGroup var options: TutorOptions

  func run() throws {
    guard let file else { return try Self.listRecent() }
    let path = Self.path(of: file)
    guard isOnTerminal else { return try printText(path) }
    try openInTutor(path, speed, options.choices)
  }

  /// The file that a word names: one that is there, or else a recent run.
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
      throw Failure("no run has been kept yet; name a recording to replay", .wrongUsage)
    }
    let lines = KeptRecording.table(of: recordings).map { Sanitizer.displaySafe($0) + "\n" }
    try OutputFile.print(lines.joined())
  }

  /// Whether somebody can be asked, on whatever face the tutor then has.
  private var isOnTerminal: Bool { isatty(1) == 1 && (file == "-" || isatty(0) == 1) }

  /// Opens the recording in the tutor.
  /// - Parameter speed: how fast it plays; nil where the person did not say.
  private func openInTutor(
    _ path: String, _ speed: FilmSpeed?, _ choices: TutorChoices
  ) throws {
    try Self.check(path)
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    var start = TutorStart(course: try BuiltInCourse.load(catalog), catalog: catalog, place: nil)
    if path == "-" { start.input = try StandardInput.keyboard() }
    start.recording = (path, speed ?? .own)
    try start.run(choices)
  }

  /// Says before the screen is taken what is no recording.
  private static func check(_ path: String) throws {
    var source = try RecordingSource(path)
    // What is no file is read once only, and so is a file that is standard input.
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
    try text.print(to: try OutputFile(path: "-")).map(Finish.complain)
  }
}
