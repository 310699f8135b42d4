import ArgumentParser
import CPlatform
import Catalog
import Events
import Recordings
import Shell

/// `lockstep run`: runs a demo without the tutor.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a demo and print its output or its events.",
    discussion: """
      Each parameter is name=value. lockstep list shows the names and the allowed values.
      The format text is the demo's output. producer-consumer, factorial and pool-sizing print what \
      their Python listings print; what Lockstep says about it goes to standard error. ndjson is \
      a recording with one JSON object a line, \
      chrome is a trace for Perfetto, svg is a picture of the timeline. With -o FILE, the run is \
      recorded in FILE while its text is printed; lockstep replay FILE shows it again. An existing \
      file is overwritten.
      """)

  @Argument(help: ArgumentHelp("The name of the demo.", valueName: "DEMO"))
  var demo: String

  @Argument(help: ArgumentHelp("The demo's parameters.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    help: ArgumentHelp("What runs the demo: native.", valueName: "NAME"),
    completion: .list(Demo.Engine.allCases.map(\.rawValue)))
  var engine = "native"

  @Option(help: "What to print: text, ndjson, chrome or svg.")
  var format: RunFormat?

  @Option(
    help: ArgumentHelp(
      "The speed of the demo's delays.", valueName: "SPEED"))
  var speed = SpeedWord(.normal)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Record the run in a file. With --format, write that format to it.", valueName: "FILE"),
    completion: .file())
  var output = "-"

  @Flag(help: "Print long numbers and lines in full. Otherwise text has their ends and lengths.")
  var full = false

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
        "\(demo) measures this machine, so it has only one speed; leave out --speed",
        .wrongUsage)
    }
    let file = try OutputFile(path: output)
    guard format == nil, output != "-" else {
      return try HeadlessRun(
        request: request, format: format ?? .text, speed: speed.speed, isFull: full
      )
      .run(to: file)
    }
    try HeadlessRun(
      request: request, format: .text, speed: speed.speed, recordingFile: file, isFull: full
    ).run(to: try OutputFile(path: "-"))
  }
}
