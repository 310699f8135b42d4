public import Events

extension [Event] {
  /// All values of a measure, in the order in which they were recorded.
  public func measures(_ name: String) -> [Int64] {
    filter { $0.kind == .measure && $0.name == name }.compactMap { $0.number(.value) }
  }

  /// The only value of a measure; nil if there is none, or more than one.
  public func measure(_ name: String) -> Int64? {
    let values = measures(name)
    return values.count == 1 ? values[0] : nil
  }

  /// The value of a result, the first of equal names, or nil.
  public func result(_ name: String) -> String? {
    first { $0.kind == .result && $0.name == name }?.value
  }

  /// The run's conclusion, or an empty text.
  public var shown: String { result("shown") ?? "" }

  /// The last actor with a name.
  public func actor(named name: String) -> ActorID? {
    last { $0.kind == .actorName && $0.name == name }?.actor
  }

  /// The last object with a name.
  public func object(named name: String) -> ObjectID? {
    last { $0.kind == .objectName && $0.name == name }?.object
  }
}
