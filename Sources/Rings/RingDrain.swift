import CPlatform
public import Events
import Glibc
import Platform
import Synchronization

/// The reading end of all rings of a run: returns the events in the order of their numbers.
///
/// A writer takes an event's number a moment before it publishes the event. So the drain may have
/// to wait for the next number. A writer that is killed in that moment leaves a gap, which the
/// drain skips after `patience` and counts as lost.
public struct RingDrain: ~Copyable {
  private let memory: RunMemory
  private var nextSeq: UInt64 = 1
  /// How long the current gap has been waited for, when it was last looked at, and how many events
  /// were numbered when it began; nil for none.
  private var gap: (waited: UInt64, lastLook: UInt64, numbered: UInt64)?
  /// The events up to this number have been waited for.
  private var awaited: UInt64 = 0
  /// Pieces of a long text whose event has not come yet, by ring.
  private var pieces: [Int: [UInt8]] = [:]
  /// How many events were lost.
  public private(set) var lost = 0

  private static let patience: UInt64 = 500_000_000
  /// How long to sleep while a writer is about to publish, in nanoseconds.
  private static let briefSleep: Int64 = 200_000
  private static let maxLook: UInt64 = 50_000_000
  private static let mask = UInt64(RunMemory.ringCapacity - 1)
  private static let recordBytes = MemoryLayout<EventRecord>.stride

  /// Creates the only drain of a run's rings, before its first event.
  public init(memory: RunMemory) { self.memory = memory }

  /// Appends the events that are next in order, up to a limit, and frees finished rings.
  public mutating func collect(limit: Int = 65_536, into events: inout [Event]) {
    var taken = 0
    var progressed = true
    while progressed, taken < limit {
      progressed = false
      for index in 0..<RunMemory.slotCount {
        let state = memory.slot(index).pointee.ringState.load(ordering: .acquiring)
        guard state != 0 else { continue }
        let count = drainRing(index, limit: limit - taken, into: &events)
        taken += count
        progressed = progressed || count > 0
        if state == 2 { free(index) }
      }
    }
    noteGap(progressed: taken > 0)
  }

  private mutating func drainRing(_ index: Int, limit: Int, into events: inout [Event]) -> Int {
    let ends = memory.ringEnds(index)
    let records = memory.ringRecords(index)
    let tail = ends.pointee.tail.load(ordering: .acquiring)
    var head = ends.pointee.head.load(ordering: .relaxed)
    var taken = 0
    while head != tail, taken < limit {
      let record = records[Int(head & Self.mask)]
      let isPiece = record.kind == textPieceKind
      if !isPiece {
        if record.seq < nextSeq {
          // It came after its number was skipped, and is already counted as lost.
          pieces[index] = nil
          head &+= 1 &+ textRecords(of: record)
          continue
        }
        guard record.seq == nextSeq else { break }
      }
      if record.textLength > 0 {
        Self.append(
          textOf: record, at: head, in: records, to: &pieces[index, default: []])
      }
      head &+= 1 &+ textRecords(of: record)
      if !isPiece {
        var packed = pieces.isEmpty ? nil : pieces.removeValue(forKey: index)
        // An event carries the end of its own text. These pieces belong to an event that never
        // came.
        if record.textLength == 0 { packed = nil }
        events.append(Event(record: record, texts: packed.map(TextPacking.unpack) ?? []))
        nextSeq += 1
        taken += 1
      }
    }
    ends.pointee.head.store(head, ordering: .releasing)
    return taken
  }

  private func textRecords(of record: EventRecord) -> UInt64 {
    UInt64((Int(record.textLength) + Self.recordBytes - 1) / Self.recordBytes)
  }

  private static func append(
    textOf record: EventRecord, at head: UInt64, in records: UnsafeMutablePointer<EventRecord>,
    to bytes: inout [UInt8]
  ) {
    var left = Int(record.textLength)
    var position = head &+ 1
    while left > 0 {
      let count = min(left, recordBytes)
      let source = UnsafeRawBufferPointer(
        start: records + Int(position & Self.mask), count: count)
      bytes.append(contentsOf: source)
      left -= count
      position &+= 1
    }
  }

  private mutating func free(_ index: Int) {
    let ends = memory.ringEnds(index)
    let tail = ends.pointee.tail.load(ordering: .acquiring)
    guard ends.pointee.head.load(ordering: .relaxed) == tail else { return }
    // A writer that was killed between two pieces of a text leaves nothing to the next one.
    pieces[index] = nil
    memory.slot(index).pointee.ringState.store(0, ordering: .releasing)
  }

  private mutating func noteGap(progressed: Bool) {
    let issued = memory.sequence.pointee.load(ordering: .acquiring)
    guard !progressed, issued >= nextSeq else {
      gap = nil
      return
    }
    let now = MonotonicClock.now()
    guard let (waited, lastLook, numbered) = gap else {
      gap = (nextSeq <= awaited ? Self.patience : 0, now, issued)
      return
    }
    // The whole program may have been stopped since the last look, so a long time does not count.
    let total = waited + min(now &- lastLook, Self.maxLook)
    gap = (total, now, numbered)
    guard total > Self.patience else { return }
    // Several writers may have been killed at once. Their gaps have been waited for together.
    awaited = numbered
    let next = smallestWaiting() ?? issued &+ 1
    lost += Int(next &- nextSeq)
    nextSeq = next
    gap = nil
  }

  private func smallestWaiting() -> UInt64? {
    var smallest: UInt64?
    for index in 0..<RunMemory.slotCount
    where memory.slot(index).pointee.ringState.load(ordering: .acquiring) != 0 {
      let ends = memory.ringEnds(index)
      let head = ends.pointee.head.load(ordering: .relaxed)
      guard head != ends.pointee.tail.load(ordering: .acquiring) else { continue }
      let record = memory.ringRecords(index)[Int(head & Self.mask)]
      guard record.kind != textPieceKind else { continue }
      smallest = min(smallest ?? .max, record.seq)
    }
    return smallest
  }

  /// Whether every numbered event has been returned.
  public var isUpToDate: Bool {
    memory.sequence.pointee.load(ordering: .sequentiallyConsistent) < nextSeq
  }

  /// The bell's current count, as a ticket for `sleep` and `gather`. Take it before checking for
  /// work, so that no ring is missed.
  public var bellTicket: UInt32 { memory.bell.pointee.load(ordering: .sequentiallyConsistent) }

  /// Sleeps until an event comes, the bell has rung since the ticket was taken, or the time is
  /// over.
  public func sleep(_ ticket: UInt32, atMost nanoseconds: Int64) {
    memory.drainerAsleep.pointee.store(1, ordering: .sequentiallyConsistent)
    // A writer that has taken a number may already have decided not to ring.
    let atMost = isUpToDate ? nanoseconds : min(nanoseconds, Self.briefSleep)
    _ = lks_futex_wait(memory.bell, ticket, atMost)
    memory.drainerAsleep.pointee.store(0, ordering: .relaxed)
  }

  /// Sleeps while events gather, so that a burst does not wake the drainer for each of them. The
  /// bell, which a writer rings when its ring is full, ends the sleep early.
  public func gather(_ ticket: UInt32, nanoseconds: Int64) {
    _ = lks_futex_wait(memory.bell, ticket, nanoseconds)
  }
}
