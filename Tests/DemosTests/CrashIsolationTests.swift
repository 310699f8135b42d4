import Events
import Glibc
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct CrashIsolationTests {
    @Test(
      "A process dies of the real signal, and all others reach 100 %",
      arguments: [("segv", SIGSEGV), ("abrt", SIGABRT), ("kill", SIGKILL)])
    func processes(_ signal: String, _ number: Int32) throws {
      let events = try RecordedRun.events(of: "crash-isolation workers=4 signal=\(signal)")
      #expect(events.last?.runOutcome == .completed)
      #expect(violations(in: events) == [])
      for worker in 1...4 {
        let actor = try #require(events.actor(named: "process-\(worker)"))
        let exit = try #require(events.first { $0.kind == .processExit && $0.actor == actor })
        #expect(exit.signal == (worker == 2 ? Int(number) : nil))
        #expect(events.measure("process-\(worker): reached") == (worker == 2 ? 40 : 100))
      }
      #expect(events.shown.hasPrefix("3 of 3 other processes finished, and 0 of 3 other threads."))
      #expect(Remains.actors(of: events) == [])
    }

    @Test(
      "A crash on one thread ends its process and all its threads by the same signal",
      arguments: [("segv", SIGSEGV), ("abrt", SIGABRT), ("kill", SIGKILL)])
    func threads(_ signal: String, _ number: Int32) throws {
      let events = try RecordedRun.events(of: "crash-isolation workers=3 signal=\(signal)")
      let home = try #require(events.actor(named: "home"))
      let end = try #require(
        events.firstIndex { $0.kind == .processExit && $0.actor == home })
      #expect(events[end].signal == Int(number))
      for worker in 1...3 {
        let actor = try #require(events.actor(named: "thread-\(worker)"))
        #expect(events.contains { $0.kind == .threadExit && $0.actor == actor })
        #expect(!events[end...].contains { $0.actor == actor && $0.kind == .variableWrite })
      }
      #expect(events.measure("thread-2: reached") == 40)
      #expect(Remains.actors(of: events) == [])
    }

    @Test("A lock that the crashed process held stays acquired, and the others give up")
    func lock() throws {
      let events = try RecordedRun.events(of: "crash-isolation workers=3 signal=kill lock=on")
      #expect(events.last?.runOutcome == .completed)
      let lock = try #require(events.object(named: "lock"))
      let acquires = events.filter { $0.kind == .lockAcquire && $0.object == lock }
      let releases = events.filter { $0.kind == .lockRelease && $0.object == lock }
      #expect(acquires.count == releases.count + 1)
      #expect(acquires.last?.actor == events.actor(named: "process-2"))
      #expect(events.count { $0.output?.contains("the lock is still acquired") == true } == 2)
      #expect(events.shown.hasPrefix("0 of 2 other processes finished, and 0 of 2 other threads."))
      #expect(Remains.actors(of: events) == [])
    }

    @Test("The last value that a worker wrote survives its crash")
    func counters() throws {
      let events = try RecordedRun.events(of: "crash-isolation workers=3")
      for name in ["process-1", "process-2", "thread-1", "thread-2", "thread-3"] {
        let counter = try #require(events.object(named: "\(name) %"))
        let last = events.last { $0.kind == .variableWrite && $0.object == counter }
        #expect(events.measure("\(name): reached") == last?.number(.value) ?? 0)
      }
    }

    @Test(
      "A worker that crashes leaves no core dump")
    func noDump() throws {
      let run = try RecordedRun("crash-isolation workers=2")
      let events = try run.step { $0.contains { $0.kind == .variableWrite } }
      let writer = try #require(events.last { $0.kind == .variableWrite })
      let limits = try #require(TestBundle.read("/proc/\(writer.pid)/limits"))
      let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
      #expect(core?.split(separator: " ").suffix(3) == ["0", "0", "bytes"])
      run.live.resume()
      try run.finish()
    }
  }
}
