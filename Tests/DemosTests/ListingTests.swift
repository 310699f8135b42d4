import Catalog
import TestRuns
import Testing

@testable import Concurrency
@testable import Demos
@testable import Engine

@Suite struct ListingTests {
  @Test("Each line that a demo names occurs exactly once in its listing")
  func linesOccurOnce() throws {
    for demo in DemoCatalog(cores: 2).demos {
      guard let lines = DemoBodies.all[demo.id]?.lines else { continue }
      let listing = try TestBundle.listing(demo.listing).map(\.trimmed)
      for line in lines {
        #expect(listing.filter { $0 == line }.count == 1, "\(demo.listing): \(line)")
      }
    }
  }

  @Test("Each demo of the catalog has a body and a listing, and each body is in the catalog")
  func catalogue() throws {
    let demos = DemoCatalog(cores: 2).demos
    #expect(Set(demos.map(\.id)) == Set(DemoBodies.all.keys))
    for demo in demos { #expect(try TestBundle.listing(demo.listing).count > 5) }
  }

  @Test("A worker body is found only by its name and kind")
  func workerBodies() {
    let bodies = WorkerBodies.demos
    #expect(bodies.body("pool-sizing.square", as: PoolBody.self) != nil)
    #expect(bodies.body("pool-sizing.square", as: ProcessBody.self) == nil)
    #expect(bodies.body("pool-sizing", as: PoolBody.self) == nil)
  }
}
