/// The description of a demo.
public final class Demo: Sendable, Identifiable {
  /// A view that a run of the demo has in addition to the five panes.
  public enum View: String, Sendable {
    /// A chart of bars, one for each measured arm.
    case bars
    /// A picture that workers compute row by row, each row in the colour of its worker.
    case picture
    /// A diagram of the actors that wait, the objects, and their holders.
    case waits
    /// A strip under the lanes for a number over time, such as the size of a queue.
    case strip
    /// The places where exceptions were raised and caught, or that they were lost.
    case exceptions
  }

  /// The source of a run's events.
  public enum Engine: String, Sendable, CaseIterable {
    /// The machine's own threads and processes.
    case native
  }

  /// The name on the command line and in lessons, such as `producer-consumer`.
  public let id: String
  /// The heading in lists and above a run.
  public let title: String
  /// One sentence about what a run shows.
  public let summary: String
  /// The numbers of the lessons that run the demo.
  public let lessons: [Int]
  /// The parameters, in the order of the form.
  public let parameters: [Parameter]
  /// The views of a run in addition to the panes.
  public let views: [View]
  /// The quantities that the bars show, or `table` for the table of the conclusion. A run shows the
  /// first ones, unless the lesson asks for others.
  public let measures: [String]
  /// How many of `measures` are shown first.
  private let asked: Int
  /// The file name of its runnable Python listing.
  public let listing: String
  /// Whether the run prints exactly what its listing prints, apart from measured times.
  public let printsListing: Bool
  /// Whether delays determine the course of a run, so that the speed can be changed. It is false if
  /// the run measures how long the machine takes.
  public let hasDelays: Bool
  /// Whether a run with these arguments is meant to end with actors that wait forever. Such a run
  /// ends these waits and counts as a success.
  public let endsStuck: @Sendable (Arguments) -> Bool
  /// Says what a run with these arguments brings about on purpose, as a sentence, or nil.
  let staging: @Sendable (Arguments) -> String?
  /// Lines of the listing that a run leaves out: the beginning of the line, the parameter, and the
  /// value with which the line is left out.
  let leftOut: [(line: String, parameter: String, word: String)]
  /// The reason why the arguments contradict each other, or nil.
  let misfit: @Sendable (Arguments) -> String?

  /// - Parameter listing: nil if the file name is the id with underscores instead of hyphens.
  init(
    id: String, title: String, summary: String, lessons: [Int], parameters: [Parameter],
    views: [View] = [], measures: [String] = [], asked: Int = 1, listing: String? = nil,
    printsListing: Bool = false,
    hasDelays: Bool = false,
    leftOut: [(line: String, parameter: String, word: String)] = [],
    endsStuck: @escaping @Sendable (Arguments) -> Bool = { _ in false },
    staging: @escaping @Sendable (Arguments) -> String? = { _ in nil },
    misfit: @escaping @Sendable (Arguments) -> String? = { _ in nil }
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.lessons = lessons
    self.parameters = parameters
    self.views = views
    self.measures = measures
    self.asked = asked
    self.listing = listing ?? String(id.map { $0 == "-" ? "_" : $0 }) + ".py"
    self.printsListing = printsListing
    self.hasDelays = hasDelays
    self.leftOut = leftOut
    self.endsStuck = endsStuck
    self.staging = staging
    self.misfit = misfit
  }

  /// A demo of a recording that this program does not have.
  static func unknown(_ name: String) -> Demo {
    Demo(
      id: name, title: name, summary: "A run of another program.", lessons: [], parameters: [],
      listing: "")
  }

  /// Whether a run with these arguments does not do what a line of the listing says.
  public func leavesOut(_ line: String, with arguments: Arguments) -> Bool {
    let code = line.drop { $0 == " " }
    return leftOut.contains {
      code.hasPrefix($0.line) && arguments.names.contains($0.parameter)
        && arguments[$0.parameter] == .choice($0.word)
    }
  }

  /// What the demo is asked about, the first of its measures.
  public var askedMeasures: [String] { Array(measures.prefix(asked)) }

  /// The name in `measures` of the table of the conclusion.
  public static let table = "table"

  /// Whether a measure follows from others, so that it is shown only where it is asked about.
  public static func isDerived(_ measure: String) -> Bool { measure == "speed-up" }

  /// The default arguments.
  public var defaults: Arguments { Arguments(defaultsOf: self) }
}
