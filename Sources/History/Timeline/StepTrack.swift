import Trace

/// What a track has from one time to the next, in eight bytes.
protocol StepValue: Sendable {
  init(packed: UInt64)
  var packed: UInt64 { get }
  /// How telling a value is beside others in one slice of time.
  static func rank(packed: UInt64) -> Int64
}

/// Something that has one value from one time to the next: the values and when each began, in
/// twelve bytes a step. Copies share all but the last steps.
struct StepTrack<Value: StepValue>: Sendable {
  /// Full pieces, or such as were closed early because of a long step.
  private var pieces = ChunkedDeque<Piece>(shift: 7)
  /// The rank of the most telling step of each piece.
  private var ranks = RangeMaximum()
  /// The steps that are in no piece yet.
  private var open = Piece()
  private var lastValue: UInt64?
  private var lastStart: UInt64 = 0

  /// Steps in a row, told by when the first begins.
  private struct Piece: Sendable {
    /// Nanoseconds of the run.
    var start: UInt64 = 0
    var steps: [Step] = []

    static var size: Int { 128 }
  }

  /// Three times four bytes, so that no byte between two steps is lost.
  private struct Step: BitwiseCopyable {
    /// Nanoseconds since the start of the piece.
    let offset: UInt32
    private let low: UInt32
    private let high: UInt32

    init(offset: UInt32, value: UInt64) {
      self.offset = offset
      low = UInt32(truncatingIfNeeded: value)
      high = UInt32(truncatingIfNeeded: value >> 32)
    }

    var value: UInt64 { UInt64(high) << 32 | UInt64(low) }
  }

  /// Where a step stands.
  private struct Place: Equatable {
    var piece: Int
    var step: Int
  }

  var isEmpty: Bool { lastValue == nil }

  /// Begins the next step, no earlier than the last one, where the value is another.
  mutating func append(_ value: Value, at time: UInt64) {
    let packed = value.packed
    guard packed != lastValue else { return }
    let time = max(time, lastStart)
    if open.steps.count == Piece.size
      || !open.steps.isEmpty && time - open.start > UInt64(UInt32.max)
    {
      close()
    }
    if open.steps.isEmpty { open.start = time }
    open.steps.append(Step(offset: UInt32(time - open.start), value: packed))
    lastValue = packed
    lastStart = time
  }

  private mutating func close() {
    ranks.append(open.steps.reduce(.min) { max($0, Value.rank(packed: $1.value)) })
    // The piece takes as much room as it needs, and no more.
    pieces.append(Piece(start: open.start, steps: open.steps.withUnsafeBufferPointer(Array.init)))
    open.steps.removeAll(keepingCapacity: true)
  }
}

extension StepTrack {
  /// A step: when it begins, when the next one does, and what it has.
  typealias Part = (start: UInt64, end: UInt64?, value: Value)

  /// The steps in order.
  var parts: [Part] {
    var parts: [Part] = []
    var place: Place? = isEmpty ? nil : Place(piece: 0, step: 0)
    while let here = place {
      parts.append(part(here))
      place = next(here)
    }
    return parts
  }

  /// The last step that begins at or before a time; nil before the first. O(log n).
  func part(at time: UInt64) -> Part? {
    previous(time == .max ? end : boundary(time + 1)).map(part)
  }

  /// When the first step later than a time begins; nil where none does. O(log n).
  func start(after time: UInt64) -> UInt64? {
    let place = time == .max ? end : boundary(time + 1)
    return place == end ? nil : start(place)
  }

  /// When the last step before a time begins; nil where none does. O(log n).
  func start(before time: UInt64) -> UInt64? { previous(boundary(time)).map(start) }

  /// The most telling value of the time from `start` up to `end`, the latest of several; nil
  /// before the first step. O(log n).
  func mostTelling(from start: UInt64, to end: UInt64) -> Value? {
    let high = boundary(end)
    guard let last = previous(high) else { return nil }
    // The step before those that begin in the slice still goes on at its start, unless one begins
    // just there.
    let within = boundary(start)
    if within != high, self.start(within) == start { return mostTelling(from: within, to: last) }
    return mostTelling(from: previous(within) ?? within, to: last)
  }

  private func mostTelling(from first: Place, to last: Place) -> Value {
    var best = greatest(
      in: last.piece, from: first.piece == last.piece ? first.step : 0, to: last.step)
    if first.piece < last.piece {
      if let (rank, piece) = ranks.greatest(in: first.piece + 1..<last.piece), rank > best.rank {
        best = greatest(in: piece, from: 0, to: steps(piece) - 1)
      }
      let head = greatest(in: first.piece, from: first.step, to: steps(first.piece) - 1)
      if head.rank > best.rank { best = head }
    }
    return Value(packed: best.value)
  }

  /// The most telling of some steps of a piece, the latest of several.
  private func greatest(in piece: Int, from first: Int, to last: Int) -> (
    rank: Int64, value: UInt64
  ) {
    let steps = piece < pieces.count ? pieces[piece].steps : open.steps
    var best = (rank: Int64.min, value: UInt64(0))
    for step in steps[first...last] {
      let rank = Value.rank(packed: step.value)
      if rank >= best.rank { best = (rank, step.value) }
    }
    return best
  }
}

extension StepTrack {
  /// Beyond the last step.
  private var end: Place { Place(piece: pieces.count, step: open.steps.count) }

  /// The first step that begins at a time or later, or the end. O(log n).
  private func boundary(_ time: UInt64) -> Place {
    if !open.steps.isEmpty, open.start < time { return boundary(time, in: open, pieces.count) }
    let later = pieces.partition { $0.start < time }
    guard later > 0 else { return Place(piece: 0, step: 0) }
    return boundary(time, in: pieces[later - 1], later - 1)
  }

  private func boundary(_ time: UInt64, in piece: Piece, _ index: Int) -> Place {
    var low = 0
    var high = piece.steps.count
    let offset = time - piece.start
    while low < high {
      let middle = (low + high) / 2
      if UInt64(piece.steps[middle].offset) < offset { low = middle + 1 } else { high = middle }
    }
    let isBeyond = low == piece.steps.count && index < pieces.count
    return isBeyond ? Place(piece: index + 1, step: 0) : Place(piece: index, step: low)
  }

  private func next(_ place: Place) -> Place? {
    let next =
      place.piece < pieces.count && place.step + 1 == steps(place.piece)
      ? Place(piece: place.piece + 1, step: 0) : Place(piece: place.piece, step: place.step + 1)
    return next == end ? nil : next
  }

  private func previous(_ place: Place) -> Place? {
    if place.step > 0 { return Place(piece: place.piece, step: place.step - 1) }
    guard place.piece > 0 else { return nil }
    return Place(piece: place.piece - 1, step: steps(place.piece - 1) - 1)
  }

  /// How many steps a piece has.
  private func steps(_ piece: Int) -> Int {
    piece < pieces.count ? pieces[piece].steps.count : open.steps.count
  }

  private func start(_ place: Place) -> UInt64 {
    let piece = place.piece < pieces.count ? pieces[place.piece] : open
    return piece.start + UInt64(piece.steps[place.step].offset)
  }

  private func part(_ place: Place) -> Part {
    let piece = place.piece < pieces.count ? pieces[place.piece] : open
    let value = Value(packed: piece.steps[place.step].value)
    return (start(place), next(place).map(start), value)
  }
}
