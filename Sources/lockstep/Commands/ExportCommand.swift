import ArgumentParser
import Recordings
import Shell

/// `lockstep export`: converts a recorded run.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Convert a recorded run to a Perfetto trace, a picture or text.",
    discussion: """
      To make a recording: lockstep run DEMO -o FILE. The format chrome is a trace for \
      ui.perfetto.dev and chrome://tracing, svg is the timeline as a picture, text describes each \
      event on a line. A recording that was cut short is exported as far as it goes.
      """)

  @Argument(
    help: ArgumentHelp(
      "The recording, or the name of a recent run; - for standard input.", valueName: "FILE"),
    completion: .file())
  var file: String

  @Option(help: "The output format: chrome, svg or text.")
  var format: FormatWord

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write to a file instead of standard output.", valueName: "FILE"),
    completion: .file())
  var output = "-"

  func run() throws {
    let export = RecordingExport(
      path: ReplayCommand.path(of: file), format: format.format, output: output)
    try export.run().map(Finish.warn)
  }
}
