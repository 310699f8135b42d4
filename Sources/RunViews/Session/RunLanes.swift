internal import Catalog
internal import Trace

extension RunSession {
  /// The pools that have lanes of their own: where sizes of pools are compared, each from its own
  /// beginning.
  var lanePools: [PoolLife] {
    request.demo.comparesPools ? pools.filter { !$0.workers.isEmpty } : []
  }
}

extension Demo {
  /// Whether its arms are sizes of pools, each pool with lanes of its own.
  package var comparesPools: Bool { parameters.contains { $0.name == "sizes" } }
}
