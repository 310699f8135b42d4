import CPlatform
import Events
import Glibc
import Synchronization
import Testing

@testable import Rings

@Suite struct RunRestTests {
  /// A run's memory and an actor that is parked there on a thread of its own.
  private struct Sleepers {
    let memory: RunMemory
    var threads = WriterThreads()

    init(speed: RunSpeed = .normal) throws {
      memory = try RunMemory()
      memory.begin(speed: speed)
    }

    /// Starts an actor that waits for a time of the run, and waits until it is parked.
    mutating func sleep(_ actor: Int, until deadline: UInt64?) throws -> ActorSlot {
      let slot = try #require(memory.claimSlot(for: ActorID(actor)))
      let memory = memory
      try threads.start {
        slot.deadline = deadline
        slot.status = .waiting
        while case let ticket = slot.ticket(), memory.mode != .stopping,
          deadline.map({ memory.clock.now() < $0 }) ?? true
        {
          slot.park(ticket, until: deadline)
        }
        slot.status = .computing
        slot.deadline = nil
        slot.retire()
        memory.noteRest()
      }
      return slot
    }

    func awaitRest() { while !memory.isAtRest { sched_yield() } }

    func finish() {
      memory.mode = .stopping
      threads.join()
    }
  }

  @Test("a slot that is unparked after its ticket was taken does not sleep")
  func parking() throws {
    let memory = try RunMemory()
    let slot = try #require(memory.claimSlot(for: ActorID(2)))
    let ticket = slot.ticket()
    slot.unpark()
    slot.park(ticket)
    #expect(slot.ticket() != ticket)
  }

  @Test("an actor rests while it is parked, and no more from the moment in which it is woken")
  func woken() throws {
    var sleepers = try Sleepers()
    let slot = try sleepers.sleep(2, until: nil)
    sleepers.awaitRest()
    #expect(sleepers.memory.computing.isEmpty)
    // What it would be woken by has happened, whether or not it runs already.
    slot.grantPermit()
    #expect(!sleepers.memory.isAtRest)
    #expect(sleepers.memory.computing == [ActorID(2)])
    #expect(slot.takePermit())
    sleepers.awaitRest()
    sleepers.finish()
  }

  @Test("a permit is used once, and is not for whoever has the slot next")
  func permits() throws {
    let memory = try RunMemory()
    let slot = try #require(memory.claimSlot(for: ActorID(2)))
    slot.grantPermit()
    #expect(slot.takePermit())
    #expect(!slot.takePermit())
    slot.grantPermit()
    slot.letGo()
    slot.deadline = 7
    slot.noteSent()
    slot.noteEnding()
    slot.retire()
    var drain = RingDrain(memory: memory)
    var events: [Event] = []
    drain.collect(into: &events)
    let next = try #require(memory.claimSlot(for: ActorID(3)))
    #expect(next.index == slot.index)
    #expect(!next.hasPermit)
    #expect(!next.isLetGo)
    #expect(next.deadline == nil)
  }

  @Test(
    "the run is not at rest while a message is on its way, a process is ending or hands are at work"
  )
  func outside() throws {
    var sleepers = try Sleepers()
    let slot = try sleepers.sleep(2, until: nil)
    sleepers.awaitRest()
    slot.noteSent()
    #expect(!sleepers.memory.isAtRest)
    slot.noteReceived()
    #expect(sleepers.memory.isAtRest)
    sleepers.memory.whileNotAtRest { #expect(!sleepers.memory.isAtRest) }
    #expect(sleepers.memory.isAtRest)
    slot.noteEnding()
    #expect(!sleepers.memory.isAtRest)
    sleepers.finish()
  }

  @Test("the last one to rest in a paused run stops the clock, and no one before")
  func lastOneStops() throws {
    var sleepers = try Sleepers()
    let memory = sleepers.memory
    let computing = try #require(memory.claimSlot(for: ActorID(9)))
    memory.clock.thaw(untilRest: true)
    memory.mode = .paused
    _ = try sleepers.sleep(2, until: 3_600_000_000_000)
    _ = try sleepers.sleep(3, until: nil)
    while memory.computing != [ActorID(9)] { sched_yield() }
    #expect(!memory.clock.isFrozen)
    let drain = RingDrain(memory: memory)
    let bell = drain.bellTicket
    computing.retire()
    memory.noteRest()
    #expect(memory.clock.isFrozen)
    #expect(drain.bellTicket != bell)
    sleepers.finish()
  }

  @Test("a clock that goes on for good is not stopped by one who comes to rest late")
  func lateRest() throws {
    let memory = try RunMemory()
    memory.begin()
    memory.clock.thaw(untilRest: true)
    let word = memory.face.load()
    memory.clock.thaw()
    #expect(!memory.clock.freeze(word))
    #expect(!memory.clock.isFrozen)
    memory.noteRest()
    #expect(!memory.clock.isFrozen)
  }

  @Test(
    "at unlimited speed a day's sleeps are over at once, one after the other, the last at its time")
  func unlimited() throws {
    var sleepers = try Sleepers(speed: .unlimited)
    let hour: UInt64 = 3_600_000_000_000
    // So that none begins when another has ended.
    let computing = try #require(sleepers.memory.claimSlot(for: ActorID(99)))
    for number in 1...24 { _ = try sleepers.sleep(number, until: UInt64(number) * hour) }
    computing.retire()
    sleepers.memory.noteRest()
    sleepers.threads.join()
    let end = sleepers.memory.clock.now()
    #expect(end >= 24 * hour)
    // A late thread is not an hour late.
    #expect(end < 25 * hour)
  }

  @Test("at unlimited speed the clock is not put forward while somebody computes")
  func unlimitedComputing() throws {
    var sleepers = try Sleepers(speed: .unlimited)
    let computing = try #require(sleepers.memory.claimSlot(for: ActorID(3)))
    _ = try sleepers.sleep(2, until: 3_600_000_000_000)
    while sleepers.memory.computing != [ActorID(3)] { sched_yield() }
    sleepers.memory.noteRest()
    #expect(sleepers.memory.clock.now() < 3_600_000_000_000)
    computing.retire()
    sleepers.memory.noteRest()
    sleepers.threads.join()
    #expect(sleepers.memory.clock.now() >= 3_600_000_000_000)
  }

  @Test("who sleeps when the speed is changed sleeps on at the new one")
  func changedSpeed() throws {
    var sleepers = try Sleepers(speed: .quarter)
    _ = try sleepers.sleep(2, until: 3_600_000_000_000)
    sleepers.awaitRest()
    sleepers.memory.setSpeed(.quadruple)
    #expect(sleepers.memory.clock.speed == .quadruple)
    sleepers.memory.setSpeed(.unlimited)
    sleepers.threads.join()
    #expect(sleepers.memory.clock.now() >= 3_600_000_000_000)
  }

  /// What several threads note, in the order in which they do.
  private final class Notes: Sendable {
    let deadlines = Mutex<[UInt64]>([])
    /// For whom the clock went on while he computed.
    let overtaken = Mutex<[UInt64]>([])
  }

  @Test("at unlimited speed many sleep again and again, and the clock waits for each that computes")
  func unlimitedOrder() throws {
    let memory = try RunMemory()
    memory.begin(speed: .unlimited)
    let notes = Notes()
    var threads = WriterThreads()
    // So that none begins before all are there.
    let starter = try #require(memory.claimSlot(for: ActorID(99)))
    for (actor, hundreds) in [(2, 10), (3, 17), (4, 23), (5, 31)] {
      let slot = try #require(memory.claimSlot(for: ActorID(actor)))
      try threads.start {
        for round in 1...2000 {
          let deadline = UInt64(round * hundreds) * 100_000_000_000
          slot.deadline = deadline
          slot.status = .waiting
          while case let ticket = slot.ticket(), memory.clock.now() < deadline {
            slot.park(ticket, until: deadline)
          }
          slot.deadline = nil
          slot.status = .computing
          notes.deadlines.withLock { $0.append(deadline) }
          let end = MonotonicClock.now() + 50_000
          while MonotonicClock.now() < end {}
          if memory.clock.now() > deadline + 60_000_000_000 {
            notes.overtaken.withLock { $0.append(deadline) }
          }
        }
        slot.retire()
        memory.noteRest()
      }
    }
    starter.retire()
    memory.noteRest()
    threads.join()
    let noted = notes.deadlines.withLock { $0 }
    #expect(noted.count == 8000)
    // Those that are not the same are a minute and more apart.
    #expect(zip(noted, noted.dropFirst()).filter { $0 > $1 }.count == 0)
    let overtaken = notes.overtaken.withLock { $0 }
    #expect(overtaken == [])
  }
}
