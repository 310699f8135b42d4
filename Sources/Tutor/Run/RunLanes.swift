internal import Catalog
internal import Trace

extension RunSession {
  /// The pools that have lanes of their own: where sizes of pools are compared, each from its own
  /// beginning.
  var lanePools: [PoolLife] {
    request.demo.comparesPools ? pools.filter { !$0.workers.isEmpty } : []
  }
}
