public import Events

/// Something that a run's events prove, found by `FindingDetector` and told once.
public struct Finding: Sendable, Equatable {
  /// What was found and who takes part in it, for a program to look into.
  public let kind: Kind
  /// The event with which it became certain, and its time in nanoseconds of the run.
  public let seq: UInt64
  /// When it became certain, in nanoseconds of the run.
  public let time: UInt64
  /// What it is, as a sentence with the names of actors and objects.
  public let description: String

  /// What was found, with those who take part in it.
  public enum Kind: Sendable, Equatable {
    /// Each waits for what the next holds, the last for what the first holds, all without end.
    /// - Parameter since: since when all of them have waited, in nanoseconds of the run.
    case deadlock(cycle: [Link], since: UInt64)
    /// An actor waits for an object whose holder has ended and will never let it go.
    case waitForEnded(actor: ActorID, object: ObjectID, holder: ActorID)
    /// An actor has ended while it held a lock, and nobody waits for it yet.
    case abandonedLock(object: ObjectID, holder: ActorID)
    /// An actor has waited long for a lock that others acquired again and again meanwhile.
    case starvation(Starvation)
    /// Two actors read one value, and each wrote what it made of it: the second write covered the
    /// first.
    case lostUpdate(LostUpdate)
  }

  /// One arrow of a circle of waits.
  public struct Link: Sendable, Equatable {
    /// The one who waits.
    public let actor: ActorID
    /// What it waits for; nil where it waits for the holder's end.
    public let object: ObjectID?
    /// The one waited for: who holds the object, or whose end is awaited.
    public let holder: ActorID
  }

  /// A wait in which others were served many times.
  public struct Starvation: Sendable, Equatable {
    /// Who waits.
    public let actor: ActorID
    /// The lock that it waits for.
    public let object: ObjectID
    /// How often others have acquired the lock since.
    public let acquired: Int
    /// How long it has waited so far, in nanoseconds of the run.
    public let waited: UInt64
  }

  /// Two writes of which one was lost.
  public struct LostUpdate: Sendable, Equatable {
    /// The variable that both wrote.
    public let object: ObjectID
    /// Whose write was covered, and who covered it.
    public let first: ActorID
    /// Who wrote last and so covered the other's write.
    public let second: ActorID
    /// What both had read, and what each wrote.
    public let read: EventValue
    /// The value that was lost.
    public let firstWrote: EventValue
    /// The value that covered it and stayed.
    public let secondWrote: EventValue
  }
}
