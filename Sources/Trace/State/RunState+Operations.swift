import Events

extension RunState {
  /// What an actor does to a lock, a list, a queue, a variable and the like.
  mutating func operate(_ event: Event, _ kind: EventKind, actor: Int) {
    guard let object = index(ofObject: event.record.object, event) else { return }
    if objects[object].form == .unknown { objects[object].form = ObjectForm(use: kind) }
    switch kind {
    case .lockAcquire: acquire(event, actor, object)
    case .lockRelease: release(event, actor, object)
    case .eventSet: objects[object].isSet = true
    case .eventClear: objects[object].isSet = false
    case .listAppend, .queuePut, .pipeSend: add(event, object)
    case .listRemove, .queueGet, .pipeReceive: remove(event, object)
    case .variableRead, .variableWrite:
      if let value = event.soleValue { objects[object].value = value }
    default: break
    }
  }

  private mutating func acquire(_ event: Event, _ actor: Int, _ object: Int) {
    let id = objects[object].id
    if let permits = event.record[EventField.permits.slot] {  // A semaphore.
      note(event, permits: permits, object)
      guard objects[object].lock.holders.count < LockState.mostHolders else {
        objects[object].lock.further += 1
        return
      }
      objects[object].lock.holders.append(actors[actor].id)
      if !actors[actor].holds.contains(id) { actors[actor].hold(id) }
      return
    }
    let depth = Int(event.record[EventField.depth.slot] ?? 1)
    checkAcquire(event, depth: depth, actor, object)
    if let holder = objects[object].lock.holder, holder != actors[actor].id {
      leave(holder, object)
    }
    if objects[object].lock.holders.isEmpty {
      objects[object].lock.holders.append(actors[actor].id)
      actors[actor].hold(id)
    }
    objects[object].lock.depth = depth
  }

  private mutating func release(_ event: Event, _ actor: Int, _ object: Int) {
    let id = actors[actor].id
    if let permits = event.record[EventField.permits.slot] {
      note(event, permits: permits, object)
      // Anyone may give a permit back; it is taken from the giver if it has one. Where one actor
      // gives what others take, as a signal, whoever took it first is through.
      if objects[object].lock.holders.contains(id) {
        leave(id, object)
      } else if objects[object].lock.further > 0 {
        objects[object].lock.further -= 1
      } else if let first = objects[object].lock.holder {
        leave(first, object)
      }
      return
    }
    let depth = Int(event.record[EventField.depth.slot] ?? 0)
    checkRelease(event, depth: depth, actor, object)
    guard depth <= 0 || objects[object].lock.holder == nil else {
      objects[object].lock.depth = depth
      return
    }
    objects[object].lock.depth = 0
    if let holder = objects[object].lock.holder { leave(holder, object) }
  }

  /// Takes in how many permits of a semaphore are left.
  private mutating func note(_ event: Event, permits: Int64, _ object: Int) {
    objects[object].form = .semaphore
    let most = LockState.mostPermits
    objects[object].lock.permits = min(max(-most, Int(permits)), most)
    if permits < 0 || permits > most {
      note(event, "\(objects[object].name) has \(permits) permits")
    }
  }

  /// Takes one hold of an object from an actor, on both sides.
  private mutating func leave(_ actor: ActorID, _ object: Int) {
    guard let place = objects[object].lock.holders.firstIndex(of: actor) else { return }
    objects[object].lock.holders.remove(at: place)
    guard !objects[object].lock.holders.contains(actor) else { return }
    actors[actor.index - 1].letGo(objects[object].id)
  }

  private mutating func add(_ event: Event, _ object: Int) {
    objects[object].sequence.values.append(event.soleValue ?? .text("?"))
    objects[object].sequence.added += 1
    settleSize(event, object)
    let count = objects[object].sequence.count
    if count > objects[object].sequence.peak { objects[object].sequence.peak = count }
  }

  private mutating func remove(_ event: Event, _ object: Int) {
    let front = objects[object].sequence.first
    let value = event.soleValue
    if let value, front != value {
      if objects[object].isInOrder { checkFront(event, value, front, object) }
      if !objects[object].sequence.values.remove(value) {
        objects[object].sequence.added += 1  // It was there, though nobody said so.
      }
    } else if objects[object].sequence.values.popFirst() == nil {
      objects[object].sequence.added += 1
    }
    objects[object].sequence.removed += 1
    settleSize(event, object)
  }

  /// Compares the contents with the size that the event tells, and goes on with the latter.
  private mutating func settleSize(_ event: Event, _ object: Int) {
    guard objects[object].form != .pipe, let size = event.record[EventField.size.slot],
      Int(size) != objects[object].sequence.count
    else { return }
    checkSize(event, Int(size), object)
    guard size >= 0 else { return }
    let missing = Int(size) - objects[object].sequence.count
    guard missing <= Self.greatestID, invented + missing <= mostInvented else { return }
    while objects[object].sequence.count > Int(size) {
      objects[object].sequence.values.popFirst()
      objects[object].sequence.removed += 1
    }
    while objects[object].sequence.count < Int(size) {
      objects[object].sequence.values.append(.text("?"))
      objects[object].sequence.added += 1
      invented += 1
    }
  }

  /// How many values may stand for those that nobody put in: as many as events that were lost may
  /// have told of, and no more than a damaged recording pays for with events of its own.
  private var mostInvented: Int { Self.greatestID + 4 * events }
}

extension ObjectForm {
  /// The form that a type's name tells.
  init(type: String) {
    let endings: [(String, ObjectForm)] = [
      ("lock", .lock), ("semaphore", .semaphore), ("condition", .condition), ("event", .event),
      ("flag", .event), ("barrier", .barrier), ("list", .list), ("queue", .queue),
      ("pipe", .pipe), ("variable", .variable), ("value", .variable), ("pool", .pool),
    ]
    self = endings.first { type.hasSuffix($0.0) }?.1 ?? .unknown
  }

  /// The form that an operation on an object tells.
  init(use: EventKind) {
    switch use {
    case .lockAcquire, .lockRelease: self = .lock
    case .conditionNotify: self = .condition
    case .eventSet, .eventClear: self = .event
    case .barrierPass: self = .barrier
    case .listAppend, .listRemove: self = .list
    case .queuePut, .queueGet: self = .queue
    case .pipeSend, .pipeReceive: self = .pipe
    case .variableRead, .variableWrite: self = .variable
    default: self = .unknown
    }
  }
}
