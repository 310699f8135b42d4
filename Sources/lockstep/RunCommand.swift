import ArgumentParser
import CPlatform
import Catalog
import Trace

/// `lockstep run`: a demo without the tutor.
struct RunCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, ndjson, chrome, svg

    /// The form that the run is exported to; nil for what is printed of it and for its recording.
    var export: ExportFormat? {
      switch self {
      case .text, .ndjson: nil
      case .chrome: .chrome
      case .svg: .svg
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a demo and print what it prints, or its events.",
    discussion: """
      Each parameter is name=value; see lockstep list for the names and what they take.
      With --format ndjson the run is printed as a recording: a header, then each event, one JSON
      object a line; with chrome as a trace that Perfetto opens, with svg as a picture of its
      timeline. With -o FILE it is recorded in FILE while its text is printed; lockstep replay
      FILE shows it again. A file that is there already is overwritten.
      """)

  @Argument(help: ArgumentHelp("The demo's name.", valueName: "DEMO"))
  var demo: String

  @Argument(help: ArgumentHelp("Parameters of the demo.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    help: ArgumentHelp("Who makes the events: native.", valueName: "NAME"),
    completion: .list(Demo.Engine.allCases.map(\.rawValue)))
  var engine = "native"

  @Option(help: "What to print: text, ndjson, chrome or svg.")
  var format: Format?

  @Option(
    help: ArgumentHelp(
      "How fast the demo's delays pass.", valueName: "SPEED"))
  var speed = SpeedWord(.normal)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Record the run in a file; with --format, print to it instead.", valueName: "FILE"),
    completion: .file())
  var output = "-"

  func run() throws {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    let request: RunRequest
    do {
      request = try RunRequest(words: [demo] + parameters + ["--engine", engine], in: catalog)
    } catch {
      throw Failure("\(error)", .wrongUsage)
    }
    guard speed.speed == .normal || request.demo.hasDelays else {
      throw Failure(
        "\(demo) shows how long this machine takes, which goes at one speed: leave out --speed",
        .wrongUsage)
    }
    let file = try OutputFile(path: output)
    guard format == nil, output != "-" else {
      return try HeadlessRun(request: request, format: format ?? .text, speed: speed.speed)
        .run(to: file)
    }
    try HeadlessRun(
      request: request, format: .text, speed: speed.speed, recordingFile: file
    ).run(to: try OutputFile(path: "-"))
  }
}
