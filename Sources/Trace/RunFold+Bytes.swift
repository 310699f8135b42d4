import Events

extension RunFold {
  /// About how many bytes a copy takes for itself, shared with no other.
  ///
  /// Of a list or a queue only the pieces at its ends and the row of all pieces are a checkpoint's
  /// own; of what was measured and raised all of it, if there was more of it since.
  public func ownBytes(after former: RunFold?) -> Int {
    var weight = MemoryLayout<RunFold>.size
    weight += handOvers.ownBytes
    let (actors, objects) = (state.actors, state.objects)
    weight += actors.count * MemoryLayout<ActorState>.stride
    weight += objects.count * MemoryLayout<ObjectState>.stride
    for place in actors.indices {
      weight += actors[place].holds.count * MemoryLayout<ObjectID>.stride
    }
    for place in objects.indices {
      let held = objects[place].lock.holders.count + objects[place].pool.workers.count
      weight += held * MemoryLayout<ActorID>.stride
      if objects[place].sequence.count > 0 { weight += objects[place].sequence.values.ownBytes }
      if objects[place].pool.submitted > 0 { weight += objects[place].pool.tasks.ownBytes }
    }
    if !Self.isSame(arms.quantities, former?.arms.quantities) {
      for arm in arms.quantities.lazy.flatMap(\.arms) { weight += 48 + 8 * arm.values.count }
    }
    if !Self.isSame(sizing.arms, former?.sizing.arms) {
      for arm in sizing.arms { weight += 64 + 40 * arm.total.count }
    }
    if !Self.isSame(raises, former?.raises) {
      weight += raises.count * MemoryLayout<Raise>.stride
    }
    if !Self.isSame(trail.entries, former?.trail.entries) {
      weight += trail.entries.count * MemoryLayout<ExceptionTrail.Entry>.stride
      for entry in trail.entries {
        weight += entry.again.count * MemoryLayout<ExceptionTrail.Point>.stride
      }
    }
    return weight
  }

  /// Whether two arrays are one in memory.
  private static func isSame<Element>(_ array: [Element], _ other: [Element]?) -> Bool {
    guard let other else { return false }
    return array.withUnsafeBufferPointer(\.baseAddress)
      == other.withUnsafeBufferPointer(\.baseAddress)
  }
}
