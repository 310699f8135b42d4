/// What is true now of something that actors share.
public struct ObjectState: Sendable, Equatable {
  public let id: ObjectID
  /// The name that a person sees; `object 7` until its maker has said it.
  public internal(set) var name: String
  /// The type's name as it was given, such as `lock`; empty while it is not known.
  public internal(set) var type = ""
  /// Which of the following parts say something: known from the type or from the first use.
  public internal(set) var form = ObjectForm.unknown
  public internal(set) var lock = LockState()
  public internal(set) var sequence = SequenceState()
  public internal(set) var pool = PoolState()
  /// What a variable holds, as last read or written.
  public internal(set) var value: EventValue?
  /// Whether an event flag is set.
  public internal(set) var isSet = false

  init(id: ObjectID) {
    self.id = id
    name = "object \(id.rawValue)"
  }
}

/// What an object is used as.
public enum ObjectForm: Sendable {
  case unknown, lock, semaphore, condition, event, barrier, list, queue, pipe, variable, pool
}

/// Who holds a lock or a semaphore's permits.
public struct LockState: Sendable, Equatable {
  /// One for a lock; as many as there are inside for a semaphore, in the order of entering.
  public internal(set) var holders: [ActorID] = []
  /// How often the holder has acquired a reentrant lock; 0 while it is free.
  public internal(set) var depth = 0
  /// How many permits of a semaphore are left; nil for a lock.
  public internal(set) var permits: Int?

  public var holder: ActorID? { holders.first }
}

/// What is in a list, a queue or a pipe.
public struct SequenceState: Sendable, Equatable {
  var values = ChunkedDeque<EventValue>()
  /// The greatest size so far.
  public internal(set) var peak = 0
  /// How many were added and taken so far.
  public internal(set) var added = 0
  public internal(set) var removed = 0

  public var count: Int { values.count }
  public subscript(index: Int) -> EventValue { values[index] }
  public var first: EventValue? { values.first }
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
  public internal(set) var isOpen = false
  /// The actors that started a task of it, in the order of their first.
  public internal(set) var workers: [ActorID] = []
  public internal(set) var submitted = 0
  public internal(set) var started = 0
  public internal(set) var finished = 0
  public internal(set) var failed = 0
  public internal(set) var cancelled = 0
  var tasks = TaskWindow()

  /// Submitted and not yet started.
  public var queued: Int { max(0, submitted - started - cancelled) }
  /// Started and not yet ended.
  public var busy: Int { max(0, started - finished - failed) }
}

/// An actor that waits for an object, and since when, in nanoseconds of the run.
public struct Waiter: Sendable, Equatable {
  public let actor: ActorID
  public let since: UInt64
}
