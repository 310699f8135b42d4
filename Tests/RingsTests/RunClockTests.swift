import Events
import Glibc
import Testing

@testable import Rings

@Suite struct RunClockTests {
  @Test("A stopped clock can move ahead but not back, and later runs on from there")
  func stopped() throws {
    let memory = try RunMemory()
    memory.begin()
    let clock = memory.clock
    clock.freeze()
    let time = clock.now()
    #expect(clock.isFrozen)
    #expect(clock.now() == time)
    clock.advance(to: time + 5_000_000_000)
    #expect(clock.now() == time + 5_000_000_000)
    clock.advance(to: time)
    #expect(clock.now() == time + 5_000_000_000)
    clock.thaw()
    #expect(!clock.isFrozen)
    let later = clock.now()
    #expect(later >= time + 5_000_000_000)
    // No machine is ten minutes late.
    #expect(later < time + 605_000_000_000)
  }

  @Test(
    "No thread sees the clock go back while it is stopped, started, sped up and moved ahead")
  func monotonic() throws {
    let memory = try RunMemory()
    memory.begin()
    var threads = WriterThreads()
    for actor in 2...3 {
      let slot = try #require(memory.claimSlot(for: ActorID(actor)))
      try threads.start {
        // The slot's deadline carries the number of backward steps to the test.
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

  @Test("Events have the run's time, so events at a stopped clock have the same time")
  func eventTime() throws {
    let memory = try RunMemory()
    memory.begin()
    let slot = try #require(memory.claimSlot(for: .main))
    var writer = RingWriter(memory: memory, slot: slot.index, actor: .main)
    writer.record(EventRecord(.line))
    memory.clock.freeze()
    memory.clock.advance(to: 7_000_000_000_000)
    writer.record(EventRecord(.line))
    writer.record(EventRecord(.output), texts: ["text"])
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

  @Test("If a thread is killed while it stops the clock, the next reader completes the stop")
  func killedWhileStopping() throws {
    let memory = try RunMemory()
    memory.begin()
    let word = memory.face.load()
    #expect(memory.face.change(word, to: word.stopping))
    let time = memory.clock.now()
    #expect(memory.clock.now() == time)
    memory.clock.thaw()
    #expect(memory.clock.now() >= time)
    #expect(!memory.clock.isFrozen)
  }
}
