import Events
import Glibc
import TestRuns
import Testing

@testable import Demos

extension RunTests {
  @Suite struct CPUBoundTests {
    private static let arms = ["1 thread", "1 process", "2 threads", "2 processes"]

    @Test("Each round measures the time and the cores of each arm once, in turn")
    func arms() throws {
      let events = try RecordedRun.events(of: "cpu-bound workers=1...2 work=50ms rounds=3")
      #expect(violations(in: events) == [])
      let order = events.filter { $0.kind == .measure }.compactMap(\.name)
        .filter { $0.hasSuffix(": time") }
      #expect(order == (0..<3).flatMap { _ in Self.arms.map { "\($0): time" } })
      for arm in Self.arms {
        #expect(events.measures("\(arm): time").allSatisfy { $0 > 0 })
        #expect(events.measures("\(arm): cores used").count == 3)
      }
    }

    @Test("The speed-up of an arm is the time of one worker of its kind divided by its own")
    func speedUp() throws {
      let events = try RecordedRun.events(of: "cpu-bound workers=1...2 work=50ms rounds=1")
      for (arm, alone) in zip(Self.arms, ["1 thread", "1 process", "1 thread", "1 process"]) {
        let one = try #require(events.measure("\(alone): time"))
        let many = try #require(events.measure("\(arm): time"))
        #expect(events.measure("\(arm): speed-up") == one * 100 / many)
      }
    }

    @Test("There is no speed-up without an arm of one worker")
    func noSpeedUp() throws {
      let events = try RecordedRun.events(of: "cpu-bound workers=2 work=50ms rounds=1")
      #expect(!events.contains { $0.kind == .measure && $0.name?.hasSuffix("speed-up") == true })
      #expect(events.shown.contains("2 threads"))
      #expect(events.shown.contains("2 processes"))
    }

    @Test("Threads compute in the main process, and each worker process in its own")
    func pids() throws {
      let events = try RecordedRun.events(of: "cpu-bound workers=2 work=50ms rounds=1")
      let starts = events.filter { $0.kind == .processStart }
      // One more runs before the first round, as a warm-up.
      #expect(starts.count == 3)
      #expect(Set(starts.map(\.pid)).count == 3)
      #expect(starts.allSatisfy { $0.pid != getpid() })
      let threads = events.filter { $0.kind == .threadStart && $0.actor != .main }
      #expect(threads.count == 2)
      #expect(threads.allSatisfy { $0.pid == getpid() })
    }

    @Test("One worker and three workers share the same work")
    func sameWork() {
      #expect(CPUBoundDemo.parts(of: 100, among: 3) == [34, 33, 33])
      #expect(CPUBoundDemo.parts(of: 100, among: 1) == [100])
      #expect(CPUBoundDemo.parts(of: 2, among: 4).reduce(0, +) == 2)
    }

    @Test("The table says that it does not show CPython's threads")
    func honesty() throws {
      let shown = try RecordedRun.events(of: "cpu-bound workers=1 work=50ms rounds=1").shown
      #expect(shown.contains("native, no GIL"))
    }
  }
}
