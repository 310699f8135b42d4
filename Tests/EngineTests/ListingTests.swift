import Catalog
import Testing
import Trace

@testable import Engine

@Suite struct ListingTests {
  @Test(
    "each line that a demo names stands exactly once in its listing",
    arguments: [
      ("producer_consumer.py", ProducerConsumer.Line.all),
      ("factorials.py", FactorialPool.Line.all), ("pool_sizing.py", PoolSizing.Line.all),
    ])
  func linesOccurOnce(_ name: String, _ lines: [String]) throws {
    let listing = try TestBundle.listing(name).map(\.trimmed)
    for line in lines {
      #expect(listing.filter { $0 == line }.count == 1, "\(line)")
    }
    #expect(Set(lines).count == lines.count)
  }

  @Test("each demo of the catalogue has a body and a listing, and each body is in the catalogue")
  func catalogue() throws {
    let demos = DemoCatalog(cores: 2).demos
    #expect(Set(demos.map(\.id)) == Set(DemoBodies.all.keys))
    for demo in demos { #expect(try TestBundle.listing(demo.listing).count > 5) }
  }

  @Test("a worker's body is known by its name, and nothing else is")
  func workerBodies() {
    #expect(WorkerBodies.body(named: PoolSizing.bodyName, arguments: ["0"]) != nil)
    #expect(WorkerBodies.body(named: PoolSizing.bodyName, arguments: ["x"]) == nil)
    #expect(WorkerBodies.body(named: PoolSizing.bodyName, arguments: []) == nil)
    #expect(WorkerBodies.body(named: "unheard-of", arguments: ["0"]) == nil)
  }
}
