import Events
import Trace
import History

/// The rows of a picture: lanes of actors, locks and strips, with their pieces.
struct PictureRows {
  /// A part of a row, from one time to another.
  struct Piece {
    let start: UInt64
    let end: UInt64
    let style: LaneStyle
    /// The tooltip.
    let title: String
    /// The holder's letter, in the row of a lock.
    var letter = ""
  }

  /// The lane of one actor, or of several whose lives do not overlap.
  struct Lane {
    let actors: [ActorState]
    var pieces: [Piece] = []
  }

  /// The row of a lock.
  struct Lock {
    let name: String
    var pieces: [Piece] = []
  }

  /// A number over time: the greatest value of each column.
  struct Strip {
    let name: String
    let values: [Int?]
    let peak: Int
    let note: String
  }

  private(set) var lanes: [Lane] = []
  private(set) var locks: [Lock] = []
  private(set) var strips: [Strip] = []
  /// The time that one mark stands for, in nanoseconds; nil if the run is drawn exactly.
  private(set) var grain: UInt64?
  /// How many rows of each type have no room.
  private(set) var left = (lanes: 0, locks: 0, strips: 0)

  private let state: RunState
  private let timeline: Timeline
  /// The end of the picture's time, at least a nanosecond.
  let end: UInt64

  static let maxLanes = 128
  static let maxLocks = 32
  static let maxStrips = 24
  /// A run with fewer events is drawn exactly.
  private static let maxExact = 3000
  /// The limit of pieces; above it a longer run is drawn with fewer columns.
  private static let maxPieces = 3500
  static let columns = 700

  init(state: RunState, timeline: Timeline) {
    self.state = state
    self.timeline = timeline
    end = min(ChromeRow.latest, max(1, state.time, timeline.end))
    let known = state.actors.filter { $0.phase != .unknown }
    let all =
      ActorLanes.lanes(of: known.filter { $0.id != .main })
      + known.filter { $0.id == .main }.map { [$0] }
    lanes = all.prefix(Self.maxLanes).map { Lane(actors: $0) }
    let span = end
    let held = state.objects.filter { object in
      object.form == .lock
        && timeline.holders(object.id, from: 0, to: span + 1, columns: 1) != [nil]
    }
    locks = held.prefix(Self.maxLocks).map { Lock(name: $0.name) }
    left = (all.count - lanes.count, held.count - locks.count, 0)
    if state.events <= Self.maxExact {
      fillExactly(held)
    } else {
      var columns = Self.columns
      repeat {
        fill(held, columns)
        grain = max(1, end / UInt64(columns))
        columns /= 2
      } while count > Self.maxPieces && columns > 8
    }
    addStrips()
  }

  /// The types of actors in the lanes.
  var actorTypes: String {
    let actors = lanes.flatMap(\.actors)
    guard actors.contains(where: { $0.type == .process }) else { return "threads" }
    let hasThreads = actors.contains { $0.type == .thread && $0.id != .main }
    return hasThreads ? "threads and processes" : "processes"
  }

  private var count: Int {
    lanes.reduce(0) { $0 + $1.pieces.count } + locks.reduce(0) { $0 + $1.pieces.count }
  }

  // MARK: Pieces

  private mutating func fillExactly(_ held: [ObjectState]) {
    for index in lanes.indices {
      lanes[index].pieces = lanes[index].actors.flatMap { actor in
        timeline.spans(of: actor.id).compactMap { span in
          piece(actor, span.cell, span.start, span.end ?? end)
        }
      }
      .sorted { $0.style.rawValue < $1.style.rawValue }
    }
    for (index, lock) in held.prefix(Self.maxLocks).enumerated() {
      locks[index].pieces = timeline.holds(of: lock.id).map { hold in
        piece(lock, hold.holder, hold.start, hold.end ?? end)
      }
    }
  }

  private mutating func fill(_ held: [ObjectState], _ columns: Int) {
    for index in lanes.indices {
      lanes[index].pieces = lanes[index].actors.flatMap { actor in
        let cells = timeline.lane(actor.id, from: 0, to: end, columns: columns).map(\.cell)
        return Self.runs(cells).compactMap { run in
          piece(
            actor, run.value, time(run.columns.lowerBound, columns),
            time(run.columns.upperBound, columns))
        }
      }
    }
    for (index, lock) in held.prefix(Self.maxLocks).enumerated() {
      let holders = timeline.holders(lock.id, from: 0, to: end, columns: columns)
      locks[index].pieces = Self.runs(holders).compactMap { run in
        run.value.map {
          piece(
            lock, $0, time(run.columns.lowerBound, columns), time(run.columns.upperBound, columns))
        }
      }
    }
  }

  private func time(_ column: Int, _ columns: Int) -> UInt64 {
    let product = end.multipliedFullWidth(by: UInt64(column))
    return UInt64(columns).dividingFullWidth(product).quotient
  }

  private static func runs<Value: Equatable>(
    _ values: [Value]
  ) -> [(value: Value, columns: Range<Int>)] {
    var runs: [(value: Value, columns: Range<Int>)] = []
    for (column, value) in values.enumerated() {
      if let last = runs.last, last.value == value {
        runs[runs.count - 1].columns = last.columns.lowerBound..<column + 1
      } else {
        runs.append((value, column..<column + 1))
      }
    }
    return runs
  }

  private func piece(
    _ actor: ActorState, _ cell: LaneCell, _ start: UInt64, _ end: UInt64
  ) -> Piece? {
    LaneStyle(cell).map {
      Piece(
        start: start, end: end, style: $0,
        title: "\(label(actor.id)) \(words(cell)), \(Self.span(start, end))")
    }
  }

  private func piece(
    _ lock: ObjectState, _ holder: ActorID, _ start: UInt64, _ end: UInt64
  ) -> Piece {
    Piece(
      start: start, end: end, style: .holding,
      title: "\(label(holder)) holds \(lock.name), \(Self.span(start, end))",
      letter: state.letter(of: holder))
  }

  private func words(_ cell: LaneCell) -> String {
    switch cell {
    case .blank: ""
    case .starting: "is starting"
    case .asleep: "sleeps"
    case .running: "runs"
    case .task(let pool, let number): "works on task \(number) of \(state.name(of: pool))"
    case .waiting(let reason): "waits (\(reason.word))"
    case .holding(let object): "holds \(state.name(of: object))"
    }
  }

  /// An actor as the tutor shows it: `A adder`; the main thread has only its name.
  func label(_ actor: ActorID) -> String {
    (actor == .main ? "" : state.letter(of: actor) + " ") + state.name(of: actor)
  }

  /// A span of time: `2.435 ms – 2.462 ms (27.2 µs)`.
  private static func span(_ start: UInt64, _ end: UInt64) -> String {
    "\(moment(start)) – \(moment(end)) "
      + "(\(ValueText.duration(Int64(clamping: end - min(start, end)))))"
  }

  /// An exact time, in milliseconds.
  static func moment(_ time: UInt64) -> String {
    let rest = String(time % 1_000_000)
    return "\(ValueText.grouped(Int(clamping: time / 1_000_000)))."
      + String(repeating: "0", count: 6 - rest.count) + rest + " ms"
  }

  // MARK: Strips

  private mutating func addStrips() {
    let objects = state.objects.filter { object in
      switch object.form {
      case .semaphore, .list, .queue: timeline.peak(of: object.id) > 0
      // A pipe that never holds more than one message has nothing to show.
      case .pipe: timeline.peak(of: object.id) > 1
      case .pool: timeline.peak(of: object.id) > 0
      default: false
      }
    }
    let measured = timeline.measured
    left.strips = max(0, objects.count + measured.count - Self.maxStrips)
    for object in objects.prefix(Self.maxStrips) {
      let peak = timeline.peak(of: object.id)
      strips.append(
        Strip(
          name: object.name + Self.what(object.form),
          values: timeline.sizes(object.id, from: 0, to: end, columns: Self.columns), peak: peak,
          note: "most \(ValueText.grouped(peak))"))
    }
    for place in measured.indices.prefix(Self.maxStrips - strips.count) {
      strips.append(
        Strip(
          name: measured[place].name,
          values: timeline.values(ofSeries: place, from: 0, to: end, columns: Self.columns),
          peak: measured[place].peak,
          note: "most "
            + ValueText.measure(Int64(measured[place].peak), unit: measured[place].unit)))
    }
  }

  private static func what(_ form: ObjectForm) -> String {
    switch form {
    case .semaphore: ": inside"
    case .pool: ": queued"
    default: ": length"
    }
  }
}
