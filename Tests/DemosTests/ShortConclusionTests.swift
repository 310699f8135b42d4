import Catalog
import Events
import TestRuns
import Testing
import Trace

extension RunTests {
  @Suite struct ShortConclusionTests {
    @Test(
      "A run concludes with one short sentence, and has its numbers in a table",
      arguments: DemoCatalog(cores: 2).demos)
    func short(_ demo: Demo) throws {
      var fold = RunFold()
      for event in try QuickRun.events(of: demo.id) { fold.apply(event) }
      let conclusion = try #require(fold.shown ?? fold.sizing.conclusion)
      #expect(conclusion.sentence.count <= 90, "\(conclusion.sentence)")
      #expect(conclusion.sentence.hasSuffix("."), "\(conclusion.sentence)")
      #expect(!conclusion.sentence.contains(";"), "\(conclusion.sentence)")
      if demo.views.contains(.bars), demo.id != "pool-sizing" {
        // Each measure of the table of demos is measured, and no other one.
        let measured = Set(fold.arms.quantities.map(\.name)).union([Demo.table])
        #expect(measured.isSuperset(of: demo.measures), "\(measured)")
        #expect(measured.subtracting(demo.measures).isSubset(of: [Demo.table]), "\(measured)")
      } else if demo.id != "pool-sizing" {
        #expect(demo.measures.isEmpty)
      }
      // Threads have their names, and not the kernel's numbers.
      for line in conclusion.lines {
        #expect(line.firstMatch(of: /(in thread|tid|by pid) +\d{3,}/) == nil, "\(line)")
      }
      // The numbers of this run are in its lines.
      #expect(conclusion.table.count >= 2 || demo.id == "producer-consumer")
    }
  }
}
