import Catalog
import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct FirstConclusionsTests {
    @Test(
      "A conclusion of the first three lessons is one short sentence with a table of numbers",
      arguments: DemoCatalog(cores: 2).demos.filter { ($0.lessons.min() ?? 9) <= 3 }.map(\.id))
    func sentence(_ demo: String) throws {
      let conclusion = Conclusion(text: try QuickRun.events(of: demo).result("shown") ?? "")
      #expect(conclusion.sentence.count <= 90)
      #expect(conclusion.sentence.hasSuffix("."))
      #expect(!conclusion.sentence.contains(";"))
      #expect(conclusion.table.count > 1)
      #expect(conclusion.table.allSatisfy { $0.count <= 60 })
    }
  }
}
