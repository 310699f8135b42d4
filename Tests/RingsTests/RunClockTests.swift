import Events
import Glibc
import Testing

@testable import Rings

@Suite struct RunClockTests {
  @Test("a stopped clock stands, can be put forward but not back, and goes on from there")
  func stopped() throws {
    let memory = try RunMemory()
    memory.begin()
    let clock = memory.clock
    clock.freeze()
    let stood = clock.now()
    #expect(clock.isFrozen)
    #expect(clock.now() == stood)
    clock.advance(to: stood + 5_000_000_000)
    #expect(clock.now() == stood + 5_000_000_000)
    clock.advance(to: stood)
    #expect(clock.now() == stood + 5_000_000_000)
    clock.thaw()
    #expect(!clock.isFrozen)
    let later = clock.now()
    #expect(later >= stood + 5_000_000_000)
    // Ten minutes are more than any machine is late.
    #expect(later < stood + 605_000_000_000)
  }

  @Test(
    "no reader ever sees the clock go back, however it is stopped, let go, sped up and put forward")
  func monotonic() throws {
    let memory = try RunMemory()
    memory.begin()
    var threads = WriterThreads()
    for actor in 2...3 {
      let slot = try #require(memory.claimSlot(for: ActorID(actor)))
      try threads.start {
        // The backward steps are counted where the test can read them: in the slot's deadline.
        var (last, backward) = (UInt64(0), UInt64(0))
        while memory.mode == .running {
          let now = memory.clock.now()
          if now < last { backward += 1 }
          last = now
        }
        slot.deadline = backward
      }
    }
    let speeds = RunSpeed.allCases
    for round in 0..<100_000 {
      memory.clock.freeze()
      memory.clock.thaw(untilRest: round.isMultiple(of: 2))
      memory.clock.setSpeed(speeds[round % speeds.count])
      memory.clock.advance(to: memory.clock.now() + UInt64(round % 100))
    }
    memory.mode = .stopping
    threads.join()
    #expect(memory.actorSlots.compactMap(\.deadline) == [])
  }

  @Test("events tell the run's own time: those of a stopped clock have the same")
  func eventTime() throws {
    let memory = try RunMemory()
    memory.begin()
    let slot = try #require(memory.claimSlot(for: .main))
    var writer = RingWriter(memory: memory, slot: slot.index, actor: .main)
    writer.record(EventRecord(.line))
    memory.clock.freeze()
    memory.clock.advance(to: 7_000_000_000_000)
    writer.record(EventRecord(.line))
    writer.record(EventRecord(.output), texts: ["the same"])
    memory.clock.thaw()
    writer.record(EventRecord(.line))
    var drain = RingDrain(memory: memory)
    var events: [Event] = []
    drain.collect(into: &events)
    let times = events.map(\.time)
    #expect(times.count == 4)
    #expect(times[0] < 7_000_000_000_000)
    #expect(times[1...2] == [7_000_000_000_000, 7_000_000_000_000])
    #expect(times[3] >= 7_000_000_000_000)
  }

  @Test("a clock that somebody was killed in stopping is stopped by whoever looks at it next")
  func killedWhileStopping() throws {
    let memory = try RunMemory()
    memory.begin()
    let word = memory.face.load()
    #expect(memory.face.change(word, to: word.stopping))
    let stood = memory.clock.now()
    #expect(memory.clock.now() == stood)
    memory.clock.thaw()
    #expect(memory.clock.now() >= stood)
    #expect(!memory.clock.isFrozen)
  }
}
