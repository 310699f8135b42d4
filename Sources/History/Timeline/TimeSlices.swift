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
