public import Events
import Trace

/// Compares two runs of a demo: what is the same, and where they first differ.
///
/// The numbers of actors and objects follow from the order of creation, so they can be compared.
/// Times and samples are ignored. What each actor did, and in which order, is compared. If one run
/// breaks off, the comparison ends there. O(events), with 16 bytes for each.
public struct RunComparison: Sendable {
  /// A place in both runs.
  public struct Place: Sendable, Equatable {
    /// The index of the event in the first run, or nil at its end.
    public let first: Int?
    /// The index of the event in the second run, or nil at its end.
    public let second: Int?
  }

  /// The steps of one actor in both runs.
  public struct Course: Sendable, Equatable {
    /// The actor.
    public let actor: ActorID
    /// How many of its steps are the same before the first difference.
    public let common: Int
    /// The first difference, or nil.
    public let parting: Place?
  }

  /// Whether each run breaks off before its end.
  public let breaksOff: (first: Bool, second: Bool)
  /// The first difference in the order of all events, or nil.
  public let parting: Place?
  /// How many of the compared events are the same before the first difference.
  public let common: Int
  /// The actors of both runs, by number.
  public let courses: [Course]
  /// The actors that only the first run has; empty if the second breaks off.
  public let onlyFirst: [ActorID]
  /// The actors that only the second run has; empty if the first breaks off.
  public let onlySecond: [ActorID]
  /// The results that differ: a name, and the value in each run, or nil if the run has no such
  /// result.
  public let results: [(name: String, first: String?, second: String?)]
  /// How many results are equal.
  public let sameResults: Int

  /// Compares two runs.
  public init(_ first: EventLog, _ second: EventLog) {
    let ends = (first: !Self.isOver(first), second: !Self.isOver(second))
    let (one, other) = (Steps(first), Steps(second))
    func parting(_ mine: [Step], _ theirs: [Step], after common: Int) -> Place? {
      let (isMine, isTheirs) = (common < mine.count, common < theirs.count)
      // If a run breaks off, its next step is unknown.
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
    let (mine, theirs) = (Self.results(first), Self.results(second))
    var differing: [(name: String, first: String?, second: String?)] = []
    var same = 0
    for (name, value) in mine {
      let their = theirs.first { $0.name == name }?.value
      if their == nil, ends.second { continue }
      if their == value { same += 1 } else { differing.append((name, value, their)) }
    }
    for (name, value) in theirs
    where !ends.first && !mine.contains(where: { $0.name == name }) {
      differing.append((name, nil, value))
    }
    results = differing
    sameResults = same
  }

  private static func isOver(_ log: EventLog) -> Bool {
    if case .finished = log.state.phase { true } else { false }
  }

  /// The actors whose own steps are the same in both runs.
  public var unchanged: [ActorID] { courses.filter { $0.parting == nil }.map(\.actor) }

  // MARK: steps

  /// A step of a run: its event's index, and a hash of its content. Different steps have the same
  /// hash only once in 2⁶⁴ cases.
  private struct Step {
    let index: UInt32
    let actor: UInt32
    let hash: Int
  }

  /// The steps of a run, in total and by actor.
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

  /// A hash of a step's content without its time and place; nil for an event that is not a step of
  /// the program, or that differs in every run.
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

  /// Whether a field depends on the actor alone. The size of a list and the permits that are left
  /// also depend on the order of other actors' steps, which is compared separately.
  private static func isOwn(_ field: EventField, of kind: EventKind) -> Bool {
    if field === EventField.permits { return false }
    return field !== EventField.size || kind == .poolOpen || kind == .poolClose
  }

  /// The last result of each name, except the conclusion, which contains times.
  private static func results(_ log: EventLog) -> [(name: String, value: String)] {
    var results: [(name: String, value: String)] = []
    for index in log.results.suffix(maxResults) {
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

  private static let maxResults = 1_000
}
