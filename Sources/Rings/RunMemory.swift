import CPlatform
public import Events
import Glibc
import Platform
import Synchronization

/// Why a run's memory could not be created or mapped.
public struct RunMemoryError: Error, CustomStringConvertible {
  let call: String
  let number: Int32

  public var description: String {
    let hint = number == EFBIG ? "; the limit for the size of files is too small (ulimit -f)" : ""
    return "the run's shared memory: \(call) failed: \(String(cString: strerror(number)))\(hint)"
  }
}

/// The mode of a run, in its control word.
public enum RunMode: UInt32, Sendable {
  case running
  /// No actor begins another operation; the clock stops as soon as all rest.
  case paused
  /// Each operation that can fail throws `RunStopped`.
  case stopping
}

/// The status of an actor, which shows whether it is at rest.
public enum SlotStatus: UInt32, Sendable {
  case free, computing, gated, waiting
  /// It takes no part in the run, like the run's own slot.
  case aside
}

/// One actor's words in the run's memory: its parker, and its state for the controller.
struct RunSlot: ~Copyable {
  /// The futex that the actor blocks on; it counts wake-ups.
  let parker = Atomic<UInt32>(0)
  let status = Atomic<UInt32>(0)
  /// 1 if the actor may do one operation while the run is paused.
  let permit = Atomic<UInt32>(0)
  let actor = Atomic<UInt32>(0)
  /// The deadline of the actor's wait, in the run's time; 0 for none.
  let deadline = Atomic<UInt64>(0)
  /// 0 free, 1 in use, 2 free when its ring is drained; else being claimed by a process.
  let ringState = Atomic<UInt32>(0)
  /// 1 if the actor must end its wait, which would last forever.
  let waitBroken = Atomic<UInt32>(0)
  /// The process that claimed the slot, and is responsible for it.
  let claimant = Atomic<Int32>(0)
  /// The low half is the ticket of the last park. The high half counts parks and returns, so it is
  /// odd while the actor is parked. Only the actor writes it.
  let parked = Atomic<UInt64>(0)
  /// How many messages the actor, a worker process, has sent to its parent.
  let sent = Atomic<UInt32>(0)
  /// How many of them have been handled.
  let received = Atomic<UInt32>(0)
  /// 1 if a signal was sent that ends the actor's process.
  let ending = Atomic<UInt32>(0)
  /// What the actor does next, while it waits in a pause; 0 for unknown.
  let next = Atomic<UInt32>(0)
}

/// The two ends of a ring, each on its own cache line.
struct RingEnds: ~Copyable {
  let head = Atomic<UInt64>(0)
  private let headPadding = InlineArray<7, UInt64>(repeating: 0)
  let tail = Atomic<UInt64>(0)
  private let tailPadding = InlineArray<7, UInt64>(repeating: 0)
}

/// The memory that a run's threads and worker processes share: control word, sequence counter,
/// clock, parkers and rings. A killed worker's events survive in it.
///
/// `@unchecked Sendable`: the pointers never change, and point to atomics, with two exceptions. One
/// writer and one drainer use a ring's records, ordered by the ring's ends. The values of cells are
/// behind a lock (`SharedCell`).
public final class RunMemory: @unchecked Sendable {
  /// How many actors a run can have at a time.
  public static let slotCount = 192
  /// How many records a ring has, a power of two.
  static let ringCapacity = 4096

  private static let headerBytes = 4096
  private static let slotBytes = 64 * slotCount
  private static let ringBytes =
    MemoryLayout<RingEnds>.size + ringCapacity * MemoryLayout<EventRecord>.stride
  static let cellsOffset = headerBytes + slotBytes + slotCount * ringBytes
  private static let totalBytes = cellsOffset + SharedCells.count * SharedCells.bytes

  /// The descriptor for worker processes to inherit. It closes with this object.
  public let descriptor: Int32
  private let base: UnsafeMutableRawPointer
  private let slots: UnsafeMutablePointer<RunSlot>

  // The header. Words that change separately are on separate cache lines.
  let control: UnsafeMutablePointer<Atomic<UInt32>>
  let sequence: UnsafeMutablePointer<Atomic<UInt64>>
  /// The run's clock, which is at 0 until the run begins.
  let face: ClockFace
  /// The drainer's futex; it counts rings of the bell.
  let bell: UnsafeMutablePointer<Atomic<UInt32>>
  /// 1 while the drainer sleeps until the next event.
  let drainerAsleep: UnsafeMutablePointer<Atomic<UInt32>>
  /// How many actors, objects and cells the run has so far.
  let numbered:
    (
      actors: UnsafeMutablePointer<Atomic<UInt32>>, objects: UnsafeMutablePointer<Atomic<UInt32>>,
      cells: UnsafeMutablePointer<Atomic<UInt32>>
    )
  /// 1 if waits that would last forever were found and ended.
  let stuck: UnsafeMutablePointer<Atomic<UInt32>>
  /// How many threads that are not actors now do something that may wake actors.
  let outsideWork: UnsafeMutablePointer<Atomic<UInt32>>

  /// Creates the memory of a new run.
  /// - Throws: `RunMemoryError` if the kernel has no memory or no descriptor.
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

  /// Maps the memory of a run that another process created.
  /// - Throws: `RunMemoryError` if the descriptor cannot be mapped.
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
    // The words' initial values are all zero, as in a new page.
    control = Self.word(base, 0)
    sequence = Self.word(base, 64)
    face = ClockFace(word: Self.word(base, 128), epoch: Self.word(base, 136))
    bell = Self.word(base, 192)
    drainerAsleep = Self.word(base, 196)
    numbered = (Self.word(base, 256), Self.word(base, 260), Self.word(base, 264))
    stuck = Self.word(base, 320)
    outsideWork = Self.word(base, 384)
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

  /// The number for a new actor, unique across the run's processes.
  public func nextActor() -> ActorID {
    ActorID(rawValue: numbered.actors.pointee.add(1, ordering: .relaxed).newValue)
  }

  /// The number for a new object, unique across the run's processes.
  public func nextObject() -> ObjectID {
    ObjectID(rawValue: numbered.objects.pointee.add(1, ordering: .relaxed).newValue)
  }

  /// How many events the run has numbered so far, in all its processes.
  public var eventCount: UInt64 { sequence.pointee.load(ordering: .acquiring) }

  /// Whether waits that would last forever were found and ended.
  public var wasStuck: Bool {
    get { stuck.pointee.load(ordering: .acquiring) != 0 }
    set { stuck.pointee.store(newValue ? 1 : 0, ordering: .releasing) }
  }

  /// The address of a cell.
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

  /// The run's clock, the same in all its processes.
  public var clock: RunClock { RunClock(memory: self) }

  /// Starts the run's clock.
  public func begin(speed: RunSpeed = .normal) {
    face.epoch.pointee.store(MonotonicClock.now(), ordering: .relaxed)
    face.word.pointee.store(ClockWord(startingAt: speed).bits, ordering: .releasing)
  }

  /// The run's mode. Setting it wakes all parked actors.
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

  /// Wakes every parked actor, so that it checks the mode and its condition again.
  public func wakeAll() {
    for index in 0..<Self.slotCount
    where slot(index).pointee.ringState.load(ordering: .acquiring) == 1 {
      unpark(index)
    }
  }

  /// Wakes the actor of a slot, or lets its next park return immediately.
  public func unpark(_ index: Int) {
    let slot = slot(index)
    slot.pointee.parker.wrappingAdd(1, ordering: .sequentiallyConsistent)
    _ = lks_futex_wake(slot, 1)
  }

  /// Wakes the drainer.
  public func ringBell() {
    bell.pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
    _ = lks_futex_wake(bell, 1)
  }
}
