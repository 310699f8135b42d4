import Catalog
import Engine
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos

@Suite struct ListingTests {
  @Test("each line that a demo names stands exactly once in its listing")
  func linesOccurOnce() throws {
    for demo in DemoCatalog(cores: 2).demos {
      guard let lines = DemoBodies.all[demo.id]?.lines else { continue }
      let listing = try TestBundle.listing(demo.listing).map(\.trimmed)
      for line in lines {
        #expect(listing.filter { $0 == line }.count == 1, "\(demo.listing): \(line)")
      }
    }
  }

  @Test("each demo of the catalogue has a body and a listing, and each body is in the catalogue")
  func catalogue() throws {
    let demos = DemoCatalog(cores: 2).demos
    #expect(Set(demos.map(\.id)) == Set(DemoBodies.all.keys))
    for demo in demos { #expect(try TestBundle.listing(demo.listing).count > 5) }
  }

  @Test("a worker's body is known by its name, and nothing else is")
  func workerBodies() {
    let pools = WorkerBodies.demos.pools
    #expect(pools[PoolSizing.bodyName]?(["0"]) != nil)
    #expect(pools[PoolSizing.bodyName]?(["x"]) == nil)
    #expect(pools[PoolSizing.bodyName]?([]) == nil)
    #expect(pools["unheard-of"]?(["0"]) == nil)
  }
}
