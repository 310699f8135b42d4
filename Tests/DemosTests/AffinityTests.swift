import CPlatform
import Events
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct AffinityTests {
    /// The cores that a process may use according to the kernel, such as `0-1`.
    private func kernelsWord(of pid: String) throws -> String {
      let status = try #require(TestBundle.read("/proc/\(pid)/status"))
      let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
      return try #require(line.map { String($0.dropFirst(18)).trimmed })
    }

    private var allowed: [Int] {
      var cores = [Int32](repeating: 0, count: 1024)
      let count = lks_allowed_cores(&cores, 1024)
      return cores.prefix(Int(max(0, count))).map(Int.init)
    }

    @Test(
      "The kernel reports the same cores as the worker",
      arguments: [
        "on", "off",
      ])
    func kernelAgrees(pin: String) throws {
      let run = try RecordedRun("affinity workers=1 samples=200 pin=\(pin)")
      defer { run.live.stop() }
      let namesCores = { (event: Event) in
        event.kind == .output && event.output?.contains("may use the cores") == true
      }
      try run.wait("the worker's word") { $0.contains(where: namesCores) }
      run.live.pause()
      let events = try run.wait("rest") { $0.contains { $0.kind == .runPause } }
      let word = try #require(events.first(where: namesCores))
      let kernel = try kernelsWord(of: "\(word.pid)")
      if pin == "on" {
        let core = try #require(allowed.first)
        #expect(kernel == "\(core)")
        #expect(word.output == "worker-1 may use the cores [\(core)]")
      } else {
        #expect(kernel == (try kernelsWord(of: "self")))
        let cores = allowed.map(String.init).joined(separator: ", ")
        #expect(word.output == "worker-1 may use the cores [\(cores)]")
      }
      run.live.stop()
      try run.finish()
    }

    @Test("A tied worker runs only on its core, one that the program may use")
    func tied() throws {
      let report = PoolReport(try RecordedRun.events(of: "affinity workers=3 samples=4"))
      #expect(violations(in: report.events) == [])
      for index in 0..<3 {
        let name = "worker-\(index + 1)"
        let core = allowed[index % allowed.count]
        #expect(
          report.events.result("cores of \(name)")
            == Array(repeating: "\(core)", count: 4).joined(separator: " "))
        #expect(report.events.measures("\(name): moves") == [0])
        let actor = report.events.first { $0.kind == .actorName && $0.name == name }?.actor
        let looks = report.events.filter { $0.kind == .sample && $0.actor == actor }
        #expect(looks.count >= 4)
        #expect(looks.suffix(4).allSatisfy { $0.core == core })
      }
    }

    @Test("The moves of a free worker are the changes of its core between checks")
    func free() throws {
      let report = PoolReport(
        try RecordedRun.events(of: "affinity workers=2 samples=12 pin=off"))
      #expect(violations(in: report.events) == [])
      for name in ["worker-1", "worker-2"] {
        let cores = try #require(report.events.result("cores of \(name)")).split(separator: " ")
        #expect(cores.count == 12)
        #expect(cores.allSatisfy { Int($0).map(allowed.contains) ?? false })
        let moves = zip(cores, cores.dropFirst()).count { $0 != $1 }
        #expect(report.events.measures("\(name): moves") == [Int64(moves)])
      }
    }
  }

  @Suite struct CoreCallTests {
    @Test("Setting a nonexistent core fails")
    func refused() {
      #expect(lks_set_affinity(-1) > 0)
      #expect(lks_set_affinity(1_000_000) > 0)
    }

    @Test("The list of cores does not exceed its buffer")
    func room() {
      var cores: [Int32] = [-7, -7]
      let count = lks_allowed_cores(&cores, 1)
      #expect(count >= 1)
      #expect(cores[0] >= 0)
      #expect(cores[1] == -7)
      #expect(Int(count) == Int(lks_available_cores()))
    }
  }
}
