public import Events

/// What is true in a run now: the fold of its events so far, and nothing else.
///
/// A pure value. Actors and objects stand in arrays by their dense numbers, so that a copy, a
/// checkpoint, costs two references until one of the two goes on.
public struct RunState: Sendable, Equatable {
  /// The name of the demo that runs; empty before the run has started.
  public internal(set) var demo = ""
  /// The demo's parameters as the run's first event gives them; empty before that.
  public internal(set) var parameters = ""
  /// The name of the engine that makes the events; empty before the run has started.
  public internal(set) var engine = ""
  /// The version of the program that made the run; empty before the run has started.
  public internal(set) var version = ""
  /// How many cores the run was started with; 0 before that.
  public internal(set) var cores = 0
  /// Whether the run has started, is paused, or has finished and how.
  public internal(set) var phase = RunPhase.notStarted
  /// How fast the run's clock goes.
  public internal(set) var speed = RunSpeed.normal
  /// The greatest time of an event so far, in nanoseconds of the run.
  public internal(set) var time: UInt64 = 0
  /// The last event's number.
  public internal(set) var seq: UInt64 = 0
  /// How many events were applied.
  public internal(set) var events = 0
  /// How many events could not be kept.
  public internal(set) var lost = 0
  /// How many exceptions were raised so far by all actors, whether or not they were caught.
  public internal(set) var exceptions = 0
  /// By number: actor n stands at n - 1. Below the greatest number in use some may be unborn.
  public internal(set) var actors: [ActorState] = []
  /// By number: object n stands at n - 1.
  public internal(set) var objects: [ObjectState] = []
  /// How many values were put into lists and queues because an event told of a greater size.
  var invented = 0
  /// What the events so far did against the rules: the first ones, in order.
  public internal(set) var noted: [Violation] = []
  /// How many there were altogether.
  public internal(set) var notedCount = 0

  /// The greatest number of an actor or an object; one beyond it comes from a damaged recording.
  public static let greatestID = 65_536
  /// How far a number may lie beyond the greatest so far: they are given one after the other, and
  /// few are at once on their way to being told.
  static let greatestGap = 1024
  /// How many violations are kept.
  static let keptViolations = 64

  /// What is true before a run's first event.
  public init() {}

  /// Where an actor stands in the array, which spares a copy of all that is known of it; nil where
  /// none of that number was heard of.
  @inlinable
  public func place(ofActor number: UInt32) -> Int? {
    let place = Int(number) - 1
    return place >= 0 && place < actors.count ? place : nil
  }

  /// Where an object stands in the array, likewise.
  @inlinable
  public func place(ofObject number: UInt32) -> Int? {
    let place = Int(number) - 1
    return place >= 0 && place < objects.count ? place : nil
  }

  /// The actor; nil where none of that number was heard of.
  public subscript(actor: ActorID) -> ActorState? {
    let index = actor.index - 1
    return index >= 0 && index < actors.count ? actors[index] : nil
  }

  /// The object; nil where none of that number was heard of.
  public subscript(object: ObjectID) -> ObjectState? {
    let index = object.index - 1
    return index >= 0 && index < objects.count ? objects[index] : nil
  }

  /// The name of an actor, known or not.
  public func name(of actor: ActorID) -> String {
    self[actor]?.name ?? "actor \(actor.rawValue)"
  }

  /// Calls actors that have not said their names yet as they are called later, for who looks back
  /// at a run. O(actors).
  public mutating func takeNames(of later: RunState) {
    while actors.count < later.actors.count {
      actors.append(ActorState(id: ActorID(actors.count + 1)))
    }
    for (index, actor) in later.actors.enumerated()
    where actors[index].name == ActorState(id: actor.id).name {
      actors[index].name = actor.name
    }
  }

  /// The name of an object, known or not.
  public func name(of object: ObjectID) -> String {
    self[object]?.name ?? "object \(object.rawValue)"
  }

  /// What an actor waits for now, without a copy of all that is known of it.
  func wait(of actor: ActorID) -> Wait? {
    place(ofActor: actor.rawValue).flatMap { actors[$0].wait }
  }

  /// Who waits for each object, the longest first. O(actors).
  /// - Parameter condition: which waits count.
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

  /// Who waits for an object, the longest first. O(actors) where anybody does.
  public func waiters(of object: ObjectID) -> [Waiter] {
    guard let place = place(ofObject: object.rawValue), objects[place].waiting > 0 else {
      return []
    }
    // By place: a copy of each actor would cost more than the look at its wait.
    return actors.indices.compactMap { place in
      guard let wait = actors[place].wait, wait.object == object else { return nil }
      return Waiter(actor: actors[place].id, since: wait.since)
    }
    .sorted { ($0.since, $0.actor) < ($1.since, $1.actor) }
  }
}

/// Where a run stands.
public enum RunPhase: Sendable, Equatable {
  case notStarted, running, paused
  case finished(RunOutcome)
}

/// Something that the events say and that cannot be: a defect of whoever recorded them.
public struct Violation: Sendable, Equatable {
  /// The event that shows it.
  public let seq: UInt64
  /// What it is, as a sentence.
  public let message: String
}
