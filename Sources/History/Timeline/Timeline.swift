public import Events
public import Trace

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

  /// A timeline on which nothing has happened yet.
  public init() {}

  /// Goes on by one event; amortised constant time.
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
    case .measure: measure(event)
    case .output, .line, .sample, .result, .loss, .unknown, .runPause, .runResume,
      .runStep, .runSpeed:
      // The run's clock stands while it is paused: there is nothing to leave out.
      break
    case .lockAcquire, .lockRelease:
      update(actor: event.actor, event.time, state)
      note(holderOf: event.record.object, event.time, state)
    case .listAppend, .listRemove, .queuePut, .queueGet, .pipeSend, .pipeReceive:
      guard let place = state.place(ofObject: event.record.object) else { return }
      note(size: state.objects[place].sequence.count, at: place, event.time)
    case .taskSubmit, .taskStart, .taskCancel:
      update(actor: event.actor, event.time, state)
      guard let pool = event.pool, let place = state.place(ofObject: pool.rawValue) else { return }
      note(size: state.objects[place].pool.queued, at: place, event.time)
    default:
      update(actor: event.actor, event.time, state)
    }
  }

  private mutating func note(holderOf lock: UInt32, _ time: UInt64, _ state: RunState) {
    guard let place = state.place(ofObject: lock) else { return }
    Self.grow(&holderTracks, to: place + 1)
    holderTracks[place].append(state.objects[place].lock.holders.last, at: time)
    if state.objects[place].form == .semaphore {
      note(size: state.objects[place].lock.inside, at: place, time)
    }
  }

  private mutating func note(size: Int, at place: Int, _ time: UInt64) {
    Self.grow(&sizeTracks, to: place + 1)
    while sizePeaks.count <= place { sizePeaks.append(0) }
    sizeTracks[place].append(size, at: time)
    sizePeaks[place] = max(sizePeaks[place], size)
  }

  private mutating func measure(_ event: Event) {
    guard let name = event.name, name.hasSuffix(Event.overTimeSuffix),
      let value = event.number(.value)
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
    series[place].track.append(Int(value), at: event.time)
    series[place].peak = max(series[place].peak, Int(value))
  }

  private mutating func update(actor id: ActorID, _ time: UInt64, _ state: RunState) {
    guard let place = state.place(ofActor: id.rawValue) else { return }
    extend(place, LaneCell(state.actors[place]), time)
  }

  private mutating func extend(_ place: Int, _ cell: LaneCell, _ time: UInt64) {
    Self.grow(&lanes, to: place + 1)
    guard cell != .blank || !lanes[place].isEmpty else { return }
    lanes[place].append(cell, at: time)
  }

  private static func grow<Value>(_ tracks: inout [StepTrack<Value>], to count: Int) {
    while tracks.count < count { tracks.append(StepTrack()) }
  }
}

/// The questions that a picture asks. Times are nanoseconds of the run; a picture has `columns`
/// slices of the time from `from` up to `to`; what still goes on is drawn up to `now`.
extension Timeline {
  /// What an actor did, in order, the last part perhaps still open. O(n): for a short run.
  public func spans(of actor: ActorID) -> [LaneSpan] {
    guard let lane = Self.track(lanes, actor.index) else { return [] }
    return lane.parts.compactMap(LaneSpan.init)
  }

  /// What an actor did at a time, and from when until when; of what began and ended at once the
  /// last; nil where its lane is blank. O(log n).
  public func span(of actor: ActorID, at time: UInt64) -> LaneSpan? {
    Self.track(lanes, actor.index)?.part(at: time).flatMap(LaneSpan.init)
  }

  /// When an actor begins to do something else, or ends, after a time; nil where it does not.
  /// O(log n).
  public func change(of actor: ActorID, after time: UInt64) -> UInt64? {
    Self.track(lanes, actor.index)?.start(after: time)
  }

  /// When an actor last began to do something else, or ended, before a time; nil where it had not.
  /// O(log n).
  public func change(of actor: ActorID, before time: UInt64) -> UInt64? {
    Self.track(lanes, actor.index)?.start(before: time)
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

  /// Who held a lock from when to when, in order; the end is nil while it goes on. O(n): for a
  /// short run.
  public func holds(
    of lock: ObjectID
  ) -> [(start: UInt64, end: UInt64?, holder: ActorID)] {
    guard let track = Self.track(holderTracks, lock.index) else { return [] }
    return track.parts.compactMap { part in part.value.map { (part.start, part.end, $0) } }
  }

  /// What was measured over time: by name without its ending, the unit and the greatest value.
  public var measured: [(name: String, unit: String, peak: Int)] {
    series.map { (String($0.name.dropLast(Event.overTimeSuffix.count)), $0.unit, $0.peak) }
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
