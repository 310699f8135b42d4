import CPlatform
import Events
import Glibc
import Platform
import Testing

@testable import Rings

@Suite struct RunRestTests {
  /// A run's memory, and actors that are parked there on their own threads.
  private struct Sleepers {
    let memory: RunMemory
    var threads = WriterThreads()

    init(speed: RunSpeed = .normal) throws {
      memory = try RunMemory()
      memory.begin(speed: speed)
    }

    /// Starts an actor that waits for a time of the run.
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

  @Test("A slot that is unparked after its ticket was taken does not sleep")
  func parking() throws {
    let memory = try RunMemory()
    let slot = try #require(memory.claimSlot(for: ActorID(2)))
    let ticket = slot.ticket()
    slot.unpark()
    slot.park(ticket)
    #expect(slot.ticket() != ticket)
  }

  @Test("An actor rests while it is parked, until the moment it is woken")
  func woken() throws {
    var sleepers = try Sleepers()
    let slot = try sleepers.sleep(2, until: nil)
    sleepers.awaitRest()
    #expect(sleepers.memory.computing.isEmpty)
    // The wake-up counts even if the thread does not run yet.
    slot.grantPermit()
    #expect(!sleepers.memory.isAtRest)
    #expect(sleepers.memory.computing == [ActorID(2)])
    #expect(slot.takePermit())
    sleepers.awaitRest()
    sleepers.finish()
  }

  @Test("A permit is used once, and not by the slot's next actor")
  func permits() throws {
    let memory = try RunMemory()
    let slot = try #require(memory.claimSlot(for: ActorID(2)))
    slot.grantPermit()
    #expect(slot.takePermit())
    #expect(!slot.takePermit())
    slot.grantPermit()
    slot.markWaitBroken()
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
    #expect(!next.takeBrokenWait())
    #expect(next.deadline == nil)
  }

  @Test(
    "The run is not at rest while a message is on its way, a process is ending or outside work runs"
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

  @Test("In a paused run the last actor to rest stops the clock")
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

  @Test("A clock that runs on is not stopped by an actor that comes to rest late")
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
    "At unlimited speed a day's sleeps end without a wait, one after the other, in order")
  func unlimited() throws {
    var sleepers = try Sleepers(speed: .unlimited)
    let hour: UInt64 = 3_600_000_000_000
    // Keeps the clock from moving before all actors sleep.
    let computing = try #require(sleepers.memory.claimSlot(for: ActorID(99)))
    for number in 1...24 { _ = try sleepers.sleep(number, until: UInt64(number) * hour) }
    computing.retire()
    sleepers.memory.noteRest()
    sleepers.threads.join()
    let end = sleepers.memory.clock.now()
    #expect(end >= 24 * hour)
    // No thread is an hour late.
    #expect(end < 25 * hour)
  }

  @Test("At unlimited speed the clock does not jump while an actor computes")
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

  @Test("A change of speed applies to an actor that is already asleep")
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

  /// Notes of several threads, in order.
  private final class Notes: Sendable {
    let deadlines = Guarded<[UInt64]>([])
    /// The deadlines after which the clock moved while the actor computed.
    let overtaken = Guarded<[UInt64]>([])
  }

  @Test("At unlimited speed the clock waits for each of many actors that sleep and compute in turn")
  func unlimitedOrder() throws {
    let memory = try RunMemory()
    memory.begin(speed: .unlimited)
    let notes = Notes()
    var threads = WriterThreads()
    // Keeps the clock from moving before all actors have started.
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
    // Different deadlines are at least a minute apart.
    #expect(zip(noted, noted.dropFirst()).filter { $0 > $1 }.count == 0)
    let overtaken = notes.overtaken.withLock { $0 }
    #expect(overtaken == [])
  }
}
