import Events
import Glibc
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct MemoryCostTests {
    private static let count = 8

    @Test("The memory of a process equals the kernel's figure, within a tenth")
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

    @Test("The memory of a thread is its part of the growth of its process, within a tenth")
    func threads() throws {
      let (run, early) = try heldBeforeTheThreads()
      let home = try #require(early.last { $0.kind == .processStart }?.pid)
      let empty = try Weight(of: home)
      let late = try run.step { $0.measure("a thread: private dirty") != nil }
      let full = try Weight(of: home)
      // Not the PSS: it includes a share of the libraries, which changes whenever another program
      // starts or ends between the two measurements.
      for (name, part) in Weight.parts where name != "PSS" {
        let measured = try #require(late.measure("a thread: \(name)"))
        let found = (full[keyPath: part] - empty[keyPath: part]) / Int64(Self.count)
        // The kernel counts pages in batches, so one page of 4 kB more or less is the same.
        #expect(abs(measured - found) <= found / 10 + 4096, "\(name): \(measured) against \(found)")
      }
      run.live.resume()
      let events = try run.finish()
      #expect(violations(in: events) == [])
      let reserved = try #require(events.measure("a thread: stack reserved"))
      let touched = try #require(events.measure("a thread: stack touched"))
      #expect(touched > 0)
      #expect(touched < reserved)
    }

    /// A run that pauses after the empty process is weighed.
    private func heldBeforeTheThreads() throws -> (RecordedRun, [Event]) {
      while true {
        let run = try RecordedRun("memory-cost count=\(Self.count)")
        let events = try run.step {
          $0.contains { $0.kind == .barrierPass && $0.actor == .main }
        }
        // If the threads exist already, the pause came too late.
        let threads = events.filter { $0.kind == .threadSpawn }
        if threads.isEmpty { return (run, events) }
        run.live.stop()
        try run.finish()
      }
    }

    @Test("All are alive when they are weighed, and a thread needs less memory than a process")
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

/// The memory of a process from other files of `/proc` than the engine reads, in bytes.
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
