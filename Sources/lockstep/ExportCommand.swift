import ArgumentParser
import Exports

/// `lockstep export`: a recorded run in another form.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Make of a recorded run a trace for Perfetto, a picture or a text.",
    discussion: """
      A recording is what lockstep run DEMO -o FILE writes. chrome is a trace in Chrome's format, \
      which ui.perfetto.dev and chrome://tracing open; svg is the timeline as a picture; text tells \
      what happened, a sentence a line. A recording that was cut short is exported as far as it \
      goes.
      """)

  @Argument(
    help: ArgumentHelp(
      "The recording, or the name of a recent run; - for standard input.", valueName: "FILE"),
    completion: .file())
  var file: String

  @Option(help: "What to make of it: chrome, svg or text.")
  var format: FormatWord

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write to a file instead of standard output (-).", valueName: "FILE"),
    completion: .file())
  var output = "-"

  func run() throws {
    let export = RecordingExport(
      path: ReplayCommand.path(of: file), format: format.format, output: output)
    try export.run().map(Finish.complain)
  }
}

/// A form that a run can be exported to, by the word that the command line has for it.
struct FormatWord: ExpressibleByArgument {
  let format: ExportFormat

  init?(argument: String) {
    guard let format = ExportFormat(rawValue: argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { ExportFormat.allCases.map(\.rawValue) }
}
