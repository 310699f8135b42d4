public import Events

extension Finding {
  /// The actors that will wait for ever, as this finding proves; empty where it proves no such
  /// thing.
  public var stuckActors: [ActorID] {
    switch kind {
    case .deadlock(let cycle, _): cycle.map(\.actor)
    case .waitForEnded(let actor, _, _): [actor]
    default: []
    }
  }
}
