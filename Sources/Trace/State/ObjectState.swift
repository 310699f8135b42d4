public import Events

/// What is true now of something that actors share.
public struct ObjectState: Sendable, Equatable {
  /// The number by which the run's events name it.
  public let id: ObjectID
  /// The name that a person sees; `object 7` until its maker has said it.
  public internal(set) var name: String
  /// The type's name as it was given, such as `lock`; empty while it is not known.
  public internal(set) var type = ""
  /// Which of the following parts say something: known from the type or from the first use.
  public internal(set) var form = ObjectForm.unknown
  /// Who is inside, where it is used as a lock or a semaphore.
  public internal(set) var lock = LockState()
  /// What it contains, where it is used as a list, a queue or a pipe.
  public internal(set) var sequence = SequenceState()
  /// Its workers and tasks, where it is used as a pool.
  public internal(set) var pool = PoolState()
  /// What a variable holds, as last read or written.
  public internal(set) var value: EventValue?
  /// Whether an event flag is set.
  public internal(set) var isSet = false
  /// How many actors wait for it now, whatever for, and how many of them to be notified.
  var waiting = 0
  var listening = 0

  init(id: ObjectID) {
    self.id = id
    name = "object \(id.rawValue)"
  }

  /// The type of a queue between processes.
  public static let processQueueType = "process queue"

  /// Whether what goes in first is told to come out first. Both ways of a pipe share one object; and
  /// what processes put into one queue each hands to a feeder of its own, which may be overtaken.
  var isInOrder: Bool { form != .pipe && type != Self.processQueueType }
}

/// What an object is used as.
public enum ObjectForm: Sendable {
  case unknown, lock, semaphore, condition, event, barrier, list, queue, pipe, variable, pool
}

/// Who holds a lock or a semaphore's permits.
public struct LockState: Sendable, Equatable {
  /// One for a lock; as many as there are inside for a semaphore, in the order of entering, of very
  /// many the first.
  public internal(set) var holders: [ActorID] = []
  /// How many are inside a semaphore beyond those.
  var further = 0
  /// How often the holder has acquired a reentrant lock; 0 while it is free.
  public internal(set) var depth = 0
  /// How many permits of a semaphore are left; nil for a lock.
  public internal(set) var permits: Int?

  /// More are counted only: no program has as many threads inside, a damaged recording may.
  static let mostHolders = 1024
  /// Permits beyond these, of either sign, come from a damaged recording.
  static let mostPermits = Int(Int32.max)

  /// Who has held it the longest; nil while it is free.
  public var holder: ActorID? { holders.first }
  /// How many are inside.
  public var inside: Int { holders.count + further }
}

/// What is in a list, a queue or a pipe.
public struct SequenceState: Sendable, Equatable {
  var values = ChunkedDeque<EventValue>()
  /// The greatest size so far.
  public internal(set) var peak = 0
  /// How many were added and taken so far.
  public internal(set) var added = 0
  /// How many were taken out so far.
  public internal(set) var removed = 0

  /// How many values are in it now.
  public var count: Int { values.count }
  /// The value at a place counted from the front, from 0, which must be below `count`.
  public subscript(index: Int) -> EventValue { values[index] }
  /// The value at the front, which has stood there the longest in a queue; nil when it is empty.
  public var first: EventValue? { values.first }
  /// The value at the back; nil when it is empty.
  public var last: EventValue? { values.last }
  /// All of it, from the front. O(n).
  public var contents: [String] { values.slice(0..<count).map(\.text) }
  /// A part of it, cut to what there is.
  public func values(in range: Range<Int>) -> [EventValue] { values.slice(range) }
}

/// A pool of workers and its tasks.
public struct PoolState: Sendable, Equatable {
  /// How many workers it was opened with.
  public internal(set) var size = 0
  /// Whether it has been opened and not yet closed.
  public internal(set) var isOpen = false
  /// The actors that started a task of it, in the order of their first.
  public private(set) var workers: [ActorID] = []
  private var members: Set<ActorID> = []
  /// How many tasks it was given so far.
  public internal(set) var submitted = 0
  /// How many of its tasks a worker has begun so far.
  public internal(set) var started = 0
  /// How many of its tasks ended well so far.
  public internal(set) var finished = 0
  /// How many of its tasks ended with an exception so far.
  public internal(set) var failed = 0
  /// How many of its tasks were called off before a worker began them.
  public internal(set) var cancelled = 0
  var tasks = TaskWindow()

  /// Submitted and not yet started.
  public var queued: Int { max(0, submitted - started - cancelled) }
  /// Started and not yet ended.
  public var busy: Int { max(0, started - finished - failed) }

  mutating func note(worker: ActorID) {
    if members.insert(worker).inserted { workers.append(worker) }
  }
}

/// An actor that waits for an object, and since when, in nanoseconds of the run.
public struct Waiter: Sendable, Equatable {
  /// The one who waits.
  public let actor: ActorID
  /// When its wait began, in nanoseconds of the run.
  public let since: UInt64
}
