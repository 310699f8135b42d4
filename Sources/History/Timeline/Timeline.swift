public import Events
public import Trace

/// The course of a run over time: activities of actors, holders of locks, sizes of lists, and
/// measures over time. Lanes and strips are drawn from it.
///
/// Built event by event. A picture of any part costs O(columns × log n).
public struct Timeline: Sendable {
  /// The lanes, by actor number minus one; the tracks below, by object number minus one.
  private var lanes: [StepTrack<LaneCell>] = []
  private var holderTracks: [StepTrack<ActorID?>] = []
  private var sizeTracks: [StepTrack<Int>] = []
  private var sizePeaks: [Int] = []
  private var series: [Series] = []
  /// The latest time of an event, in nanoseconds of the run.
  public private(set) var end: UInt64 = 0

  /// The values of one measure over time.
  private struct Series: Sendable {
    let name: String
    let unit: String
    var peak: Int
    var track = StepTrack<Int>()
  }

  /// The limit of measures over time. Only a damaged recording exceeds it.
  private static let maxSeries = 64

  /// Creates an empty timeline.
  public init() {}

  /// Appends the next event, in amortised constant time.
  /// - Parameter state: the state after it.
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
      // The run's clock is stopped in a pause, so a pause takes no time.
      break
    case .lockAcquire, .lockRelease:
      update(actor: event.actor, event.time, state)
      addHolder(of: event.record.object, event.time, state)
    case .listAppend, .listRemove, .queuePut, .queueGet, .pipeSend, .pipeReceive:
      guard let place = state.place(ofObject: event.record.object) else { return }
      addSize(state.objects[place].sequence.count, at: place, event.time)
    case .taskSubmit, .taskStart, .taskCancel:
      update(actor: event.actor, event.time, state)
      guard let pool = event.pool, let place = state.place(ofObject: pool.rawValue) else { return }
      addSize(state.objects[place].pool.queued, at: place, event.time)
    default:
      update(actor: event.actor, event.time, state)
    }
  }

  private mutating func addHolder(of lock: UInt32, _ time: UInt64, _ state: RunState) {
    guard let place = state.place(ofObject: lock) else { return }
    Self.grow(&holderTracks, to: place + 1)
    holderTracks[place].append(state.objects[place].lock.holders.last, at: time)
    if state.objects[place].form == .semaphore {
      addSize(state.objects[place].lock.inside, at: place, time)
    }
  }

  private mutating func addSize(_ size: Int, at place: Int, _ time: UInt64) {
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
        guard series.count < Self.maxSeries else { return nil }
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

/// Queries for pictures. Times are nanoseconds of the run. A picture has `columns` slices of the
/// time from `from` to `to`; an open activity is drawn up to `now`.
extension Timeline {
  /// The activities of an actor in order; the last may be open. O(n), for a short run.
  public func spans(of actor: ActorID) -> [LaneSpan] {
    guard let lane = Self.track(lanes, actor.index) else { return [] }
    return lane.parts.compactMap(LaneSpan.init)
  }

  /// A lane of slices, each with the most important activity in its slice, however short: holding,
  /// then waiting for an object in use, a task, running, starting, idle or asleep.
  public func lane(
    _ actor: ActorID, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [LaneSlice] {
    let lane = Self.track(lanes, actor.index)
    return TimeSlices(from: from, to: to, columns: columns, now: now)
      .map { start, end in
        lane?.mostImportant(
          from: start, to: end, mayHide: { $0.hidesWaits }, isHidden: { $0.isContended }
        ).map { LaneSlice(cell: $0.value, start: $0.start, hasWait: $0.hides) }
      }
      .map { $0 ?? LaneSlice(cell: .blank, start: 0, hasWait: false) }
  }

  /// The last holder of a lock in each slice, or nil.
  public func holders(
    _ lock: ObjectID, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [ActorID?] {
    let track = Self.track(holderTracks, lock.index)
    return TimeSlices(from: from, to: to, columns: columns, now: now)
      .map { track?.mostImportant(from: $0, to: $1) }
      .map { $0 ?? nil }
  }

  /// The holds of a lock in order; the end is nil while it lasts. O(n), for a short run.
  public func holds(
    of lock: ObjectID
  ) -> [(start: UInt64, end: UInt64?, holder: ActorID)] {
    guard let track = Self.track(holderTracks, lock.index) else { return [] }
    return track.parts.compactMap { part in part.value.map { (part.start, part.end, $0) } }
  }

  /// The measures over time: the name without its suffix, the unit and the greatest value.
  public var measured: [(name: String, unit: String, peak: Int)] {
    series.map { (String($0.name.dropLast(Event.overTimeSuffix.count)), $0.unit, $0.peak) }
  }

  /// The greatest value of a measure over time in each slice; nil before the first.
  /// - Parameter place: the index in `measured`.
  public func values(
    ofSeries place: Int, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [Int?] {
    guard series.indices.contains(place) else { return [] }
    return TimeSlices(from: from, to: to, columns: columns, now: now)
      .map { series[place].track.mostImportant(from: $0, to: $1) }
  }

  /// The greatest size of an object so far. The size of a semaphore is the number of its holders,
  /// that of a pool the number of waiting tasks.
  public func peak(of object: ObjectID) -> Int {
    object.index >= 1 && object.index <= sizePeaks.count ? sizePeaks[object.index - 1] : 0
  }

  /// The greatest size of an object in each slice; nil before the first operation. Sizes are as in
  /// `peak(of:)`.
  public func sizes(
    _ object: ObjectID, from: UInt64, to: UInt64, columns: Int, now: UInt64 = .max
  ) -> [Int?] {
    let track = Self.track(sizeTracks, object.index)
    return TimeSlices(from: from, to: to, columns: columns, now: now)
      .map { track?.mostImportant(from: $0, to: $1) }
  }

  private static func track<Value>(_ tracks: [StepTrack<Value>], _ number: Int)
    -> StepTrack<Value>?
  {
    number >= 1 && number <= tracks.count ? tracks[number - 1] : nil
  }
}
