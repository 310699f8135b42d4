/// A demo and its arguments, from the command line or a lesson: `DEMO [name=value]…`.
public struct RunRequest: Sendable {
  public let demo: Demo
  /// A value for each parameter of the demo.
  public let arguments: Arguments
  /// The source of the run's events.
  public let engine: Demo.Engine

  /// A run with checked arguments.
  public init(demo: Demo, arguments: Arguments, engine: Demo.Engine = .native) {
    self.demo = demo
    self.arguments = arguments
    self.engine = engine
  }

  /// Reads the words after `run`: a demo, its parameters, and optionally `--engine NAME`.
  /// - Throws: `ParameterError` with the problem and the allowed words.
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

  /// What the run brings about on purpose, as a sentence, or nil. What it finds then is no failure.
  public var staged: String? {
    // A recording of another version may have other parameters.
    arguments.names.elementsEqual(demo.parameters.map(\.name)) ? demo.staging(arguments) : nil
  }

  /// The run of a recording. A demo that this program does not have keeps its name; its recording
  /// can be shown, but not run again.
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

  /// The words of this run, with all parameters.
  public var words: [String] { [demo.id] + arguments.words }

  /// The shell command for this run.
  public var shellCommand: String { "lockstep run " + words.joined(separator: " ") }
}
