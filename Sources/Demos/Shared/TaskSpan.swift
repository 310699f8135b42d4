import Concurrency

/// The start and the end of a piece of work, in microseconds of the run's clock. It crosses between
/// processes as readable text.
struct TaskSpan: Sendable, Equatable {
  let start: Int64
  let end: Int64

  /// Measures a body in the calling process.
  static func measured(in run: Run, _ body: () throws -> Void) rethrows -> TaskSpan {
    let start = run.now()
    try body()
    return TaskSpan(start: Int64(start / 1000), end: Int64(run.now() / 1000))
  }

  init(start: Int64, end: Int64) {
    self.start = start
    self.end = end
  }

  /// Reads a span, or returns nil if the text is not one.
  init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ")
    guard words.count == 4, words[1] == "to", words[3] == "µs", let start = Int64(words[0]),
      let end = Int64(words[2]), start <= end
    else { return nil }
    self.init(start: start, end: end)
  }

  var text: String { "\(start) to \(end) µs" }
  var length: Int64 { end - start }

  /// The greatest number of spans that overlap at one moment.
  static func greatestOverlap(_ spans: [TaskSpan]) -> Int {
    // A span that ends when another one starts does not overlap it.
    let changes = spans.flatMap { [($0.start, 1), ($0.end, -1)] }.sorted { $0 < $1 }
    var now = 0
    return changes.reduce(0) { most, change in
      now += change.1
      return max(most, now)
    }
  }
}
