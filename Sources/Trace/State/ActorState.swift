public import Events

/// What is true now of one actor, a thread or a process.
public struct ActorState: Sendable, Equatable {
  /// The number by which the run's events name it.
  public let id: ActorID
  /// The name that a person sees; `main` or `actor 7` until the actor has said it.
  public internal(set) var name: String
  /// Whether it is a thread or a process; a thread until events say otherwise.
  public internal(set) var type = ActorType.thread
  /// The kernel's numbers; 0 while they are not known.
  public internal(set) var pid: Int32 = 0
  /// The kernel's number of its thread; 0 while it is not known.
  public internal(set) var tid: Int32 = 0
  /// Who spawned it; nil for the run's main thread.
  public internal(set) var parent: ActorID?
  /// Where it stands in its life, with its wait while it waits and its ending once it has ended.
  public internal(set) var phase = ActorPhase.unborn
  /// When it was asked for, began and ended, in nanoseconds of the run.
  public internal(set) var spawned: UInt64?
  /// When it began, in nanoseconds of the run; nil before it has.
  public internal(set) var started: UInt64?
  /// When it ended, in nanoseconds of the run; nil while it has not.
  public internal(set) var ended: UInt64?
  /// What it holds, in the order of acquiring; a reentrant lock stands once. Of very much a part.
  public private(set) var holds: [ObjectID] = []
  /// The task in hand.
  public internal(set) var task: TaskInHand?
  /// The line of the listing that it reached last, from 1.
  public internal(set) var line: Int?
  /// How many tasks it has brought to an end, those that failed included.
  public internal(set) var tasksDone = 0
  /// How many exceptions were raised in it so far, whether or not they were caught.
  public internal(set) var exceptions = 0
  /// What the kernel accounted for it at the last sample: nanoseconds, a core's number, bytes.
  public internal(set) var cpu: Int64?
  /// The core it ran on at the last sample, as the kernel numbers them from 0; nil before one.
  public internal(set) var core: Int?
  /// The bytes of memory it took at the last sample; nil before there is one.
  public internal(set) var memory: Int64?

  init(id: ActorID) {
    self.id = id
    name = Self.unsaidName(of: id)
  }

  /// What an actor is called before it has said its name.
  private static func unsaidName(of id: ActorID) -> String {
    id == .main ? "main" : "actor \(id.rawValue)"
  }

  /// More is not kept: whoever lets one of many go looks for it among all.
  static let mostHolds = 1024

  mutating func hold(_ object: ObjectID) {
    if holds.count < Self.mostHolds { holds.append(object) }
  }

  mutating func letGo(_ object: ObjectID) {
    if let place = holds.lastIndex(of: object) { holds.remove(at: place) }
  }

  /// Whether it has said its name.
  public var isNamed: Bool { name != Self.unsaidName(of: id) }

  /// What it waits for now.
  public var wait: Wait? {
    if case .waiting(let wait) = phase { wait } else { nil }
  }

  /// Whether its life is over, however it ended; false for one that was never born.
  public var isEnded: Bool {
    if case .ended = phase { true } else { false }
  }

  /// Born and not ended.
  public var isAlive: Bool {
    switch phase {
    case .unborn, .ended: false
    case .spawned, .running, .waiting: true
    }
  }
}

/// Whether an actor is a thread of a process or a process of its own.
public enum ActorType: String, Sendable {
  case thread, process
}

/// Where an actor stands in its life.
public enum ActorPhase: Sendable, Equatable {
  /// Its number is below one that is in use, and nothing is known of it.
  case unborn
  /// Asked for, and not yet running.
  case spawned
  case running
  case waiting(Wait)
  case ended(Ending)
}

/// How an actor ended.
public enum Ending: Sendable, Equatable {
  /// A thread's body returned.
  case returned
  case exited(status: Int)
  case killed(signal: Int)
}

/// A wait that goes on.
public struct Wait: Sendable, Equatable {
  /// What keeps the actor waiting.
  public let reason: WaitReason
  /// What is waited for, where it is an object.
  public let object: ObjectID?
  /// Who is waited for, where it is an actor.
  public let awaited: ActorID?
  /// Nanoseconds of the run.
  public let since: UInt64
  /// When the wait ends by itself, in nanoseconds of the run; nil for never.
  public let until: Int64?
}

/// The task that a worker has in hand.
public struct TaskInHand: Sendable, Equatable {
  /// The pool that the task was submitted to.
  public let pool: ObjectID
  /// The task's number in its pool.
  public let number: Int
  /// The input that the task works on; nil where the events name none.
  public let value: EventValue?
}
