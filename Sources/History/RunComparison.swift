public import Events
import Trace

/// Two runs of one demo beside each other: what was the same in both, and where they first differ.
///
/// Actors and objects are numbered by who made them and in which order, so that those of two runs
/// line up. Times are no difference, nor is what the kernel accounts; who did what to what in which
/// order is. Of a run whose events break off before its end nothing is said that came later.
/// O(events), with 16 bytes for each.
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

  /// Whether the events of a run break off before it is over.
  public let breaksOff: (first: Bool, second: Bool)
  /// Where the order of all events first differs; nil where it never does, as far as is known.
  public let parting: Place?
  /// How many events, of those that are compared, were the same before that.
  public let common: Int
  /// The actors that both runs have, in the order of their numbers.
  public let courses: [Course]
  /// The actors that one of the runs alone has; none where the other run breaks off.
  public let onlyFirst: [ActorID]
  /// The actors that the second run alone has.
  public let onlySecond: [ActorID]
  /// The results of which the two give different ones: a name, and what each gives; nil for one
  /// that a whole run does not give.
  public let results: [(name: String, first: String?, second: String?)]
  /// How many results are the same.
  public let sameResults: Int

  /// Compares two runs.
  public init(_ first: EventLog, _ second: EventLog) {
    let ends = (first: !Self.isOver(first), second: !Self.isOver(second))
    let (one, other) = (Steps(first), Steps(second))
    func parting(_ mine: [Step], _ theirs: [Step], after common: Int) -> Place? {
      let (isMine, isTheirs) = (common < mine.count, common < theirs.count)
      // Where one stops short, what would have come next is not known.
      guard isMine || isTheirs, isMine || !ends.first, isTheirs || !ends.second else { return nil }
      return Place(
        first: isMine ? Int(mine[common].index) : nil,
        second: isTheirs ? Int(theirs[common].index) : nil)
    }
    func common(_ mine: [Step], _ theirs: [Step]) -> Int {
      zip(mine, theirs).prefix { $0.hash == $1.hash }.count
    }
    breaksOff = ends
    self.common = common(one.all, other.all)
    self.parting = parting(one.all, other.all, after: self.common)
    courses = one.actors.filter { other.steps(of: $0) != nil }.map { actor in
      let (mine, theirs) = (one.steps(of: actor) ?? [], other.steps(of: actor) ?? [])
      let common = common(mine, theirs)
      return Course(actor: actor, common: common, parting: parting(mine, theirs, after: common))
    }
    onlyFirst = ends.second ? [] : one.actors.filter { other.steps(of: $0) == nil }
    onlySecond = ends.first ? [] : other.actors.filter { one.steps(of: $0) == nil }
    let (given, otherwise) = (Self.results(first), Self.results(second))
    var differing: [(name: String, first: String?, second: String?)] = []
    var same = 0
    for (name, value) in given {
      let there = otherwise.first { $0.name == name }?.value
      if there == nil, ends.second { continue }
      if there == value { same += 1 } else { differing.append((name, value, there)) }
    }
    for (name, value) in otherwise
    where !ends.first && !given.contains(where: { $0.name == name }) {
      differing.append((name, nil, value))
    }
    results = differing
    sameResults = same
  }

  private static func isOver(_ log: EventLog) -> Bool {
    if case .finished = log.state.phase { true } else { false }
  }

  /// The actors that took the same steps in both runs, each for itself.
  public var unchanged: [ActorID] { courses.filter { $0.parting == nil }.map(\.actor) }

  // MARK: steps

  /// A step of a run, by its event's index and by what it is: two that are the same have the same
  /// hash, and of two that are not once in 2⁶⁴.
  private struct Step {
    let index: UInt32
    let actor: UInt32
    let hash: Int
  }

  /// What the actors of a run did, all together and each for itself.
  private struct Steps {
    let all: [Step]
    private let own: [ActorID: [Step]]

    init(_ log: EventLog) {
      var index: UInt32 = 0
      all = log.events(in: 0..<log.count).compactMap { event in
        defer { index += 1 }
        return RunComparison.hash(of: event).map {
          Step(index: index, actor: event.record.actor, hash: $0)
        }
      }
      own = Dictionary(grouping: all) { ActorID(rawValue: $0.actor) }
    }

    var actors: [ActorID] { own.keys.sorted() }

    func steps(of actor: ActorID) -> [Step]? { own[actor] }
  }

  /// Of what a step is, without its time and its place; nil for what is no step of the program, or
  /// is another each time.
  private static func hash(of event: Event) -> Int? {
    var hasher = Hasher()
    hasher.combine(event.record.actor)
    hasher.combine(event.record.kind)
    hasher.combine(event.record.object)
    switch event.kind {
    case .runStart, .runFinish, .runPause, .runResume, .runStep, .runSpeed, .sample, .measure,
      .loss, .line, .output, .result, .unknown:
      return nil
    case .waitBegin: hasher.combine(event.record[EventField.reason.slot])
    case .waitEnd:
      hasher.combine(event.record[EventField.reason.slot])
      hasher.combine(event.record[EventField.waitOutcome.slot])
    default:
      for field in event.kind.fields where !field.isText && isOwn(field, of: event.kind) {
        hasher.combine(event.record[field.slot])
      }
      hasher.combine(event.texts)
    }
    return hasher.finalize()
  }

  /// Whether a field tells what the actor did itself. How many values a list then holds, and how
  /// many permits are left, is the others' doing as well: the order's, which is looked at by itself.
  private static func isOwn(_ field: EventField, of kind: EventKind) -> Bool {
    if field === EventField.permits { return false }
    return field !== EventField.size || kind == .poolOpen || kind == .poolClose
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
