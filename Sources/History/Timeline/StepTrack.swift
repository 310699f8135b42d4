import Trace

/// A value of a track, which packs into eight bytes.
protocol StepValue: Sendable {
  init(packed: UInt64)
  var packed: UInt64 { get }
  /// The importance of a value among others in a slice of time.
  static func rank(packed: UInt64) -> Int64
}

/// A value that changes over time, in steps of twelve bytes. Copies share all but the last steps.
struct StepTrack<Value: StepValue>: Sendable {
  /// The pieces, which are full unless a long step ended them early.
  private var pieces = ChunkedDeque<Piece>(shift: 7)
  /// The highest rank in each piece.
  private var ranks = RangeMaximum()
  /// The steps that are not in a piece yet.
  private var open = Piece()
  private var lastValue: UInt64?
  private var lastStart: UInt64 = 0

  /// Consecutive steps, and the start of the first.
  private struct Piece: Sendable {
    /// In nanoseconds of the run.
    var start: UInt64 = 0
    var steps: [Step] = []

    static var size: Int { 128 }
  }

  /// Three four-byte fields, so that there is no padding.
  private struct Step: BitwiseCopyable {
    /// In nanoseconds since the start of the piece.
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

  /// The place of a step.
  private struct Place: Equatable {
    var piece: Int
    var step: Int
  }

  var isEmpty: Bool { lastValue == nil }

  /// Begins a new step if the value has changed, no earlier than the last step.
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
    // An exact copy, without spare capacity.
    pieces.append(Piece(start: open.start, steps: open.steps.withUnsafeBufferPointer(Array.init)))
    open.steps.removeAll(keepingCapacity: true)
  }
}

extension StepTrack {
  /// A step: its start, the start of the next, and its value.
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

  /// The most important value between `start` and `end`, the latest of several; nil before the
  /// first step. O(log n).
  func mostImportant(from start: UInt64, to end: UInt64) -> Value? {
    place(ofMostImportantFrom: start, to: end).map { value($0) }
  }

  /// The most important value between `start` and `end`, with the start of its step, and whether it
  /// hides one of the few steps just before it that begin in the slice. O(log n).
  /// - Parameters:
  ///   - mayHide: whether the most important value can hide another one.
  ///   - isHidden: whether a value before it counts as hidden.
  func mostImportant(
    from start: UInt64, to end: UInt64, mayHide: (Value) -> Bool, isHidden: (Value) -> Bool
  ) -> (value: Value, start: UInt64, hides: Bool)? {
    guard let found = place(ofMostImportantFrom: start, to: end) else { return nil }
    let best = value(found)
    var hides = false
    if mayHide(best) {
      var place = found
      for _ in 0..<Self.mostBefore where !hides {
        guard let before = previous(place), self.start(before) >= start else { break }
        hides = isHidden(value(before))
        place = before
      }
    }
    return (best, self.start(found), hides)
  }

  /// How many steps are looked at: a wait, its end, and a few others before a hold.
  private static var mostBefore: Int { 4 }

  private func place(ofMostImportantFrom start: UInt64, to end: UInt64) -> Place? {
    let high = boundary(end)
    guard let last = previous(high) else { return nil }
    // The last step before the slice lasts into it, unless a step begins exactly at its start.
    let within = boundary(start)
    if within != high, self.start(within) == start { return mostImportant(from: within, to: last) }
    return mostImportant(from: previous(within) ?? within, to: last)
  }

  private func mostImportant(from first: Place, to last: Place) -> Place {
    var best = greatest(
      in: last.piece, from: first.piece == last.piece ? first.step : 0, to: last.step)
    if first.piece < last.piece {
      if let (rank, piece) = ranks.greatest(in: first.piece + 1..<last.piece), rank > best.rank {
        best = greatest(in: piece, from: 0, to: steps(piece) - 1)
      }
      let head = greatest(in: first.piece, from: first.step, to: steps(first.piece) - 1)
      if head.rank > best.rank { best = head }
    }
    return best.place
  }

  /// The most important of some steps of a piece, the latest of several.
  private func greatest(in piece: Int, from first: Int, to last: Int) -> (
    rank: Int64, place: Place
  ) {
    let steps = piece < pieces.count ? pieces[piece].steps : open.steps
    var best = (rank: Int64.min, step: first)
    for index in first...last {
      let rank = Value.rank(packed: steps[index].value)
      if rank >= best.rank { best = (rank, index) }
    }
    return (best.rank, Place(piece: piece, step: best.step))
  }
}

extension StepTrack {
  /// The place after the last step.
  private var end: Place { Place(piece: pieces.count, step: open.steps.count) }

  /// The first step that begins at or after a time, or the end. O(log n).
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

  private func value(_ place: Place) -> Value {
    let piece = place.piece < pieces.count ? pieces[place.piece] : open
    return Value(packed: piece.steps[place.step].value)
  }

  private func part(_ place: Place) -> Part {
    (start(place), next(place).map(start), value(place))
  }
}
