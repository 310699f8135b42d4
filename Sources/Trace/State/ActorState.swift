public import Events

/// The current state of one actor, a thread or a process.
public struct ActorState: Sendable, Equatable {
  /// The number that identifies it in events.
  public let id: ActorID
  /// The display name; `main` or `actor 7` until the actor has recorded it.
  public internal(set) var name: String
  /// The place of its letter among all letters, from 0; nil for the run's main thread.
  public internal(set) var rank: Int?
  /// Whether its letter no longer changes, because it has had a name.
  var hasFinalLetter = false
  /// Whether it is a thread or a process; a thread unless events say otherwise.
  public internal(set) var type = ActorType.thread
  /// The process ID, or 0 while unknown.
  public internal(set) var pid: Int32 = 0
  /// The kernel's thread ID, or 0 while unknown.
  public internal(set) var tid: Int32 = 0
  /// The actor that spawned it; nil for the run's main thread.
  public internal(set) var parent: ActorID?
  /// The phase of its life.
  public internal(set) var phase = ActorPhase.unknown
  /// When it was spawned, in nanoseconds of the run, or nil.
  public internal(set) var spawned: UInt64?
  /// When it started, in nanoseconds of the run, or nil.
  public internal(set) var started: UInt64?
  /// When it ended, in nanoseconds of the run, or nil.
  public internal(set) var ended: UInt64?
  /// The objects that it holds, in the order of acquiring, each once; at most `maxHolds` of them.
  public private(set) var holds: [ObjectID] = []
  /// The task that it works on, or nil.
  public internal(set) var task: CurrentTask?
  /// The line of the listing that it last reached, from 1, or nil.
  public internal(set) var line: Int?
  /// How many tasks it has finished, including failed ones.
  public internal(set) var tasksDone = 0
  /// How many exceptions it has raised, caught or not.
  public internal(set) var exceptions = 0
  /// The CPU time at the last sample, in nanoseconds, or nil.
  public internal(set) var cpu: Int64?
  /// The core that it ran on at the last sample, as the kernel numbers them from 0, or nil.
  public internal(set) var core: Int?

  init(id: ActorID) {
    self.id = id
    name = Self.defaultName(of: id)
  }

  /// The name of an actor before it has recorded one.
  private static func defaultName(of id: ActorID) -> String {
    id == .main ? "main" : "actor \(id.rawValue)"
  }

  /// The limit of `holds`, which keeps a release quick.
  static let maxHolds = 1024

  mutating func hold(_ object: ObjectID) {
    if holds.count < Self.maxHolds { holds.append(object) }
  }

  mutating func release(_ object: ObjectID) {
    if let place = holds.lastIndex(of: object) { holds.remove(at: place) }
  }

  /// Whether it has recorded its name.
  public var isNamed: Bool { name != Self.defaultName(of: id) }

  /// The letters that stand for it in every pane: A, B … Z, AA; `·` for the main thread.
  public var letter: String {
    id == .main ? "·" : ActorLetters.text(rank ?? max(0, id.index - 2))
  }

  /// Its current wait, or nil.
  public var wait: Wait? {
    if case .waiting(let wait) = phase { wait } else { nil }
  }

  /// Whether it has ended.
  public var isEnded: Bool {
    if case .ended = phase { true } else { false }
  }

  /// Whether it was spawned and has not ended.
  public var isAlive: Bool {
    switch phase {
    case .unknown, .ended: false
    case .spawned, .running, .waiting: true
    }
  }
}

/// Whether an actor is a thread or a process.
public enum ActorType: String, Sendable {
  case thread, process
}

/// The phase of an actor's life.
public enum ActorPhase: Sendable, Equatable {
  /// No event has mentioned it; only a higher number is in use.
  case unknown
  /// Spawned, but not started.
  case spawned
  case running
  case waiting(Wait)
  case ended(Ending)
}

/// How an actor ended.
public enum Ending: Sendable, Equatable {
  /// The thread's body returned.
  case returned
  case exited(status: Int)
  case killed(signal: Int)
}

/// A wait that has not ended.
public struct Wait: Sendable, Equatable {
  /// What the actor waits for.
  public let reason: WaitReason
  /// The object that is waited for, or nil.
  public let object: ObjectID?
  /// The actor that is waited for, or nil.
  public let awaited: ActorID?
  /// When the wait began, in nanoseconds of the run.
  public let since: UInt64
  /// The deadline, in nanoseconds of the run, or nil.
  let until: Int64?
}

/// The task that a worker works on.
public struct CurrentTask: Sendable, Equatable {
  /// The task's pool.
  public let pool: ObjectID
  /// The task's number in its pool.
  public let number: Int
  /// The task's input, or nil if events have none.
  public let value: EventValue?
}
