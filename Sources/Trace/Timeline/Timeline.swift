/// What each actor did when, who held each lock when, how long each list was, and what was measured
/// over time: what lanes are drawn from.
///
/// Built event by event; a picture of any part of it costs columns × log n, however long the run.
public struct Timeline: Sendable {
  /// By the actors' and the objects' numbers, less one.
  private var lanes: [StepTrack<LaneCell>] = []
  private var holderTracks: [StepTrack<ActorID?>] = []
  private var sizeTracks: [StepTrack<Int>] = []
  private var sizePeaks: [Int] = []
  private var series: [Series] = []
  /// The time of the latest event, in nanoseconds of the run.
  public private(set) var end: UInt64 = 0

  /// Numbers of one name that were measured one after the other.
  private struct Series: Sendable {
    let name: String
    let unit: String
    var peak: Int
    var track = StepTrack<Int>()
  }

  /// More come from a damaged recording.
  private static let mostSeries = 64
  /// What the name of a measure ends with whose values are a number over time.
  static let overTime = " over time"

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
    case .measure: measure(event)
    case .output, .line, .sample, .result, .loss, .unknown, .runStep, .runSpeed: break
    case .lockAcquire, .lockRelease:
      update(actor: event.actor, event.time, state)
      guard let id = event.object, let object = state[id] else { return }
      Self.grow(&holderTracks, to: id.index)
      let holder = object.lock.holders.last
      holderTracks[id.index - 1].append(holder, at: event.time, rank: holder == nil ? 0 : 1)
      if object.form == .semaphore { note(size: object.lock.holders.count, of: id, event.time) }
    case .listAppend, .listRemove, .queuePut, .queueGet, .pipeSend, .pipeReceive:
      guard let id = event.object, let object = state[id] else { return }
      note(size: object.sequence.count, of: id, event.time)
    case .taskSubmit, .taskStart, .taskCancel:
      update(actor: event.actor, event.time, state)
      guard let id = event.pool, let pool = state[id]?.pool else { return }
      note(size: pool.queued, of: id, event.time)
    default:
      update(actor: event.actor, event.time, state)
    }
  }

  private mutating func note(size: Int, of id: ObjectID, _ time: UInt64) {
    Self.grow(&sizeTracks, to: id.index)
    while sizePeaks.count < id.index { sizePeaks.append(0) }
    sizeTracks[id.index - 1].append(size, at: time, rank: Int32(clamping: size))
    sizePeaks[id.index - 1] = max(sizePeaks[id.index - 1], size)
  }

  private mutating func measure(_ event: Event) {
    guard let name = event.name, name.hasSuffix(Self.overTime), let value = event.number(.value)
    else { return }
    let unit = event.unit ?? ""
    let place =
      series.firstIndex { $0.name == name }
      ?? {
        guard series.count < Self.mostSeries else { return nil }
        series.append(Series(name: name, unit: unit, peak: Int(value)))
        return series.count - 1
      }()
    guard let place else { return }
    // Of nanoseconds and bytes thousands are fine enough to find the greatest in a slice.
    let grain: Int64 = unit == "ns" || unit == "B" ? 1000 : 1
    series[place].track.append(
      Int(value), at: event.time, rank: Int32(clamping: value / grain))
    series[place].peak = max(series[place].peak, Int(value))
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

  /// What was measured over time: by name without its ending, the unit and the greatest value.
  public var measured: [(name: String, unit: String, peak: Int)] {
    series.map { (String($0.name.dropLast(Self.overTime.count)), $0.unit, $0.peak) }
  }

  /// The greatest value of a series in each slice; nil before the first.
  /// - Parameter place: its place among what was measured.
  public func values(
    ofSeries place: Int, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [Int?] {
    guard series.indices.contains(place) else { return [] }
    return TimeSlices(from: from, to: to, columns: columns, now: now)
      .map { series[place].track.mostTelling(from: $0, to: $1) }
  }

  /// The greatest size of an object so far: of a semaphore how many were inside, of a pool how many
  /// tasks waited.
  public func peak(of object: ObjectID) -> Int {
    object.index >= 1 && object.index <= sizePeaks.count ? sizePeaks[object.index - 1] : 0
  }

  /// How long a list, a queue or a pipe was in each slice, how many were inside a semaphore, or how
  /// many tasks of a pool waited: the greatest in it, nil before the first operation.
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
