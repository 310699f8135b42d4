/// A demo that can be run, described without running it.
public final class Demo: Sendable, Identifiable {
  /// A view that a demo asks for beside the five panes.
  public enum View: String, Sendable {
    /// A chart of bars, one for each measured arm.
    case bars
    /// A picture that workers make row by row, each row in the colour of its worker.
    case picture
    /// Who waits for what, and who holds it, as a small diagram.
    case waits
    /// A number over time, such as the depth of a queue, as a strip under the lanes.
    case strip
    /// Where exceptions were raised and where they were caught, or that they were lost.
    case exceptions
  }

  /// Who makes a run's events.
  public enum Engine: String, Sendable, CaseIterable {
    /// The machine's own threads and processes.
    case native
  }

  /// The name on the command line and in lessons, such as `producer-consumer`.
  public let id: String
  /// The heading that a learner sees over the demo, in lists and beside its run.
  public let title: String
  /// One sentence: what the learner will see.
  public let summary: String
  /// The numbers of the lessons that run it.
  public let lessons: [Int]
  /// What a learner may change, in the order in which it is offered.
  public let parameters: [Parameter]
  /// The extra views that its run is shown with; empty where the panes are enough.
  public let views: [View]
  /// The file name of its runnable Python listing.
  public let listing: String
  /// Whether delays make its run what it is, so that it can be watched at another speed; false where
  /// it shows how long the machine takes for something, which goes at the machine's speed alone.
  public let hasDelays: Bool
  /// Whether a run with these arguments is meant to end with actors that wait for ever: they are
  /// found, shown and let go, and the run counts as a success.
  public let endsStuck: @Sendable (Arguments) -> Bool
  /// Says why values that are each allowed do not go together; nil when they do.
  let misfit: @Sendable (Arguments) -> String?

  /// - Parameter listing: the file's name; nil where it is the id with underscores for hyphens.
  init(
    id: String, title: String, summary: String, lessons: [Int], parameters: [Parameter],
    views: [View] = [], listing: String? = nil, hasDelays: Bool = false,
    endsStuck: @escaping @Sendable (Arguments) -> Bool = { _ in false },
    misfit: @escaping @Sendable (Arguments) -> String? = { _ in nil }
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.lessons = lessons
    self.parameters = parameters
    self.views = views
    self.listing = listing ?? String(id.map { $0 == "-" ? "_" : $0 }) + ".py"
    self.hasDelays = hasDelays
    self.endsStuck = endsStuck
    self.misfit = misfit
  }

  /// Something that a recording tells of and this program does not have.
  static func unknown(_ name: String) -> Demo {
    Demo(
      id: name, title: name, summary: "A run of another program.", lessons: [], parameters: [],
      listing: "")
  }

  /// The arguments of a run in which the learner changes nothing.
  public var defaults: Arguments { Arguments(defaultsOf: self) }
}
