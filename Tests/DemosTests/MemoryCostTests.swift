import Events
import Glibc
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct MemoryCostTests {
    private static let count = 8

    @Test("a process weighs what the kernel says of it while the run is held, within a tenth")
    func processes() throws {
      let run = try RecordedRun("memory-cost count=\(Self.count)")
      let held = try run.step { $0.measure("a process: private dirty") != nil }
      let pids = held.filter { $0.kind == .processStart }.map(\.pid).suffix(Self.count)
      let weights = try pids.map { try Weight(of: $0) }
      for (name, part) in Weight.parts {
        let measured = try #require(held.measure("a process: \(name)"))
        let found = weights.map { $0[keyPath: part] }.sorted()[Self.count / 2]
        #expect(abs(measured - found) * 10 <= found, "\(name): \(measured) against \(found)")
      }
      run.live.resume()
      #expect(violations(in: try run.finish()) == [])
    }

    @Test("a thread weighs its part of what its process has grown by, within a tenth")
    func threads() throws {
      let (run, early) = try heldBeforeTheThreads()
      let home = try #require(early.last { $0.kind == .processStart }?.pid)
      let empty = try Weight(of: home)
      let late = try run.step { $0.measure("a thread: private dirty") != nil }
      let full = try Weight(of: home)
      // Not the PSS: what a process grows by is small beside its share of the libraries, and that
      // changes with every other program that begins or ends between the two looks.
      for (name, part) in Weight.parts where name != "PSS" {
        let measured = try #require(late.measure("a thread: \(name)"))
        let found = (full[keyPath: part] - empty[keyPath: part]) / Int64(Self.count)
        #expect(abs(measured - found) * 10 <= found, "\(name): \(measured) against \(found)")
      }
      run.live.resume()
      let events = try run.finish()
      #expect(violations(in: events) == [])
      let reserved = try #require(events.measure("a thread: stack reserved"))
      let touched = try #require(events.measure("a thread: stack touched"))
      #expect(touched > 0)
      #expect(touched < reserved)
    }

    /// A run that rests once the empty process is weighed.
    private func heldBeforeTheThreads() throws -> (RecordedRun, [Event]) {
      while true {
        let run = try RecordedRun("memory-cost count=\(Self.count)")
        let events = try run.step {
          $0.contains { $0.kind == .barrierPass && $0.actor == .main }
        }
        // The pause came too late if the threads are there already.
        let threads = events.filter { $0.kind == .threadSpawn }
        if threads.isEmpty { return (run, events) }
        run.live.stop()
        try run.finish()
      }
    }

    @Test("all are there when they are weighed, and a thread weighs less than a process")
    func claim() throws {
      let events = try RecordedRun.events(of: "memory-cost count=4")
      #expect(events.last?.runOutcome == .completed)
      for (kind, arm) in [("thread", "a thread"), ("process", "a process")] {
        let weighed = try #require(
          events.firstIndex { $0.kind == .measure && $0.name == "\(arm): virtual" })
        for number in 1...4 {
          let actor = try #require(events.actor(named: "\(kind)-\(number)"))
          let isOf = { (event: Event) in event.actor == actor }
          let start = events.firstIndex { isOf($0) && $0.kind != .actorName }
          let end = events.lastIndex {
            isOf($0) && ($0.kind == .threadExit || $0.kind == .processExit)
          }
          #expect((start ?? .max) < weighed)
          #expect((end ?? 0) > weighed)
        }
      }
      let thread = try #require(events.measure("a thread: private dirty"))
      #expect(thread < events.measure("a process: private dirty") ?? 0)
    }
  }
}

/// What `/proc` says of a process, read in another way than the engine does, in bytes.
private struct Weight {
  let virtual: Int64
  let resident: Int64
  let proportional: Int64
  let privateDirty: Int64

  static var parts: [(String, KeyPath<Weight, Int64>)] {
    [
      ("virtual", \.virtual), ("RSS", \.resident), ("PSS", \.proportional),
      ("private dirty", \.privateDirty),
    ]
  }

  /// Adds up the mappings one by one.
  init(of pid: Int32) throws {
    let text = try #require(TestBundle.read("/proc/\(pid)/smaps"))
    var sums: [Substring: Int64] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 3, words[2] == "kB", let kilobytes = Int64(words[1]) else { continue }
      sums[words[0], default: 0] += kilobytes * 1024
    }
    virtual = sums["Size:"] ?? 0
    resident = sums["Rss:"] ?? 0
    proportional = sums["Pss:"] ?? 0
    privateDirty = sums["Private_Dirty:"] ?? 0
  }
}
