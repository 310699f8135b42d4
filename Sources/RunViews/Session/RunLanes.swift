internal import Catalog
internal import Trace

extension RunSession {
  /// The pools with separate lanes: in a comparison of pool sizes, each pool starts at its own
  /// zero.
  var lanePools: [PoolLife] {
    request.demo.comparesPools ? pools.filter { !$0.workers.isEmpty } : []
  }
}

extension Demo {
  /// Whether the demo compares pool sizes, with separate lanes for each pool.
  package var comparesPools: Bool { parameters.contains { $0.name == "sizes" } }
}
