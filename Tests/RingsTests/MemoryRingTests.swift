import Events
import Glibc
import Platform
import Synchronization
import Testing

@testable import Rings

/// A run's memory with a drain and rings.
private final class RingBench {
  let memory: RunMemory
  private(set) var events: [Event] = []
  private var drain: RingDrain

  init() throws {
    memory = try RunMemory()
    memory.begin()
    drain = RingDrain(memory: memory)
  }

  func slot(_ actor: Int) throws -> ActorSlot {
    try #require(memory.claimSlot(for: ActorID(actor)))
  }

  func writer(_ slot: ActorSlot) -> RingWriter {
    RingWriter(memory: memory, slot: slot.index, actor: slot.actor ?? .main)
  }

  /// Leaves a piece of a text without its event, as a killed writer does.
  func leavePiece(_ slot: ActorSlot) {
    var piece = EventRecord()
    piece.kind = textPieceKind
    piece.textLength = 8
    memory.ringRecords(slot.index)[0] = piece
    memory.ringEnds(slot.index).pointee.tail.store(2, ordering: .releasing)
  }

  /// Collects the events that are there now.
  func collect(limit: Int = .max) { drain.collect(limit: limit, into: &events) }

  /// Collects events until there are so many.
  func collect(until count: Int) {
    let end = MonotonicClock.now() + 60_000_000_000
    while events.count < count, MonotonicClock.now() < end {
      let before = events.count
      collect()
      if events.count == before { drain.sleep(drain.bellTicket, atMost: 10_000_000) }
    }
  }

  var lost: Int { drain.lost }
}

private func numbered(_ number: Int) -> EventRecord {
  var event = EventRecord(.measure)
  event[0] = Int64(number)
  return event
}

@Suite struct MemoryRingTests {
  @Test("Events come out once, in order, with the writer's pid, tid and actor")
  func order() throws {
    let rings = try RingBench()
    let slot = try rings.slot(7)
    var writer = rings.writer(slot)
    for number in 1...5 { writer.record(numbered(number)) }
    rings.collect()
    rings.collect()
    #expect(rings.events.map(\.seq) == [1, 2, 3, 4, 5])
    #expect(rings.events.map { $0.record[0] } == [1, 2, 3, 4, 5])
    #expect(rings.events.allSatisfy { $0.pid == getpid() && $0.actor == ActorID(7) })
    #expect(zip(rings.events, rings.events.dropFirst()).allSatisfy { $0.time <= $1.time })
  }

  @Test("A writer waits while its ring is full, and no event is lost")
  func fullRing() throws {
    let rings = try RingBench()
    let slot = try rings.slot(2)
    let count = 10 * RunMemory.ringCapacity + 3
    var threads = WriterThreads()
    let memory = rings.memory
    try threads.start {
      var writer = RingWriter(memory: memory, slot: slot.index, actor: ActorID(2))
      for number in 1...count { writer.record(numbered(number)) }
    }
    rings.collect(until: count)
    threads.join()
    #expect(rings.events.map { $0.record[0] } == (1...count).map { Int64($0) })
    #expect(rings.events.map(\.seq) == (1...count).map { UInt64($0) })
    #expect(rings.lost == 0)
  }

  @Test("A ring holds as many events as its capacity")
  func capacity() throws {
    let rings = try RingBench()
    var writer = rings.writer(try rings.slot(2))
    for number in 1...RunMemory.ringCapacity { writer.record(numbered(number)) }
    rings.collect(limit: 100)
    #expect(rings.events.count == 100)
    for number in 1...100 { writer.record(numbered(RunMemory.ringCapacity + number)) }
    rings.collect()
    #expect(rings.events.count == RunMemory.ringCapacity + 100)
    #expect(rings.events.last?.record[0] == Int64(RunMemory.ringCapacity + 100))
  }

  @Test("Texts of any length arrive intact, across the ring's end and longer than the ring")
  func texts() throws {
    let rings = try RingBench()
    let slot = try rings.slot(2)
    let ringBytes = RunMemory.ringCapacity * MemoryLayout<EventRecord>.stride
    let lengths =
      [0, 1, 55, 56, 57, 59, 60, 61, 63, 64, 65, 127, 128, 65_531, 65_532, 65_533]
      + [ringBytes - 4, ringBytes, ringBytes + 1, 3 * ringBytes + 17, 0, 5]
    let sent = lengths.enumerated().map { index, length in
      ["\(index)", String(repeating: "é", count: length / 2) + (length % 2 == 1 ? "x" : "")]
    }
    var threads = WriterThreads()
    let memory = rings.memory
    try threads.start {
      var writer = RingWriter(memory: memory, slot: slot.index, actor: ActorID(2))
      for texts in sent {
        writer.record(EventRecord(.output), texts: texts)
        writer.record(numbered(0))
      }
    }
    rings.collect(until: 2 * sent.count)
    threads.join()
    let withTexts = rings.events.filter { $0.kind == .output }
    #expect(withTexts.count == sent.count)
    for (event, texts) in zip(withTexts, sent) {
      let isWhole = event.texts == texts
      #expect(isWhole, "a text of \(texts[1].utf8.count) bytes")
    }
    #expect(rings.events.filter { $0.kind == .measure }.allSatisfy { $0.texts.isEmpty })
  }

  @Test("Events of several writers come out in the order of their numbers")
  func interleaved() throws {
    let rings = try RingBench()
    let count = 20_000
    var threads = WriterThreads()
    for actor in 2...4 {
      let (memory, slot) = (rings.memory, try rings.slot(actor))
      try threads.start {
        var writer = RingWriter(memory: memory, slot: slot.index, actor: ActorID(actor))
        for number in 1...count {
          if number % 100 == 0 {
            writer.record(numbered(number), texts: [String(repeating: "t", count: number % 700)])
          } else {
            writer.record(numbered(number))
          }
        }
      }
    }
    rings.collect(until: 3 * count)
    threads.join()
    #expect(rings.events.map(\.seq) == (1...3 * count).map { UInt64($0) })
    for actor in 2...4 {
      let mine = rings.events.filter { $0.actor == ActorID(actor) }
      #expect(mine.map { $0.record[0] } == (1...count).map { Int64($0) })
      #expect(Set(mine.map(\.tid)).count == 1)
    }
    #expect(rings.lost == 0)
  }

  @Test("A slot is reused once its ring is drained")
  func reuse() throws {
    let rings = try RingBench()
    for round in 1...3 * RunMemory.slotCount {
      let slot = try rings.slot(round)
      var writer = rings.writer(slot)
      writer.record(numbered(round), texts: ["round \(round)"])
      slot.retire()
      rings.collect()
      #expect(slot.actor == nil)
    }
    #expect(rings.events.map { $0.texts.first } == (1...576).map { "round \($0)" })
    #expect(rings.memory.actorSlots.isEmpty)
  }

  @Test("A claim fails while all slots are in use, and waits for one that is to be drained")
  func claiming() throws {
    let rings = try RingBench()
    let slots = try (1...RunMemory.slotCount).map { try rings.slot($0) }
    #expect(Set(slots.map(\.index)).count == RunMemory.slotCount)
    #expect(rings.memory.claimSlot(for: ActorID(999)) == nil)
    var writer = rings.writer(slots[5])
    writer.record(numbered(1))
    slots[5].retire()
    var threads = WriterThreads()
    let memory = rings.memory
    try threads.start {
      guard let slot = memory.claimSlot(for: ActorID(1000)) else { return }
      var writer = RingWriter(memory: memory, slot: slot.index, actor: ActorID(1000))
      writer.record(numbered(2))
    }
    rings.collect(until: 2)
    threads.join()
    #expect(rings.events.map(\.actor) == [ActorID(6), ActorID(1000)])
  }

  @Test("The number of a killed writer's event is skipped after a while, and counted as lost")
  func holes() throws {
    let rings = try RingBench()
    var writer = rings.writer(try rings.slot(2))
    writer.record(numbered(1))
    // A writer takes numbers and is killed before it publishes the events.
    rings.memory.sequence.pointee.wrappingAdd(2, ordering: .relaxed)
    writer.record(numbered(4))
    rings.collect()
    #expect(rings.events.map(\.seq) == [1])
    rings.collect(until: 2)
    #expect(rings.events.map(\.seq) == [1, 4])
    #expect(rings.lost == 2)
    writer.record(numbered(5))
    rings.collect()
    #expect(rings.events.map(\.seq) == [1, 4, 5])
  }

  @Test("Pieces of a killed writer's text do not get into another event")
  func orphanedPieces() throws {
    let rings = try RingBench()
    let slot = try rings.slot(2)
    rings.leavePiece(slot)
    var writer = rings.writer(slot)
    writer.record(EventRecord(.processExit), pid: 1, tid: 1, actor: 2)
    slot.retire()
    rings.collect()
    let next = try rings.slot(3)
    var nextWriter = rings.writer(next)
    nextWriter.record(EventRecord(.actorName), texts: ["adder", "thread"])
    rings.collect()
    #expect(rings.events.map(\.texts) == [[], ["adder", "thread"]])
  }

  @Test("Pieces of a killed writer's text do not get into an event of the slot's next actor")
  func piecesOfThePreviousActor() throws {
    let rings = try RingBench()
    let slot = try rings.slot(2)
    rings.leavePiece(slot)
    slot.retire()
    rings.collect()
    let next = try rings.slot(3)
    #expect(next.index == slot.index)
    var writer = rings.writer(next)
    writer.record(EventRecord(.actorName), texts: ["adder", "thread"])
    rings.collect()
    #expect(rings.events.map(\.texts) == [["adder", "thread"]])
  }
}
