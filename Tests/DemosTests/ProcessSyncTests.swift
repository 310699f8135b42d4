import Events
import Glibc
import TestRuns
import Testing
import Trace

@testable import Concurrency

extension RunTests {
  @Suite struct ProcessSyncTests {
    @Test("A process lock lets one process in at a time, and each gets its turns")
    func processLock() throws {
      for _ in 0..<3 {
        let events = try RecordedRun.events(of: "process-lock workers=4 turns=3 hold=1ms")
        #expect(events.last?.runOutcome == .completed)
        #expect(violations(in: events) == [])
        #expect(events.result("greatest inside at a time") == "1")
        let acquired = events.filter { $0.kind == .lockAcquire }
        #expect(acquired.count == 12)
        #expect(Set(acquired.map(\.pid)).count == 4)
        #expect(Set(acquired.map(\.pid)).contains(getpid()) == false)
        #expect(mostInside(events) == 1)
      }
    }

    @Test("There are never more processes inside than permits", arguments: [1, 2, 3])
    func semaphore(_ permits: Int) throws {
      for _ in 0..<2 {
        let events = try RecordedRun.events(
          of: "semaphore permits=\(permits) workers=5 turns=3 hold=2ms")
        #expect(events.last?.runOutcome == .completed)
        let acquired = events.filter { $0.kind == .lockAcquire }
        #expect(acquired.count == 15)
        #expect(Set(acquired.map(\.pid)).count == 5)
        #expect(mostInside(events) <= permits)
        #expect(acquired.allSatisfy { (0..<permits).contains($0.permits ?? -1) })
        #expect(events.result("greatest inside at a time").flatMap { Int($0) } ?? 99 <= permits)
      }
    }

    @Test("Each signal wakes one waiting process, and none continues before the first signal")
    func processCondition() throws {
      for delay in ["1ms", "30ms"] {
        let events = try RecordedRun.events(of: "process-condition waiters=3 delay=\(delay)")
        #expect(events.last?.runOutcome == .completed)
        #expect(violations(in: events) == [])
        let notified = events.filter { $0.kind == .conditionNotify }
        #expect(notified.count == 3)
        #expect(notified.allSatisfy { $0.pid == getpid() })
        let woken = events.filter { $0.kind == .waitEnd && $0.waitReason == .condition }
        #expect(woken.allSatisfy { $0.seq > notified[0].seq && $0.pid != getpid() })
        #expect(events.result("waiters woken") == "\(woken.count)")
        let gone = events.compactMap(\.output)
        #expect(Set(gone).count == 3)
        let latencies = events.filter { $0.name?.hasSuffix("signal to wake") == true }
        #expect(latencies.count <= woken.count)
        #expect(latencies.allSatisfy { ($0.number(.value) ?? 0) > 0 })
      }
    }

    @Test("One set wakes all processes that wait for the flag, and none continues earlier")
    func processEvent() throws {
      for _ in 0..<3 {
        let events = try RecordedRun.events(of: "process-event waiters=4 delay=20ms")
        #expect(events.last?.runOutcome == .completed)
        #expect(violations(in: events) == [])
        let set = events.filter { $0.kind == .eventSet }
        #expect(set.count == 1)
        let woken = events.filter { $0.kind == .waitEnd && $0.waitReason == .event }
        #expect(woken.allSatisfy { $0.seq > set[0].seq && $0.pid != set[0].pid })
        let gone = events.filter { $0.kind == .output }
        #expect(Set(gone.map(\.pid)).count == 4)
        #expect(gone.allSatisfy { $0.seq > set[0].seq })
      }
    }

    @Test(
      "If a process is killed while it holds the lock, the others wait until the run is stopped")
    func killedHolder() throws {
      let run = try RecordedRun("process-lock workers=3 turns=2 hold=1s")
      let events = try run.wait("a holder and two who wait") { events in
        events.contains { $0.kind == .lockAcquire }
          && events.filter { $0.kind == .waitBegin && $0.waitReason == .lock }.count == 2
      }
      let holder = try #require(events.first { $0.kind == .lockAcquire })
      kill(holder.pid, SIGKILL)
      let all = try run.finish()
      #expect(all.last?.runOutcome == .failed)
      let name = all.last { $0.kind == .actorName && $0.actor == holder.actor }?.name ?? "?"
      let raised = all.filter { $0.kind == .exceptionRaise }
      #expect(raised.map(\.message) == ["\(name) was killed by SIGKILL"])
      #expect(raised.map(\.actor) == [.main])
      // The waits end by the stop of the run, before they are broken one by one.
      #expect(!all.contains { $0.kind == .processExit && $0.status == 1 })
      #expect(Remains.actors(of: all).isEmpty)
      var detector = FindingDetector()
      let found = all.flatMap { detector.apply($0) }.map(\.kind)
      let left = found.filter {
        if case .waitForEnded(_, _, let dead) = $0 { dead == holder.actor } else { false }
      }
      #expect(left.count == 2)
    }

    // MARK: Helpers

    /// The most actors between their acquire and their release at the same time.
    private func mostInside(_ events: [Event]) -> Int {
      var inside = 0
      var most = 0
      for event in events {
        if event.kind == .lockAcquire { inside += 1 }
        if event.kind == .lockRelease { inside -= 1 }
        most = max(most, inside)
      }
      return most
    }
  }
}
