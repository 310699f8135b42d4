import CPlatform
import Glibc
import Synchronization

/// How the part of a run's memory is divided in which primitives between processes keep their
/// states.
public enum SharedCells {
  /// How many there are for one run.
  static let count = 256
  /// By what they are found.
  public static let indices = 0..<count
  /// Bytes of each: a cache line for its lock, and the value behind it.
  static let bytes = 8192
  static let valueOffset = 64
}

/// A small value in a run's memory that threads of all its processes use, behind a lock that is
/// held for one call.
///
/// Whoever is killed while it holds the lock does not keep it: the next one finds that the owner is
/// gone and goes on with the value as it stands.
///
/// `@unchecked Sendable`: the value is reached through the lock only, and is bits and nothing else.
public struct SharedCell<Value: Sendable>: @unchecked Sendable {
  /// The memory that the cell is a part of.
  public let memory: RunMemory
  /// The cell's place in the run's memory, by which other processes find it.
  public let index: Int

  private var word: UnsafeMutablePointer<Atomic<UInt32>> {
    memory.cell(index).assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  private var value: UnsafeMutablePointer<Value> {
    (memory.cell(index) + SharedCells.valueOffset).assumingMemoryBound(to: Value.self)
  }

  /// A new cell; nil when the run has used all of them up.
  public init?(_ value: Value, in memory: RunMemory) where Value: BitwiseCopyable {
    let index = Int(memory.numbered.cells.pointee.add(1, ordering: .relaxed).oldValue)
    guard index < SharedCells.count else { return nil }
    self.init(at: index, in: memory)
    (memory.cell(index) + SharedCells.valueOffset).initializeMemory(as: Value.self, to: value)
  }

  /// A cell that another process made.
  public init(at index: Int, in memory: RunMemory) where Value: BitwiseCopyable {
    precondition(
      MemoryLayout<Value>.size <= SharedCells.bytes - SharedCells.valueOffset,
      "\(Value.self) has no room in a cell")
    self.memory = memory
    self.index = index
  }

  /// Runs the body while nobody else, in whatever process, uses the value.
  public func withLock<Result, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    lock()
    lks_lock_acquired(word)
    defer {
      lks_lock_released(word)
      unlock()
    }
    return try body(&value.pointee)
  }

  // The lock's word: 0 when free, else the owner's thread number, with the highest bit where
  // somebody waits.
  private static var contended: UInt32 { 1 << 31 }
  /// How long a waiter sleeps before it looks whether the owner is still alive, in ns.
  private static var patience: Int64 { 20_000_000 }

  private func lock() {
    let own = UInt32(lks_gettid())
    var (isTaken, seen) = word.pointee.compareExchange(
      expected: 0, desired: own, ordering: .acquiringAndReleasing)
    while !isTaken {
      if seen == 0 {
        (isTaken, seen) = word.pointee.compareExchange(
          expected: 0, desired: own | Self.contended, ordering: .acquiringAndReleasing)
        continue
      }
      let marked = seen | Self.contended
      if seen != marked {
        let (isMarked, now) = word.pointee.compareExchange(
          expected: seen, desired: marked, ordering: .acquiringAndReleasing)
        guard isMarked else {
          seen = now
          continue
        }
      }
      let status = lks_futex_wait(word, marked, Self.patience)
      if status == ETIMEDOUT, Self.isGone(seen & ~Self.contended) {
        (isTaken, seen) = word.pointee.compareExchange(
          expected: marked, desired: own | Self.contended, ordering: .acquiringAndReleasing)
        continue
      }
      seen = word.pointee.load(ordering: .acquiring)
    }
  }

  private func unlock() {
    let owner = word.pointee.exchange(0, ordering: .acquiringAndReleasing)
    if owner & Self.contended != 0 { _ = lks_futex_wake(word, 1) }
  }

  private static func isGone(_ thread: UInt32) -> Bool {
    kill(pid_t(thread), 0) != 0 && errno == ESRCH
  }
}

extension SharedCell where Value == Int64 {
  /// What it holds now, without the lock.
  public func load() -> Int64 { atomic.pointee.load(ordering: .relaxed) }

  /// Puts a number there, without the lock and whatever was there.
  public func store(_ value: Int64) { atomic.pointee.store(value, ordering: .relaxed) }

  private var atomic: UnsafeMutablePointer<Atomic<Int64>> {
    (memory.cell(index) + SharedCells.valueOffset).assumingMemoryBound(to: Atomic<Int64>.self)
  }
}
