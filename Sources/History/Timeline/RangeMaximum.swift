import Trace

/// A growing row of numbers that knows the greatest of any part of it in O(log n): above the row
/// stand rows of the greatest of each 32 below. Copies share all but the last numbers of each row.
struct RangeMaximum: Sendable {
  private var levels = [ChunkedDeque<Int64>(shift: 9)]
  private static let shift = 5

  var count: Int { levels[0].count }

  mutating func append(_ value: Int64) {
    levels[0].append(value)
    var place = levels[0].count - 1
    var level = 1
    while place >= 32 || levels.count > level {
      place >>= Self.shift
      if levels.count == level {
        // The row above begins only now: it takes in what the row below has.
        var row = ChunkedDeque<Int64>(shift: 9)
        row.append(levels[level - 1].slice(0..<32).reduce(.min, max))
        levels.append(row)
      }
      if place < levels[level].count {
        levels[level][place] = max(levels[level][place], value)
      } else {
        levels[level].append(value)
      }
      level += 1
    }
  }

  /// The greatest in a range and the last index where it stands; nil for an empty range.
  func greatest(in range: Range<Int>) -> (value: Int64, index: Int)? {
    var low = max(0, range.lowerBound)
    var high = min(count, range.upperBound)
    guard low < high else { return nil }
    var best: (value: Int64, level: Int, index: Int) = (.min, 0, low)
    func look(_ level: Int, _ index: Int) {
      let value = levels[level][index]
      // Of equals the later, wherever it was met first.
      if value > best.value || value == best.value && index << shift(level) >= start(best) {
        best = (value, level, index)
      }
    }
    func shift(_ level: Int) -> Int { level * Self.shift }
    func start(_ place: (value: Int64, level: Int, index: Int)) -> Int {
      place.index << shift(place.level)
    }
    var level = 0
    while low < high {
      while low < high, low & 31 != 0 || level + 1 == levels.count {
        look(level, low)
        low += 1
      }
      while low < high, high & 31 != 0 {
        high -= 1
        look(level, high)
      }
      low >>= Self.shift
      high >>= Self.shift
      level += 1
    }
    var place = best.index
    for below in stride(from: best.level - 1, through: 0, by: -1) {
      let first = place << Self.shift
      let last = min(first + 32, levels[below].count)
      place = (first..<last).last { levels[below][$0] == best.value } ?? first
    }
    return (best.value, place)
  }
}
