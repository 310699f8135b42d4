import Concurrency

/// From when to when a worker did a piece of work, in microseconds of the run's clock. It crosses
/// between processes as a text that a person can read, too.
struct TaskSpan: Sendable, Equatable {
  let start: Int64
  let end: Int64

  /// The time that a body takes in the calling process.
  static func measured(in run: Run, _ body: () throws -> Void) rethrows -> TaskSpan {
    let start = run.now()
    try body()
    return TaskSpan(start: Int64(start / 1000), end: Int64(run.now() / 1000))
  }

  init(start: Int64, end: Int64) {
    self.start = start
    self.end = end
  }

  /// The span that a text tells; nil for any other text.
  init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ")
    guard words.count == 4, words[1] == "to", words[3] == "µs", let start = Int64(words[0]),
      let end = Int64(words[2]), start <= end
    else { return nil }
    self.init(start: start, end: end)
  }

  var text: String { "\(start) to \(end) µs" }
  var length: Int64 { end - start }

  /// How many of them there were at one time, at most.
  static func mostAtOnce(_ spans: [TaskSpan]) -> Int {
    // Who ends when another one starts was not there together with it.
    let changes = spans.flatMap { [($0.start, 1), ($0.end, -1)] }.sorted { $0 < $1 }
    var now = 0
    return changes.reduce(0) { most, change in
      now += change.1
      return max(most, now)
    }
  }
}
