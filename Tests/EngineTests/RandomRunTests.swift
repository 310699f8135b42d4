import Events
import Glibc
import TestNumbers
import TestRuns
import Testing

@testable import Concurrency
@testable import Engine

extension RunTests {
  @Suite struct RandomRunTests {
    @Test(
      "Random runs with random pauses, steps, speeds and stops keep all invariants")
    func promises() throws {
      let before = Remains.descriptors().count
      for seed in 1...300 {
        var numbers = Seeded(UInt64(seed))
        let command = Self.command(&numbers)
        let run = try RecordedRun(command, speed: Self.speed(&numbers))
        try Self.interfere(with: run, &numbers)
        let events = try run.finish()
        let problems = violations(in: events) + Remains.actors(of: events)
        #expect(problems == [], "seed \(seed): \(command)")
      }
      #expect(Remains.descriptors(atMost: before) <= before)
    }

    private static func command(_ numbers: inout Seeded) -> String {
      func pick(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &numbers) }
      switch pick(0...9) {
      case 0...5:
        return "producer-consumer items=\(pick(1...6)) producers=\(pick(1...4))"
          + " consumers=\(pick(1...4)) add-delay=\(pick(0...300))us"
          + " remove-delay=\(pick(0...300))us pause=\(pick(0...100))us"
          + " lock=\(pick(0...1) == 0 ? "on" : "off")"
      case 6...8:
        let first = pick(0...300)
        return "factorial first=\(first) last=\(first + pick(0...40)) workers=\(pick(1...6))"
          + " order=\(pick(0...1) == 0 ? "up" : "down")"
      default:
        return "pool-sizing sizes=\(pick(1...3)) tasks=\(pick(1...8)) work=\(pick(0...300))us"
      }
    }

    private static func speed(_ numbers: inout Seeded) -> RunSpeed {
      // The normal speed is more frequent than the others.
      (RunSpeed.allCases + [.normal, .normal, .normal]).randomElement(using: &numbers) ?? .normal
    }

    /// Does nothing, or stops the run, or pauses, steps and resumes it at random speeds.
    private static func interfere(with run: RecordedRun, _ numbers: inout Seeded) throws {
      func pick(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &numbers) }
      let moment = pick(1...60)
      let isOver = { (events: [Event]) in events.last?.kind == .runFinish }
      try run.wait("event \(moment)") { $0.count >= moment || isOver($0) }
      switch pick(0...3) {
      case 0: return
      case 1:
        run.live.setSpeed(speed(&numbers))
        if pick(0...1) == 0 { run.live.stop() }
      default:
        for _ in 0..<pick(1...3) {
          let seen = run.events.count
          run.live.pause()
          try run.wait("rest") { events in
            isOver(events) || events.dropFirst(seen).contains { $0.kind == .runPause }
          }
          for _ in 0..<pick(0...12) {
            if pick(0...5) == 0 { run.live.setSpeed(speed(&numbers)) }
            run.live.step()
          }
          if pick(0...4) == 0 { return run.live.stop() }
          run.live.resume()
        }
      }
    }
  }
}
