import CPlatform
public import Events
import Glibc
import Synchronization

/// Why a run's memory could not be had.
public struct RunMemoryError: Error, CustomStringConvertible {
  let call: String
  let number: Int32

  public var description: String {
    let hint = number == EFBIG ? "; files may not become as large (ulimit -f)" : ""
    return "the run's shared memory: \(call) failed: \(String(cString: strerror(number)))\(hint)"
  }
}

/// What a run's control word says.
public enum RunMode: UInt32, Sendable {
  case running
  /// Nobody begins another operation; the clock stands as soon as all rest.
  case paused
  /// Whoever begins an operation that can fail gets `RunStopped`.
  case stopping
}

/// What an actor does, for those who must know whether the run has come to rest.
public enum SlotStatus: UInt32, Sendable {
  case free, computing, gated, waiting
  /// It does nothing of the run itself, as the run's own place.
  case aside
}

/// One actor's place in the run: its parker and what a controller needs to know of it.
struct RunSlot: ~Copyable {
  /// The actor's futex, the one place in which it blocks: counts wake-ups.
  let parker = Atomic<UInt32>(0)
  let status = Atomic<UInt32>(0)
  /// 1 when the controller lets the actor do one operation while the run is paused.
  let permit = Atomic<UInt32>(0)
  let actor = Atomic<UInt32>(0)
  /// The run's time at which the actor's wait ends by itself, 0 for never.
  let deadline = Atomic<UInt64>(0)
  /// 0 free, 1 in use, 2 to be freed once it is drained, 3 being taken.
  let ringState = Atomic<UInt32>(0)
  /// 1 when the actor's wait can never end and is to be broken off.
  let letGo = Atomic<UInt32>(0)
  /// The process that claimed the slot, whose death leaves it in nobody's hands.
  let claimant = Atomic<Int32>(0)
  /// Below, the ticket that the actor last parked with; above, how often it has parked and come
  /// back, odd while it is parked. Nobody else writes it.
  let parked = Atomic<UInt64>(0)
  /// How many messages the actor, a worker process, has sent to its parent.
  let sent = Atomic<UInt32>(0)
  /// How many of them have had their effect.
  let received = Atomic<UInt32>(0)
  /// 1 when a signal was sent that ends the actor's process.
  let ending = Atomic<UInt32>(0)
  private let padding = InlineArray<1, UInt32>(repeating: 0)
}

/// The two ends of a ring, each on its own cache line.
struct RingEnds: ~Copyable {
  let head = Atomic<UInt64>(0)
  private let headPadding = InlineArray<7, UInt64>(repeating: 0)
  let tail = Atomic<UInt64>(0)
  private let tailPadding = InlineArray<7, UInt64>(repeating: 0)
}

/// The memory that a run's threads and worker processes share: control word, sequence counter,
/// clock, parkers and rings. What a worker recorded there survives its being killed.
///
/// `@unchecked Sendable`: the pointers never change; all that is reached through them is atomic,
/// but for the rings' records, which one producer writes and one drainer reads, ordered by the
/// rings' ends, and for the cells' values, which are reached through a lock (`SharedCell`).
public final class RunMemory: @unchecked Sendable {
  /// How many actors a run can have at one time.
  public static let slotCount = 192
  /// Records in a ring, a power of two.
  static let ringCapacity = 4096

  private static let headerBytes = 4096
  private static let slotBytes = 64 * slotCount
  private static let ringBytes =
    MemoryLayout<RingEnds>.size + ringCapacity * MemoryLayout<EventRecord>.stride
  static let cellsOffset = headerBytes + slotBytes + slotCount * ringBytes
  private static let totalBytes = cellsOffset + SharedCells.count * SharedCells.bytes

  /// The descriptor that a worker process inherits; it closes with this object.
  public let descriptor: Int32
  private let base: UnsafeMutableRawPointer
  private let slots: UnsafeMutablePointer<RunSlot>

  // The header: each word that changes on its own has a cache line of its own.
  let control: UnsafeMutablePointer<Atomic<UInt32>>
  let sequence: UnsafeMutablePointer<Atomic<UInt64>>
  /// The run's clock, which stands at 0 until the run begins.
  let face: ClockFace
  /// The drainer's futex: counts rings of the bell.
  let bell: UnsafeMutablePointer<Atomic<UInt32>>
  /// 1 while the drainer sleeps and wants to be woken by the next event.
  let drainerAsleep: UnsafeMutablePointer<Atomic<UInt32>>
  /// How many actors, objects and cells the run has numbered so far.
  let numbered:
    (
      actors: UnsafeMutablePointer<Atomic<UInt32>>, objects: UnsafeMutablePointer<Atomic<UInt32>>,
      cells: UnsafeMutablePointer<Atomic<UInt32>>
    )
  /// 1 once some actors were found to wait for ever and were let go.
  let stuck: UnsafeMutablePointer<Atomic<UInt32>>
  /// How many threads that are no actors just do something that lets actors go on.
  let hands: UnsafeMutablePointer<Atomic<UInt32>>

  /// A new run's memory.
  /// - Throws: `RunMemoryError` when the kernel gives no memory or no descriptor.
  public convenience init() throws(RunMemoryError) {
    let descriptor = lks_memfd_create("lockstep-run")
    guard descriptor >= 0 else {
      throw RunMemoryError(call: "memfd_create", number: -descriptor)
    }
    guard ftruncate(descriptor, Self.totalBytes) == 0 else {
      let number = errno
      close(descriptor)
      throw RunMemoryError(call: "ftruncate", number: number)
    }
    try self.init(descriptor: descriptor)
  }

  /// The memory of a run that another process began.
  /// - Throws: `RunMemoryError` when the descriptor cannot be mapped.
  public init(descriptor: Int32) throws(RunMemoryError) {
    guard
      let base = mmap(
        nil, Self.totalBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, descriptor, 0),
      base != MAP_FAILED
    else {
      let number = errno
      close(descriptor)
      throw RunMemoryError(call: "mmap", number: number)
    }
    self.descriptor = descriptor
    self.base = base
    // A zeroed page is what the words' initialisers would write.
    control = Self.word(base, 0)
    sequence = Self.word(base, 64)
    face = ClockFace(word: Self.word(base, 128), epoch: Self.word(base, 136))
    bell = Self.word(base, 192)
    drainerAsleep = Self.word(base, 196)
    numbered = (Self.word(base, 256), Self.word(base, 260), Self.word(base, 264))
    stuck = Self.word(base, 320)
    hands = Self.word(base, 384)
    slots = (base + Self.headerBytes).bindMemory(to: RunSlot.self, capacity: Self.slotCount)
  }

  deinit {
    munmap(base, Self.totalBytes)
    close(descriptor)
  }

  private static func word<Value: AtomicRepresentable>(
    _ base: UnsafeMutableRawPointer, _ offset: Int
  ) -> UnsafeMutablePointer<Atomic<Value>> {
    (base + offset).bindMemory(to: Atomic<Value>.self, capacity: 1)
  }

  /// The number of a new actor, whichever process of the run makes it.
  public func nextActor() -> ActorID {
    ActorID(rawValue: numbered.actors.pointee.add(1, ordering: .relaxed).newValue)
  }

  /// The number of a new object, whichever process of the run makes it.
  public func nextObject() -> ObjectID {
    ObjectID(rawValue: numbered.objects.pointee.add(1, ordering: .relaxed).newValue)
  }

  /// How many events have been numbered so far, whichever process of the run recorded them.
  public var eventCount: UInt64 { sequence.pointee.load(ordering: .acquiring) }

  /// Whether some actors were found to wait for ever and were let go.
  public var wasStuck: Bool {
    get { stuck.pointee.load(ordering: .acquiring) != 0 }
    set { stuck.pointee.store(newValue ? 1 : 0, ordering: .releasing) }
  }

  /// Where a cell begins.
  func cell(_ index: Int) -> UnsafeMutableRawPointer {
    precondition((0..<SharedCells.count).contains(index), "no cell \(index)")
    return base + Self.cellsOffset + index * SharedCells.bytes
  }

  func slot(_ index: Int) -> UnsafeMutablePointer<RunSlot> {
    precondition((0..<Self.slotCount).contains(index), "no slot \(index)")
    return slots + index
  }

  func ringEnds(_ index: Int) -> UnsafeMutablePointer<RingEnds> {
    ringBase(index).assumingMemoryBound(to: RingEnds.self)
  }

  func ringRecords(_ index: Int) -> UnsafeMutablePointer<EventRecord> {
    (ringBase(index) + MemoryLayout<RingEnds>.size).assumingMemoryBound(to: EventRecord.self)
  }

  private func ringBase(_ index: Int) -> UnsafeMutableRawPointer {
    base + Self.headerBytes + Self.slotBytes + index * Self.ringBytes
  }

  /// The clock that everyone in this run sleeps, waits and records by, worker processes included.
  public var clock: RunClock { RunClock(memory: self) }

  /// Sets the moment from which the run's clock goes, and how fast it does.
  public func begin(speed: RunSpeed = .normal) {
    face.epoch.pointee.store(MonotonicClock.now(), ordering: .relaxed)
    face.word.pointee.store(ClockWord(startingAt: speed).bits, ordering: .releasing)
  }

  /// Whether the run goes on, is paused or is to stop; setting it wakes all who are parked.
  public var mode: RunMode {
    get {
      RunMode(rawValue: control.pointee.load(ordering: .sequentiallyConsistent))
        ?? .stopping
    }
    set {
      control.pointee.store(newValue.rawValue, ordering: .sequentiallyConsistent)
      wakeAll()
    }
  }

  /// Wakes every parked actor, so that it looks again at the control word and at what it waits for.
  public func wakeAll() {
    for index in 0..<Self.slotCount
    where slot(index).pointee.ringState.load(ordering: .acquiring) == 1 {
      unpark(index)
    }
  }

  /// Wakes the actor of a slot, or lets its next park return at once.
  public func unpark(_ index: Int) {
    let slot = slot(index)
    slot.pointee.parker.wrappingAdd(1, ordering: .sequentiallyConsistent)
    _ = lks_futex_wake(slot, 1)
  }

  /// Wakes the drainer, whatever it does.
  public func ringBell() {
    bell.pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
    _ = lks_futex_wake(bell, 1)
  }
}
