/// A run as it is asked for on the command line or in a lesson: `DEMO [name=value]…`.
public struct RunRequest: Sendable {
  /// The demo that is to be run.
  public let demo: Demo
  /// A checked value for each of the demo's parameters.
  public let arguments: Arguments
  /// Who is to make the run's events.
  public let engine: Demo.Engine

  /// A run whose arguments have been checked already.
  public init(demo: Demo, arguments: Arguments, engine: Demo.Engine = .native) {
    self.demo = demo
    self.arguments = arguments
    self.engine = engine
  }

  /// Reads the words after `run`: a demo, its parameters and perhaps `--engine NAME`.
  /// - Throws: `ParameterError` that says what is wrong and what is allowed.
  public init(words: [String], in catalog: DemoCatalog) throws(ParameterError) {
    var assignments: [String] = []
    var engine = Demo.Engine.native
    var rest = words.dropFirst()[...]
    while let word = rest.popFirst() {
      if word == "--engine" {
        engine = try Self.engine(rest.popFirst() ?? "")
      } else if word.hasPrefix("--engine=") {
        engine = try Self.engine(String(word.dropFirst("--engine=".count)))
      } else {
        assignments.append(word)
      }
    }
    let demo = try catalog.demo(words.first ?? "")
    self.init(
      demo: demo, arguments: try Arguments(words: assignments, for: demo), engine: engine)
  }

  /// The run that a recording says it is of. What this program does not know is kept by its name
  /// alone: it can be shown, though not run again.
  public init(recorded demo: String, parameters: String, in catalog: DemoCatalog) {
    let words = parameters.split(separator: " ").map(String.init)
    do {
      try self.init(words: [demo] + words, in: catalog)
    } catch {
      let demo = (try? catalog.demo(demo)) ?? .unknown(demo)
      self.init(demo: demo, arguments: demo.defaults)
    }
  }

  private static func engine(_ name: String) throws(ParameterError) -> Demo.Engine {
    guard let engine = Demo.Engine(rawValue: name) else {
      throw .unknownEngine(name, known: Demo.Engine.allCases.map(\.rawValue))
    }
    return engine
  }

  /// The words that ask for this run, with every parameter spelled out.
  public var words: [String] { [demo.id] + arguments.words }

  /// What is typed in a shell for this run.
  public var shellCommand: String { "lockstep run " + words.joined(separator: " ") }
}
