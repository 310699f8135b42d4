/// One row of a Chrome trace, with its open slices and the time of its last event.
///
/// Viewers nest slices by their times alone. So no two events of a row may have the same time: each
/// takes the next free nanosecond.
struct ChromeRow: Sendable {
  /// The type of a slice, by which a row ends slices.
  enum Slice: Sendable, Equatable {
    case run, life, starting, task, wait
    /// A held lock, or a further time of a reentrant lock.
    case hold
  }

  /// The process number and the row number for viewers. Each row number is unique.
  let process: UInt64
  let number: UInt64
  /// The current name for viewers; empty before it was written.
  var name = ""
  /// The open slices, the outermost first.
  private(set) var open: [Slice] = []
  /// The last used nanosecond, or nil.
  private var last: UInt64?

  /// The limit of times, with room to move events ahead. Only a damaged recording exceeds it.
  static let latest: UInt64 = 1 << 62

  init(process: UInt64, number: UInt64) {
    self.process = process
    self.number = number
  }

  var isUnused: Bool { last == nil }

  /// The given time, or the next free nanosecond.
  /// - Parameter least: a time in another row that the result must not precede.
  mutating func take(_ time: UInt64, notBefore least: UInt64 = 0) -> UInt64 {
    let free = max(min(time, Self.latest), least, last.map { $0 + 1 } ?? 0)
    last = free
    return free
  }

  mutating func begin(_ slice: Slice) { open.append(slice) }
  mutating func end() { open.removeLast() }

  /// How many slices must end so that the innermost of a type ends; 0 if none is open.
  func depth(of slice: Slice) -> Int {
    open.lastIndex(of: slice).map { open.count - $0 } ?? 0
  }
}
