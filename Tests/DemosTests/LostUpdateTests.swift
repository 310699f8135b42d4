import Events
import TestRuns
import Testing
import Trace

@testable import Concurrency

extension RunTests {
  @Suite struct LostUpdateTests {
    @Test(
      "In each run, the counted and the lost add up to the expected",
      arguments: [
        "lost-update", "lost-update lock=on", "lost-update threads=4 increments=20000 runs=2",
        "lost-update increments=10",
      ])
    func sums(_ command: String) throws {
      let run = try ThreadDemoRun(command)
      let words = run.events.first?.parameters?.split(separator: " ") ?? []
      let number = { (name: String) in
        words.first { $0.hasPrefix("\(name)=") }.flatMap { Int64($0.dropFirst(name.count + 1)) }
      }
      let (threads, increments) = (try #require(number("threads")), number("increments") ?? 0)
      for round in 1...(number("runs") ?? 0) {
        let counted = try #require(run.events.measures("run \(round): counted").first)
        let lost = try #require(run.events.measures("run \(round): lost").first)
        #expect(run.events.measures("run \(round): expected") == [threads * increments])
        #expect(counted + lost == threads * increments)
        #expect(lost >= 0)
        // The last thread to end has written at least its first value plus one.
        #expect(counted >= 1)
        if command.contains("lock=on") { #expect(lost == 0) }
      }
      // The counts have no events of their own.
      #expect(run.events.count < 1000)
    }

    @Test("Without the lock, one overlap is shown, and the detector finds its lost update")
    func overlap() throws {
      let run = try ThreadDemoRun("lost-update increments=100 runs=1")
      #expect(run.events(.variableRead).map(\.value) == ["41", "41"])
      #expect(run.events(.variableWrite).map(\.value) == ["42", "42"])
      let lost = run.findings.compactMap { finding -> Finding.LostUpdate? in
        if case .lostUpdate(let update) = finding.kind { update } else { nil }
      }
      #expect(lost.map(\.read) == [.number(41)])
      #expect(lost.map(\.firstWrote) == [.number(42)])
      #expect(lost.map(\.secondWrote) == [.number(42)])
      #expect(
        run.events.shown.contains("no proof that it is safe")
          || run.events.shown.contains("the number is chance"))
    }

    @Test("With the lock, the second thread reads what the first one wrote")
    func locked() throws {
      let run = try ThreadDemoRun("lost-update increments=100 runs=1 lock=on")
      #expect(run.events(.variableRead).map(\.value) == ["41", "42"])
      #expect(run.events(.variableWrite).map(\.value) == ["42", "43"])
      #expect(run.findings == [])
      #expect(run.events.shown.contains("the lock is held from the read to the write"))
    }
  }
}
