/// What each actor did when, who held each lock when, and how long each list was: what lanes are
/// drawn from.
///
/// Built event by event; a picture of any part of it costs columns × log n, however long the run.
public struct Timeline: Sendable {
  /// By the actors' and the objects' numbers, less one.
  private var lanes: [StepTrack<LaneCell>] = []
  private var holderTracks: [StepTrack<ActorID?>] = []
  private var sizeTracks: [StepTrack<Int>] = []
  /// The time of the latest event, in nanoseconds of the run.
  public private(set) var end: UInt64 = 0

  /// A timeline on which nothing has happened yet.
  public init() {}

  /// Goes on by one event.
  /// - Parameter state: what is true after it.
  public mutating func append(_ event: Event, state: RunState) {
    end = max(end, event.time)
    let kind = event.kind
    switch kind {
    case .runFinish:
      for actor in state.actors.indices { extend(actor, .blank, event.time) }
    case .threadSpawn, .processSpawn:
      update(actor: event.actor, event.time, state)
      if let child = event.child { update(actor: child, event.time, state) }
    case .runPause:
      for actor in state.actors.indices { extend(actor, .blank, event.time) }
    case .runResume:
      for actor in state.actors.indices { extend(actor, LaneCell(state.actors[actor]), event.time) }
    case .output, .line, .sample, .result, .measure, .loss, .unknown, .runStep: break
    case .lockAcquire, .lockRelease:
      update(actor: event.actor, event.time, state)
      guard let id = event.object, let object = state[id] else { return }
      Self.grow(&holderTracks, to: id.index)
      let holder = object.lock.holders.last
      holderTracks[id.index - 1].append(holder, at: event.time, rank: holder == nil ? 0 : 1)
    case .listAppend, .listRemove, .queuePut, .queueGet, .pipeSend, .pipeReceive:
      guard let id = event.object, let object = state[id] else { return }
      Self.grow(&sizeTracks, to: id.index)
      let size = object.sequence.count
      sizeTracks[id.index - 1].append(size, at: event.time, rank: Int32(clamping: size))
    default:
      update(actor: event.actor, event.time, state)
    }
  }

  private mutating func update(actor id: ActorID, _ time: UInt64, _ state: RunState) {
    guard let actor = state[id] else { return }
    extend(id.index - 1, LaneCell(actor), time)
  }

  private mutating func extend(_ index: Int, _ cell: LaneCell, _ time: UInt64) {
    Self.grow(&lanes, to: index + 1)
    guard cell != .blank || lanes[index].count > 0 else { return }
    lanes[index].append(cell, at: time, rank: cell.rank)
  }

  private static func grow<Value>(_ tracks: inout [StepTrack<Value>], to count: Int) {
    while tracks.count < count { tracks.append(StepTrack()) }
  }
}

/// The questions that a picture asks. Times are nanoseconds of the run; a picture has `columns`
/// slices of the time from `from` up to `to`; what still goes on is drawn up to `now`.
extension Timeline {
  /// What an actor did, in order, the last part perhaps still open.
  public func spans(of actor: ActorID) -> [LaneSpan] {
    guard let lane = Self.track(lanes, actor.index) else { return [] }
    return (0..<lane.count).compactMap { index in
      let step = lane.step(index)
      guard step.value != .blank else { return nil }
      return LaneSpan(start: step.start, end: step.end, cell: step.value)
    }
  }

  /// A lane of cells: each the most telling thing in its slice (holding, then waiting for what is
  /// in use, a task, running, starting, idle or asleep), however short it was.
  public func lane(
    _ actor: ActorID, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [LaneCell] {
    let lane = Self.track(lanes, actor.index)
    return TimeSlices(from: from, to: to, columns: columns, now: now)
      .map { lane?.mostTelling(from: $0, to: $1) }
      .map { $0 ?? .blank }
  }

  /// Who held a lock in each slice: the last who did, nil where nobody did.
  public func holders(
    _ lock: ObjectID, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [ActorID?] {
    let track = Self.track(holderTracks, lock.index)
    return TimeSlices(from: from, to: to, columns: columns, now: now)
      .map { track?.mostTelling(from: $0, to: $1) }
      .map { $0 ?? nil }
  }

  /// How long a list, a queue or a pipe was in each slice: the greatest size in it, nil before the
  /// first operation.
  public func sizes(
    _ object: ObjectID, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [Int?] {
    let track = Self.track(sizeTracks, object.index)
    return TimeSlices(from: from, to: to, columns: columns, now: now)
      .map { track?.mostTelling(from: $0, to: $1) }
  }

  private static func track<Value>(_ tracks: [StepTrack<Value>], _ number: Int)
    -> StepTrack<Value>?
  {
    number >= 1 && number <= tracks.count ? tracks[number - 1] : nil
  }
}
