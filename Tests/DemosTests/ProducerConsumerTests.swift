import Events
import Glibc
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos
@testable import Engine

extension RunTests {
  @Suite struct ProducerConsumerTests {
    /// The defaults, but ten times as fast.
    private static let command = "producer-consumer add-delay=10ms remove-delay=15ms"

    @Test("The two actors are real threads, and neither is main")
    func threads() throws {
      let run = try RecordedRun(Self.command)
      try run.wait("both to wait") { events in
        Set(events.filter { $0.kind == .waitBegin && $0.actor != .main }.map(\.actor)).count == 2
      }
      // In a paused run, no thread can end during the test.
      run.live.pause()
      let paused = try run.wait("rest") { $0.contains { $0.kind == .runPause } }
      let starts = paused.filter { $0.kind == .threadStart }
      #expect(Set(starts.map(\.tid)).count == 3)
      for start in starts {
        #expect(start.pid == getpid())
        let name = paused.first { $0.kind == .actorName && $0.actor == start.actor }?.name
        #expect(TestBundle.read("/proc/self/task/\(start.tid)/comm") == name.map { $0 + "\n" })
      }
      run.live.resume()
      let events = try run.finish()
      let actors = Set(events.filter { [.listAppend, .listRemove].contains($0.kind) }.map(\.actor))
      #expect(actors == [ActorID(2), ActorID(3)])
      for actor in actors {
        #expect(Set(events.filter { $0.actor == actor }.map(\.tid)).count == 1)
      }
    }

    @Test("The numbers 0 to 9 are added in order and taken from the front of the list")
    func values() throws {
      let events = try RecordedRun.events(of: Self.command)
      #expect(violations(in: events) == [])
      let added = events.filter { $0.kind == .listAppend }
      #expect(added.compactMap { $0.number(.value) } == Array(0..<10))
      let removed = events.filter { $0.kind == .listRemove }
      #expect(removed.compactMap { $0.number(.value) } == (0..<Int64(removed.count)).map { $0 })
    }

    @Test("Each actor sleeps for its delay before each of its ten turns")
    func sleeps() throws {
      let events = try RecordedRun.events(of: Self.command)
      for (name, delay) in [("add_thread", Int64(10_000_000)), ("remove_thread", 15_000_000)] {
        let actor = try #require(events.first { $0.name == name }?.actor)
        let mine = events.filter { $0.actor == actor && $0.waitReason == .sleep }
        let begins = mine.filter { $0.kind == .waitBegin }
        let ends = mine.filter { $0.kind == .waitEnd }
        #expect(begins.count == 10)
        #expect(ends.count == 10)
        for (begin, end) in zip(begins, ends) {
          let until = try #require(begin.until)
          // The time of the event is a moment later than the start of the sleep.
          #expect(until - Int64(begin.time) <= delay)
          #expect(Int64(end.time) >= until)
          #expect(end.waited ?? 0 >= delay)
          #expect(end.waitOutcome == .got)
        }
        // That moment is usually short, so the best of ten shows the delay.
        let longest = begins.compactMap { begin in begin.until.map { $0 - Int64(begin.time) } }
          .max()
        #expect(longest ?? 0 > delay - 5_000_000)
      }
    }

    @Test("The final output and results match the events")
    func bookkeeping() throws {
      for command in [
        Self.command, "producer-consumer add-delay=2ms remove-delay=1300us",
        "producer-consumer items=20 add-delay=0 remove-delay=0 producers=3 consumers=2",
        "producer-consumer items=5 add-delay=0 remove-delay=300us consumers=1 producers=4",
      ] {
        let events = try RecordedRun.events(of: command)
        #expect(violations(in: events) == [])
        var list: [Int64] = []
        for event in events {
          if event.kind == .listAppend, let value = event.number(.value) { list.append(value) }
          if event.kind == .listRemove { list.removeFirst() }
        }
        #expect(events.result("final size") == "\(list.count)")
        #expect(events.last { $0.output != nil }?.output == "Final list: \(list)")
        let tries = events.filter { $0.kind == .line && $0.object != nil }.count
        let removed = events.filter { $0.kind == .listRemove }.count
        #expect(events.result("tries lost") == "\(tries - removed)")
        #expect(
          events.filter { $0.output == "List is empty, waiting for items..." }.count
            == tries - removed)
        #expect(events.result("exceptions") == "0")
      }
    }

    @Test("With the lock, each printed list is the list of that moment")
    func printedLists() throws {
      let events = try RecordedRun.events(
        of: "producer-consumer items=15 add-delay=100us remove-delay=150us producers=2 consumers=2")
      var list: [Int64] = []
      for event in events {
        if event.kind == .listAppend, let value = event.number(.value) { list.append(value) }
        if event.kind == .listRemove { list.removeFirst() }
        if let output = event.output, output.contains("Current list") {
          #expect(output.hasSuffix("Current list: \(list)"))
        }
      }
    }

    @Test("Without the lock, a pop from an emptied list raises an exception that ends the thread")
    func withoutLock() throws {
      // One number, two removers: both see it before either takes it, unless one remover is later
      // by the whole pause. In that case, the next attempt has a longer pause.
      for milliseconds in [40, 160, 640, 2_560] {
        let events = try RecordedRun.events(
          of: "producer-consumer items=1 lock=off consumers=2 add-delay=0 remove-delay=5ms"
            + " pause=\(milliseconds)ms")
        #expect(violations(in: events) == [])
        #expect(events.last?.runOutcome == .completed)
        #expect(!events.contains { [.lockAcquire, .lockRelease].contains($0.kind) })
        let raised = events.filter { $0.kind == .exceptionRaise }
        #expect(raised.allSatisfy { $0.type == "IndexError" })
        #expect(!events.contains { $0.kind == .exceptionCatch })
        for raise in raised {
          #expect(events.last { $0.actor == raise.actor }?.kind == .threadExit)
        }
        #expect(events.result("exceptions") == "\(raised.count)")
        #expect(events.shown.contains("IndexError") == !raised.isEmpty)
        if !raised.isEmpty { return }
      }
      Issue.record("no two removers ever met")
    }

    @Test("Events have the line of the listing where they happened")
    func lines() throws {
      let events = try RecordedRun.events(of: Self.command)
      let listing = try TestBundle.listing("producer_consumer.py")
      func line(_ event: Event) -> ProducerConsumerDemo.Line? {
        event.line.flatMap { .init(rawValue: listing[$0 - 1].trimmed) }
      }
      for event in events {
        switch event.kind {
        case .listAppend: #expect(line(event) == .append)
        case .listRemove: #expect(line(event) == .pop)
        case .waitBegin where event.waitReason == .sleep:
          #expect([.addSleep, .removeSleep].contains(line(event)))
        default: break
        }
      }
    }
  }
}
