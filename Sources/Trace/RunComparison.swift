/// Two runs of one demo beside each other: what was the same in both, and where they first differ.
///
/// Actors and objects are numbered by who made them and in which order, so that those of two runs
/// line up. Times are no difference, nor is what the kernel accounts; who did what to what in which
/// order is. O(events).
public struct RunComparison: Sendable {
  /// A place in each of the two runs, as the indices of events; nil where a run has no more.
  public struct Place: Sendable, Equatable {
    /// In the first run.
    public let first: Int?
    /// In the second.
    public let second: Int?
  }

  /// How one actor fared in both.
  public struct Course: Sendable, Equatable {
    /// Who it is.
    public let actor: ActorID
    /// How many steps of its own it took before the two differ, or in all.
    public let common: Int
    /// Where the two first differ; nil where each step was the same.
    public let parting: Place?
  }

  /// Where the order of all events first differs; nil where it never does.
  public let parting: Place?
  /// How many events, of those that are compared, were the same before that.
  public let common: Int
  /// The actors that both runs have, in the order of their numbers.
  public let courses: [Course]
  /// The actors that one of the runs alone has.
  public let onlyFirst: [ActorID]
  /// The actors that the second run alone has.
  public let onlySecond: [ActorID]
  /// The results of which the two give different ones: a name, and what each gives.
  public let results: [(name: String, first: String?, second: String?)]
  /// How many results are the same.
  public let sameResults: Int

  /// Compares two runs.
  public init(_ first: EventLog, _ second: EventLog) {
    let (one, other) = (Self.steps(first), Self.steps(second))
    let common = zip(one, other).prefix { $0.sign == $1.sign }.count
    self.common = common
    parting = Self.place(common, one, other)
    let (own, others) = (Self.byActor(one), Self.byActor(other))
    courses = own.keys.filter { others[$0] != nil }.sorted().map { actor in
      let (mine, theirs) = (own[actor] ?? [], others[actor] ?? [])
      let common = zip(mine, theirs).prefix { $0.sign == $1.sign }.count
      return Course(actor: actor, common: common, parting: Self.place(common, mine, theirs))
    }
    onlyFirst = own.keys.filter { others[$0] == nil }.sorted()
    onlySecond = others.keys.filter { own[$0] == nil }.sorted()
    let (given, otherwise) = (Self.results(first), Self.results(second))
    var differing: [(name: String, first: String?, second: String?)] = []
    var same = 0
    for (name, value) in given {
      let there = otherwise.first { $0.name == name }?.value
      if there == value { same += 1 } else { differing.append((name, value, there)) }
    }
    for (name, value) in otherwise where !given.contains(where: { $0.name == name }) {
      differing.append((name, nil, value))
    }
    results = differing
    sameResults = same
  }

  /// The actors that took the same steps in both runs, each for itself.
  public var unchanged: [ActorID] { courses.filter { $0.parting == nil }.map(\.actor) }

  // MARK: steps

  private struct Step {
    let index: Int
    let actor: ActorID
    let sign: Sign
  }

  /// What a step is, without its time and its place.
  private struct Sign: Hashable {
    var actor: UInt32
    var kind: UInt8
    var object: UInt32
    var numbers: [Int64?] = []
    var texts: [String] = []
  }

  private static func place(_ index: Int, _ one: [Step], _ other: [Step]) -> Place? {
    guard index < one.count || index < other.count else { return nil }
    return Place(
      first: index < one.count ? one[index].index : nil,
      second: index < other.count ? other[index].index : nil)
  }

  private static func byActor(_ steps: [Step]) -> [ActorID: [Step]] {
    Dictionary(grouping: steps, by: \.actor)
  }

  private static func steps(_ log: EventLog) -> [Step] {
    (0..<log.count).compactMap { index in
      let event = log[index]
      return sign(of: event).map { Step(index: index, actor: event.actor, sign: $0) }
    }
  }

  /// Nil for what is no step of the program, or is another each time.
  private static func sign(of event: Event) -> Sign? {
    var sign = Sign(
      actor: event.record.actor, kind: event.record.kind, object: event.record.object)
    switch event.kind {
    case .runStart, .runFinish, .runPause, .runResume, .runStep, .runSpeed, .sample, .measure,
      .loss,
      .line, .output, .result, .unknown:
      return nil
    case .waitBegin: sign.numbers = [event.record[EventField.reason.slot]]
    case .waitEnd:
      sign.numbers = [
        event.record[EventField.reason.slot], event.record[EventField.waitOutcome.slot],
      ]
    default:
      sign.numbers = [event.record[0], event.record[1], event.record[2]]
      sign.texts = event.texts
    }
    return sign
  }

  /// What a run gave by name, the last of each name; what it says of itself has times in it.
  private static func results(_ log: EventLog) -> [(name: String, value: String)] {
    var results: [(name: String, value: String)] = []
    for index in log.results.suffix(mostResults) {
      let event = log[index]
      guard let name = event.name, name != Event.shownName else { continue }
      if let place = results.firstIndex(where: { $0.name == name }) {
        results[place].value = event.value ?? ""
      } else {
        results.append((name, event.value ?? ""))
      }
    }
    return results
  }

  private static let mostResults = 1_000
}
