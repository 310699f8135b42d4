public import Events

extension [Event] {
  /// All values of a measure, in the order in which they were recorded.
  public func measures(_ name: String) -> [Int64] {
    filter { $0.kind == .measure && $0.name == name }.compactMap { $0.number(.value) }
  }

  /// The only value of a measure; nil where there is none, or more than one.
  public func measure(_ name: String) -> Int64? {
    let values = measures(name)
    return values.count == 1 ? values[0] : nil
  }

  /// The value of a result; the first of equal names.
  public func result(_ name: String) -> String? {
    first { $0.kind == .result && $0.name == name }?.value
  }

  /// What the run says in one sentence that it has shown; empty where it says nothing.
  public var shown: String { result("shown") ?? "" }

  /// Whom an actor's name belongs to; the last of equal names.
  public func actor(named name: String) -> ActorID? {
    last { $0.kind == .actorName && $0.name == name }?.actor
  }

  /// The number of an object by its name; the last of equal names.
  public func object(named name: String) -> ObjectID? {
    last { $0.kind == .objectName && $0.name == name }?.object
  }
}
