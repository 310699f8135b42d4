import Events
import TestRuns
import Testing
import Trace

@testable import Concurrency

extension RunTests {
  @Suite struct RLockDemoTests {
    @Test("A reentrant lock counts its depth, and no other thread can release it")
    func reentrant() throws {
      let run = try ThreadDemoRun("rlock")
      #expect(run.events(.lockAcquire, .lockRelease).map(\.depth) == [1, 2, 1, 0])
      #expect(run.events(.waitBegin).filter { $0.waitReason == .lock }.isEmpty)
      #expect(run.events.result("depths") == "1, 2, 1, 0")
      let refusal = run.events(.exceptionRaise)
      #expect(refusal.map(\.type) == ["RuntimeError"])
      #expect(run.findings == [])
      #expect(run.events.last?.runOutcome == .completed)
    }

    @Test("A reentrant lock can be taken any number of times", arguments: [3, 8])
    func deeper(_ depth: Int) throws {
      let run = try ThreadDemoRun("rlock depth=\(depth)")
      let depths = Array(1...depth) + (0..<depth).reversed()
      #expect(run.events(.lockAcquire, .lockRelease).map(\.depth) == depths)
    }

    @Test("With a plain lock, the holder waits for itself, and main reports it")
    func plain() throws {
      let run = try ThreadDemoRun("rlock kind=plain")
      let worker = try #require(
        run.events(.actorName).first { $0.name == "worker" }?.actor)
      let cycles = run.findings.compactMap { finding -> [Finding.Link]? in
        if case .deadlock(let cycle, _) = finding.kind { cycle } else { nil }
      }
      #expect(cycles.map { $0.map(\.actor) } == [[worker]])
      #expect(cycles.first?.first?.holder == worker)
      let end = run.events(.waitEnd).first { $0.waitReason == .lock }
      #expect(end?.actor == worker)
      #expect(end?.waitOutcome == .stopped)
      #expect(run.events.last?.runOutcome == .deadlocked)
      #expect(run.events.result("shown")?.contains("for itself") == true)
      #expect(run.events.measures("worker: waited for itself").count == 1)
    }
  }
}
