/// Something that has one value from one time to the next: the values and when each began.
struct StepTrack<Value: Sendable & Equatable>: Sendable {
  private var starts = ChunkedDeque<UInt64>(shift: 10)
  private var values = ChunkedDeque<Value>(shift: 10)
  private var ranks = RangeMaximum()

  var count: Int { starts.count }
  var last: Value? { values.last }

  /// Begins the next step, no earlier than the last one.
  /// - Parameter rank: how telling the value is beside others in one slice of time.
  mutating func append(_ value: Value, at time: UInt64, rank: Int32) {
    guard value != values.last else { return }
    starts.append(max(time, starts.last ?? 0))
    values.append(value)
    ranks.append(rank)
  }

  func step(_ index: Int) -> (start: UInt64, end: UInt64?, value: Value) {
    (starts[index], index + 1 < count ? starts[index + 1] : nil, values[index])
  }

  /// The most telling value of the time from `start` up to `end`, the latest of several; nil
  /// before the first step. O(log n).
  func mostTelling(from start: UInt64, to end: UInt64) -> Value? {
    let high = starts.partition { $0 < end }
    // The step before those that begin in the slice still goes on at its start, unless one begins
    // just there.
    let within = starts.partition { $0 < start }
    let low = within < high && starts[within] == start ? within : max(0, within - 1)
    return ranks.greatest(in: low..<max(low, high)).map { values[$0.index] }
  }
}

/// The slices of a time, one for each column of a picture.
struct TimeSlices {
  let from: UInt64
  let to: UInt64
  let columns: Int
  /// Nothing is known beyond.
  let now: UInt64

  /// What each column shows, nil for those that lie beyond now or hold nothing.
  func map<Value>(_ value: (UInt64, UInt64) -> Value?) -> [Value?] {
    guard columns > 0 else { return [] }
    guard from < to else { return Array(repeating: nil, count: columns) }
    return (0..<columns).map { column in
      let start = boundary(column)
      guard start <= now else { return nil }
      let end = max(boundary(column + 1), start + 1)
      return value(start, min(end, now == .max ? .max : now + 1))
    }
  }

  private func boundary(_ column: Int) -> UInt64 {
    let product = (to - from).multipliedFullWidth(by: UInt64(column))
    return from + UInt64(columns).dividingFullWidth(product).quotient
  }
}
