internal import Trace

/// What a run measured, by name; of pool sizes, the parts of each size's time.
struct MeasureTable: Sendable {
  /// One arm's times in nanoseconds, sorted.
  struct Times: Sendable {
    private(set) var sorted: [Int64] = []

    /// Takes one time in; an absurd one is cut to what sums can bear.
    mutating func insert(_ time: Int64) {
      let time = min(max(0, time), 1 << 60)
      var low = 0
      var high = sorted.count
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] <= time { low = middle + 1 } else { high = middle }
      }
      sorted.insert(time, at: low)
    }

    var least: Int64 { sorted.first ?? 0 }
    var greatest: Int64 { sorted.last ?? 0 }
    /// The middle one, or the mean of the two in the middle.
    var median: Int64 {
      guard !sorted.isEmpty else { return 0 }
      let middle = sorted.count / 2
      return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
  }

  /// The parts of one arm: `total`, and what it is made of.
  struct Arm: Sendable {
    var total = Times()
    var create = Times()
    var map = Times()
    var close = Times()
  }

  private var arms: [Int: Arm] = [:]
  /// The sizes that have a total, in order.
  var sizes: [Int] { arms.filter { !$0.value.total.sorted.isEmpty }.keys.sorted() }

  subscript(size: Int) -> Arm? { arms[size] }

  /// Takes a measure in nanoseconds whose name is like `size 3 total`; others are no bars.
  mutating func add(_ event: Event) {
    guard event.unit == "ns", let words = event.name?.split(separator: " "), words.count == 3,
      words[0] == "size", let size = Int(words[1]), let time = event.value.flatMap({ Int64($0) })
    else { return }
    switch words[2] {
    case "total": arms[size, default: Arm()].total.insert(time)
    case "create": arms[size, default: Arm()].create.insert(time)
    case "map": arms[size, default: Arm()].map.insert(time)
    case "close": arms[size, default: Arm()].close.insert(time)
    default: break
    }
  }
}
