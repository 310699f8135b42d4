import ArgumentParser
import CPlatform
import Catalog
import Engine
import Trace

/// `lockstep run`: a demo without the tutor.
struct RunCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, ndjson
  }

  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a demo and print what it prints, or its events.",
    discussion: """
      Each parameter is name=value; see lockstep list for the names and what they take.
      With --format ndjson each event of the run is one JSON object on a line of its own.
      """)

  @Argument(help: ArgumentHelp("The demo's name.", valueName: "DEMO"))
  var demo: String

  @Argument(help: ArgumentHelp("Parameters of the demo.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    help: ArgumentHelp("Who makes the events: native.", valueName: "NAME"),
    completion: .list(Demo.Engine.allCases.map(\.rawValue)))
  var engine = "native"

  @Option(help: "What to print: text or ndjson.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "How fast the demo's delays pass.", valueName: "SPEED"))
  var speed = SpeedWord(.normal)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file instead of standard output (-).", valueName: "FILE"),
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
    let sink = try OutputFile(path: output)
    try HeadlessRun(request: request, format: format, speed: speed.speed).run(to: sink)
  }
}
