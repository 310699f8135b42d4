public import Events

/// A problem that a run's events prove, such as a deadlock.
public struct Finding: Sendable, Equatable {
  /// What was found, and who takes part.
  public let kind: Kind
  /// The number of the event that made it certain.
  public let seq: UInt64
  /// The time of that event, in nanoseconds of the run.
  public let time: UInt64
  /// The finding as a sentence, with the names of actors and objects, without those that it only
  /// holds up.
  public let core: String
  /// The actors that the finding holds up, as the end of the sentence; empty if there are none.
  let heldUp: String
  /// The whole finding as a sentence.
  public var description: String { core + heldUp }

  /// What was found, and who takes part.
  public enum Kind: Sendable, Equatable {
    /// Each actor waits without a deadline for the next one, the last for the first.
    /// - Parameter since: when the last of these waits began, in nanoseconds of the run.
    case deadlock(cycle: [Link], since: UInt64)
    /// An actor waits for a lock whose holder has ended and will never release it.
    case waitForEnded(actor: ActorID, object: ObjectID, holder: ActorID)
    /// An actor has ended while it held a lock, and no other waits for the lock yet.
    case abandonedLock(object: ObjectID, holder: ActorID)
    /// An actor has waited long for a lock, while others acquired it again and again.
    case starvation(Starvation)
    /// Two actors read the same value and each wrote a new one, so that the first write was lost.
    case lostUpdate(LostUpdate)
  }

  /// One link of a cycle of waits.
  public struct Link: Sendable, Equatable {
    /// The waiting actor.
    public let actor: ActorID
    /// The object that it waits for, or nil if it waits for the holder's end.
    public let object: ObjectID?
    /// The actor that holds the object, or whose end is awaited.
    public let holder: ActorID
  }

  /// A wait during which others got the lock many times.
  public struct Starvation: Sendable, Equatable {
    /// The waiting actor.
    public let actor: ActorID
    /// The lock.
    public let object: ObjectID
    /// How many times others have acquired the lock since.
    public let acquired: Int
    /// How long the actor has waited so far, in nanoseconds.
    public let waited: UInt64
  }

  /// Two writes, of which the first was lost.
  public struct LostUpdate: Sendable, Equatable {
    /// The variable.
    public let object: ObjectID
    /// The actor whose write was lost.
    public let first: ActorID
    /// The actor that overwrote it.
    public let second: ActorID
    /// The value that both had read.
    public let read: EventValue
    /// The lost value.
    public let firstWrote: EventValue
    /// The value that replaced it.
    public let secondWrote: EventValue
  }
}

extension Finding {
  /// The actors that will wait forever, as this finding proves; may be empty.
  public var stuckActors: [ActorID] { kind.stuckActors }
}

extension Finding.Kind {
  var stuckActors: [ActorID] {
    switch self {
    case .deadlock(let cycle, _): cycle.map(\.actor)
    case .waitForEnded(let actor, _, _): [actor]
    default: []
    }
  }
}
