import Catalog
import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct DelayTests {
    /// Demos that sleep although they measure how long the machine takes.
    private static let measured: Set = ["responsiveness"]

    /// The time that the actors of a run slept, in ns of its clock.
    private func slept(_ events: [Event]) -> Int64 {
      events.filter { $0.kind == .waitEnd && $0.waitReason == .sleep }
        .compactMap(\.waited).reduce(0, +)
    }

    @Test(
      "Demos with delays sleep, and demos without delays hardly sleep",
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
