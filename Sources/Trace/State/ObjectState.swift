public import Events

/// The current state of an object that actors share.
public struct ObjectState: Sendable, Equatable {
  /// The number that identifies it in events.
  public let id: ObjectID
  /// The display name; `object 7` until its creator has recorded it.
  public internal(set) var name: String
  /// The recorded name of its type, such as `lock`; empty while unknown.
  var type = ""
  /// Which of the parts below apply, known from the type or from the first use.
  public internal(set) var form = ObjectForm.unknown
  /// The state of a lock or a semaphore.
  public internal(set) var lock = LockState()
  /// The contents of a list, a queue or a pipe.
  public internal(set) var sequence = SequenceState()
  /// The workers and tasks of a pool.
  public internal(set) var pool = PoolState()
  /// The value of a variable, as last read or written.
  public internal(set) var value: EventValue?
  /// Whether an event flag is set.
  public internal(set) var isSet = false
  /// How many actors wait for it, and how many of them for a notification.
  var waiting = 0
  var listening = 0

  init(id: ObjectID) {
    self.id = id
    name = "object \(id.rawValue)"
  }

  /// The type of a queue between processes.
  public static let processQueueType = "process queue"

  /// Whether values come out in the recorded order. Both directions of a pipe share one object, and
  /// each process puts values into a process queue through a feeder thread of its own.
  var isInOrder: Bool { form != .pipe && type != Self.processQueueType }
}

/// How an object is used.
public enum ObjectForm: Sendable {
  case unknown, lock, semaphore, condition, event, barrier, list, queue, pipe, variable, pool
}

/// The holders of a lock, or of a semaphore's permits.
public struct LockState: Sendable, Equatable {
  /// The holders in the order of acquiring, one for a lock; at most `maxHolders` of them.
  public internal(set) var holders: [ActorID] = []
  /// How many more hold permits of a semaphore.
  var further = 0
  /// How many times the holder holds a lock; 0 while it is free.
  public internal(set) var depth = 0
  /// How many permits a semaphore has left; nil for a lock.
  public internal(set) var permits: Int?

  /// The limit of `holders`. Only a damaged recording exceeds it.
  static let maxHolders = 1024
  /// The limit of `permits` in both directions. Only a damaged recording exceeds it.
  static let maxPermits = Int(Int32.max)

  /// The actor that has held it the longest, or nil while it is free.
  public var holder: ActorID? { holders.first }
  /// How many hold it.
  public var inside: Int { holders.count + further }
}

/// The contents of a list, a queue or a pipe.
public struct SequenceState: Sendable, Equatable {
  var values = ChunkedDeque<EventValue>()
  /// The largest size so far.
  public internal(set) var peak = 0
  /// How many values were added so far.
  public internal(set) var added = 0
  /// How many values were removed so far.
  public internal(set) var removed = 0

  /// How many values it holds.
  public var count: Int { values.count }
  /// The value at an index from the front, which must be less than `count`.
  public subscript(index: Int) -> EventValue { values[index] }
  /// The first value, or nil.
  var first: EventValue? { values.first }
  /// The values of a range, cut to the existing ones.
  public func values(in range: Range<Int>) -> [EventValue] { values.slice(range) }
}

/// A pool of workers and its tasks.
public struct PoolState: Sendable, Equatable {
  /// How many workers it opened with.
  public internal(set) var size = 0
  /// Whether it is open.
  public internal(set) var isOpen = false
  /// The actors that have started one of its tasks, in the order of their first.
  public private(set) var workers: [ActorID] = []
  private var members: Set<ActorID> = []
  /// How many tasks were submitted so far.
  public internal(set) var submitted = 0
  /// How many tasks were started so far.
  var started = 0
  /// How many tasks have finished without an exception so far.
  public internal(set) var finished = 0
  /// How many tasks have failed with an exception so far.
  public internal(set) var failed = 0
  /// How many tasks were cancelled before their start.
  var cancelled = 0
  var tasks = TaskWindow()

  /// How many tasks wait for a worker.
  public var queued: Int { max(0, submitted - started - cancelled) }
  /// How many tasks are running.
  public var busy: Int { max(0, started - finished - failed) }

  mutating func add(worker: ActorID) {
    if members.insert(worker).inserted { workers.append(worker) }
  }
}

/// An actor that waits for an object.
public struct Waiter: Sendable, Equatable {
  /// The waiting actor.
  public let actor: ActorID
  /// When its wait began, in nanoseconds of the run.
  public let since: UInt64
}
