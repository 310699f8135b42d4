import CPlatform
import Glibc
import Synchronization

/// The layout of the cells, in which primitives keep the state that processes share.
public enum SharedCells {
  /// How many cells a run has.
  static let count = 256
  /// The indices of the cells.
  public static let indices = 0..<count
  /// The size of a cell: a cache line for its two words, then two places for its value.
  static let bytes = 16_384
  static let valueOffset = 64
  static let valueBytes = (bytes - valueOffset) / 2
}

/// A small value in a run's memory, shared by its processes and protected by a lock.
///
/// If a thread is killed while it holds the lock, the next one finds the owner gone and takes the
/// lock. It finds the value as it was before the owner's change: a change is made in a copy, which
/// becomes the value at the end, in one step. A value of one word changes in one step anyway.
///
/// `@unchecked Sendable`: the value is plain bits, and only used under the lock.
public struct SharedCell<Value: Sendable>: @unchecked Sendable {
  /// The memory that holds the cell.
  let memory: RunMemory
  /// The cell's index, by which other processes find it.
  public let index: Int

  private var word: UnsafeMutablePointer<Atomic<UInt32>> {
    memory.cell(index).assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  /// Which of the two places has the value.
  private var current: UnsafeMutablePointer<Atomic<UInt32>> {
    (memory.cell(index) + 4).assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  private func place(_ number: UInt32) -> UnsafeMutablePointer<Value> {
    let offset = SharedCells.valueOffset + Int(number) * SharedCells.valueBytes
    return (memory.cell(index) + offset).assumingMemoryBound(to: Value.self)
  }

  private static var isOneWord: Bool { MemoryLayout<Value>.size <= MemoryLayout<UInt64>.size }

  /// Creates a new cell, or nil if the run has used all cells.
  public init?(_ value: Value, in memory: RunMemory) where Value: BitwiseCopyable {
    let index = Int(memory.numbered.cells.pointee.add(1, ordering: .relaxed).oldValue)
    guard index < SharedCells.count else { return nil }
    self.init(at: index, in: memory)
    (memory.cell(index) + SharedCells.valueOffset).initializeMemory(as: Value.self, to: value)
  }

  /// Uses a cell that another process created.
  public init(at index: Int, in memory: RunMemory) where Value: BitwiseCopyable {
    precondition(
      MemoryLayout<Value>.size <= SharedCells.valueBytes,
      "\(Value.self) does not fit into a cell")
    self.memory = memory
    self.index = index
  }

  /// Runs a body with exclusive access to the value, across processes.
  public func withLock<Result, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    lock()
    lks_lock_acquired(word)
    defer {
      lks_lock_released(word)
      unlock()
    }
    guard !Self.isOneWord else { return try body(&place(0).pointee) }
    let number = current.pointee.load(ordering: .acquiring)
    let copy = place(1 - number)
    copy.pointee = place(number).pointee
    // Also a change that ends with an error counts.
    defer { current.pointee.store(1 - number, ordering: .releasing) }
    return try body(&copy.pointee)
  }

  // The lock's word: 0 if free, else the owner's thread ID, with the highest bit set if a thread
  // waits.
  private static var contended: UInt32 { 1 << 31 }
  /// How long a waiter sleeps before it checks that the owner is alive, in nanoseconds.
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
  /// Reads the value without the lock.
  public func load() -> Int64 { atomic.pointee.load(ordering: .relaxed) }

  /// Writes the value without the lock.
  public func store(_ value: Int64) { atomic.pointee.store(value, ordering: .relaxed) }

  private var atomic: UnsafeMutablePointer<Atomic<Int64>> {
    (memory.cell(index) + SharedCells.valueOffset).assumingMemoryBound(to: Atomic<Int64>.self)
  }
}
