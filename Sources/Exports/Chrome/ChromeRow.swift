/// One row of a Chrome trace: where its slices lie, what of them is open, and how late it is.
///
/// Viewers nest slices by their times alone, so that no two things of one row may happen at once:
/// each takes the next free nanosecond. What has the same time in the run is drawn side by side.
struct ChromeRow: Sendable {
  /// What a slice is of; a row closes slices by it.
  enum Slice: Sendable, Equatable {
    case run, life, starting, task, wait
    /// A lock in somebody's hands, or one more time in the same.
    case hold
  }

  /// The numbers by which a viewer knows the process and the row; a row's is its own.
  let process: UInt64
  let number: UInt64
  /// What a viewer calls the row by now; empty before it has been told.
  var name = ""
  /// What is open, the outermost first.
  private(set) var open: [Slice] = []
  /// The last nanosecond that is taken; nil while nothing is.
  private var last: UInt64?

  /// Later times come from a damaged recording; they leave room for what is moved on.
  static let latest: UInt64 = 1 << 62

  init(process: UInt64, number: UInt64) {
    self.process = process
    self.number = number
  }

  var isUnused: Bool { last == nil }

  /// The time itself, or the next that is free.
  /// - Parameter least: a time that was taken in another row and lies no later.
  mutating func take(_ time: UInt64, notBefore least: UInt64 = 0) -> UInt64 {
    let free = max(min(time, Self.latest), least, last.map { $0 + 1 } ?? 0)
    last = free
    return free
  }

  mutating func begin(_ slice: Slice) { open.append(slice) }
  mutating func end() { open.removeLast() }

  /// How many slices must end so that the innermost of a sort has ended; 0 where none is open.
  func depth(of slice: Slice) -> Int {
    open.lastIndex(of: slice).map { open.count - $0 } ?? 0
  }
}
