import Catalog
import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct DelayTests {
    /// Where a run sleeps and yet shows how long the machine takes.
    private static let measured: Set = ["responsiveness"]

    /// How long a run's actors slept, in ns of its clock.
    private func slept(_ events: [Event]) -> Int64 {
      events.filter { $0.kind == .waitEnd && $0.waitReason == .sleep }
        .compactMap(\.waited).reduce(0, +)
    }

    @Test(
      "a demo that is said to have delays sleeps, and one that is not hardly does",
      arguments: DemoCatalog(cores: 2).demos)
    func delays(_ demo: Demo) throws {
      let events =
        demo.hasDelays
        ? try RecordedRun.events(of: demo.id, speed: .unlimited) : try QuickRun.events(of: demo.id)
      let slept = slept(events)
      if demo.hasDelays {
        #expect(slept >= 20_000_000, "\(demo.id) sleeps for \(slept) ns")
      } else if !Self.measured.contains(demo.id) {
        #expect(slept < 5_000_000, "\(demo.id) sleeps for \(slept) ns")
      }
    }
  }
}
