import Catalog
import Events
import TestRuns
import Testing

extension RunTests {
  @Suite struct ShortConclusionTests {
    @Test(
      "A run concludes with one short sentence, and has its numbers in a table",
      arguments: DemoCatalog(cores: 2).demos.filter { $0.lessons.contains { [5, 6].contains($0) } }
        .map(\.id))
    func short(_ demo: String) throws {
      let conclusion = Conclusion(text: try QuickRun.events(of: demo).shown)
      #expect(conclusion.sentence.count <= 90)
      #expect(conclusion.sentence.hasSuffix("."))
      #expect(!conclusion.sentence.contains(";"))
      #expect(conclusion.table.count >= 2)
    }
  }
}
