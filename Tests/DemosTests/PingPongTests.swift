import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct PingPongTests {
    @Test("The turn goes back and forth, and each side waits for it")
    func turns() throws {
      let events = try RecordedRun.events(of: "ping-pong trips=20 rounds=2")
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      for (kind, partner) in [("", "thread"), ("process ", "process")] {
        let actor = try #require(events.actor(named: partner))
        let ping = try #require(events.object(named: "\(kind)ping"))
        let pong = try #require(events.object(named: "\(kind)pong"))
        let pings = events.filter { $0.object == ping && $0.kind.isTurn }
        let pongs = events.filter { $0.object == pong && $0.kind.isTurn }
        // Two turns before the measured ones, then two rounds.
        let count = 2 + 2 * 20
        #expect(
          pings.map(\.kind) == (0..<count).flatMap { _ in [EventKind.lockRelease, .lockAcquire] })
        #expect(
          pongs.map(\.kind) == (0..<count).flatMap { _ in [EventKind.lockAcquire, .lockRelease] })
        #expect(pings.filter { $0.kind == .lockAcquire }.allSatisfy { $0.actor == actor })
        #expect(pings.filter { $0.kind == .lockRelease }.allSatisfy { $0.actor == .main })
        #expect(pongs.filter { $0.kind == .lockRelease }.allSatisfy { $0.actor == actor })
      }
    }

    @Test("The process has its own pid, and the thread has main's")
    func pids() throws {
      let events = try RecordedRun.events(of: "ping-pong trips=5 rounds=1")
      let main = events.first { $0.kind == .runStart }?.pid
      let pids = try ["thread", "process"].map { name in
        let actor = try #require(events.actor(named: name))
        return Set(events.filter { $0.actor == actor && $0.kind == .lockAcquire }.map(\.pid))
      }
      #expect(pids[0] == [try #require(main)])
      #expect(pids[1].count == 1 && pids[1] != pids[0])
    }

    @Test("One switch is half of a trip, and takes longer than a function call")
    func costs() throws {
      let events = try RecordedRun.events(of: "ping-pong trips=50 rounds=3")
      for arm in ["threads", "processes"] {
        let times = events.measures("\(arm): time for one")
        #expect(times.count == 3)
        // Each round has a hundred switches.
        #expect(times.reduce(0) { $0 + 100 * $1 } < Int64(events.last?.time ?? 0))
        let call = try #require(events.measures("function call: time for one").max())
        #expect(times.allSatisfy { $0 > call })
      }
      #expect(events.shown.contains("in calls"))
    }
  }
}

extension EventKind {
  fileprivate var isTurn: Bool { self == .lockAcquire || self == .lockRelease }
}
