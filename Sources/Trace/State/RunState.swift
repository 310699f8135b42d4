public import Events

/// The current state of a run: a pure fold of its events.
///
/// Actors and objects are in arrays, indexed by their dense numbers. So a copy costs two references
/// until one of the copies changes, and a checkpoint is cheap.
public struct RunState: Sendable, Equatable {
  /// The demo's ID; empty before the start.
  public internal(set) var demo = ""
  /// The run's arguments, as `name=value` words; empty before the start.
  public internal(set) var parameters = ""
  /// The engine that runs the demo; empty before the start.
  public internal(set) var engine = ""
  /// The version of the program that made the run; empty before the start.
  public internal(set) var version = ""
  /// How many cores the run could use; 0 before the start.
  public internal(set) var cores = 0
  /// The phase of the run.
  public internal(set) var phase = RunPhase.notStarted
  /// The speed of the run's clock.
  public internal(set) var speed = RunSpeed.normal
  /// The latest time of an event so far, in nanoseconds of the run.
  public internal(set) var time: UInt64 = 0
  /// The greatest number of an event so far.
  var seq: UInt64 = 0
  /// How many events were folded.
  public internal(set) var events = 0
  /// How many events were lost.
  public internal(set) var lost = 0
  /// The actors: actor n is at n - 1. Some may be unknown while a higher number is in use.
  public internal(set) var actors: [ActorState] = []
  /// The objects: object n is at n - 1.
  public internal(set) var objects: [ObjectState] = []
  var letters = ActorLetters()
  /// How many values were invented, because an event had a greater size.
  var invented = 0
  /// The first rules that events have broken.
  var violations: [Violation] = []
  /// How many there were in total.
  var violationCount = 0

  /// The greatest number of an actor or an object. Only a damaged recording exceeds it.
  static let maxID = 65_536
  /// How far a new number may exceed the greatest so far. Numbers are given one by one, and few are
  /// given before their first events come.
  static let maxGap = 1024
  /// The limit of `violations`.
  static let maxViolations = 64

  /// The state before a run's first event.
  public init() {}

  /// The index of an actor in `actors`, or nil if it is not there. Using it avoids a copy of the
  /// actor's state.
  @inlinable
  public func place(ofActor number: UInt32) -> Int? {
    let place = Int(number) - 1
    return place >= 0 && place < actors.count ? place : nil
  }

  /// The index of an object in `objects`, or nil if it is not there.
  @inlinable
  public func place(ofObject number: UInt32) -> Int? {
    let place = Int(number) - 1
    return place >= 0 && place < objects.count ? place : nil
  }

  /// The state of an actor, or nil if it is not there.
  public subscript(actor: ActorID) -> ActorState? {
    let index = actor.index - 1
    return index >= 0 && index < actors.count ? actors[index] : nil
  }

  /// The state of an object, or nil if it is not there.
  public subscript(object: ObjectID) -> ObjectState? {
    let index = object.index - 1
    return index >= 0 && index < objects.count ? objects[index] : nil
  }

  /// The name of an actor, whether it is there or not.
  public func name(of actor: ActorID) -> String {
    self[actor]?.name ?? "actor \(actor.rawValue)"
  }

  /// Gives actors that have no name yet the names that they have later, and all actors the letters
  /// that they have later, so that a rewound run shows them. O(actors).
  public mutating func adoptNames(from later: RunState) {
    while actors.count < later.actors.count {
      actors.append(ActorState(id: ActorID(actors.count + 1)))
    }
    for (index, actor) in later.actors.enumerated() {
      if !actors[index].isNamed { actors[index].name = actor.name }
      actors[index].rank = actor.rank
    }
  }

  /// The letters of an actor, whether it is there or not.
  public func letter(of actor: ActorID) -> String {
    (self[actor] ?? ActorState(id: actor)).letter
  }

  /// The place of an actor's letter among all letters, from 0; nil for the main thread.
  public func rank(of actor: ActorID) -> Int? {
    guard actor != .main else { return nil }
    return place(ofActor: actor.rawValue).flatMap { actors[$0].rank } ?? max(0, actor.index - 2)
  }

  /// The name of an object, whether it is there or not.
  public func name(of object: ObjectID) -> String {
    self[object]?.name ?? "object \(object.rawValue)"
  }

  /// The wait of an actor, or nil; avoids a copy of the actor's state.
  func wait(of actor: ActorID) -> Wait? {
    place(ofActor: actor.rawValue).flatMap { actors[$0].wait }
  }

  /// The actors that wait for each object, the longest wait first. O(actors).
  /// - Parameter condition: whether a wait counts.
  func waiters(where condition: (Wait) -> Bool) -> [ObjectID: [Waiter]] {
    var waiters: [ObjectID: [Waiter]] = [:]
    for place in actors.indices {
      guard let wait = actors[place].wait, let object = wait.object, condition(wait) else {
        continue
      }
      waiters[object, default: []].append(Waiter(actor: actors[place].id, since: wait.since))
    }
    return waiters.mapValues { $0.sorted { ($0.since, $0.actor) < ($1.since, $1.actor) } }
  }

  /// The actors that wait for an object, the longest wait first. O(actors) if there are any.
  public func waiters(of object: ObjectID) -> [Waiter] {
    guard let place = place(ofObject: object.rawValue), objects[place].waiting > 0 else {
      return []
    }
    // By index: a copy of each actor would cost more than the check of its wait.
    return actors.indices.compactMap { place in
      guard let wait = actors[place].wait, wait.object == object else { return nil }
      return Waiter(actor: actors[place].id, since: wait.since)
    }
    .sorted { ($0.since, $0.actor) < ($1.since, $1.actor) }
  }
}

/// The phase of a run.
public enum RunPhase: Sendable, Equatable {
  case notStarted, running, paused
  case finished(RunOutcome)
}

/// Something impossible in the events: a defect of the program that recorded them.
struct Violation: Sendable, Equatable {
  /// The number of the event.
  let seq: UInt64
  /// The problem, as a sentence.
  let message: String
}
