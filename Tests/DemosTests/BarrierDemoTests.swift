import Events
import TestRuns
import Testing

@testable import Concurrency

extension RunTests {
  @Suite struct BarrierDemoTests {
    @Test("No thread goes on before the last one is there", arguments: [2, 7])
    func all(_ parties: Int) throws {
      let run = try ThreadDemoRun("barrier parties=\(parties) delay=2ms")
      #expect(run.events.last?.runOutcome == .completed)
      let printed = run.events.compactMap(\.output)
      #expect(printed.count == 2 * parties)
      #expect(printed.prefix(parties).allSatisfy { $0.hasSuffix("is there") })
      #expect(printed.suffix(parties).allSatisfy { $0.contains("goes on after") })
      #expect(run.events.shown.hasPrefix("No thread went on before"))
    }
  }
}
