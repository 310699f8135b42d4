internal import Trace

/// Something to say to a person, in the words of either face: a notice, or why a command does
/// nothing now. It has no capital and no full stop of its own.
package struct Remark: Sendable, Equatable {
  /// For the screen: short, with keys and signs.
  let brief: String
  /// For plain mode: words that make sense when they are heard alone.
  let spoken: String
  /// Whether it begins with a name, which keeps its small letter.
  let beginsWithName: Bool

  init(_ text: String, beginsWithName: Bool = false) {
    self.init(beginsWithName: beginsWithName) { _ in text }
  }

  /// - Parameter make: the words for each voice.
  init(beginsWithName: Bool = false, _ make: (NarratorVoice) -> String) {
    brief = make(.brief)
    spoken = make(.spoken)
    self.beginsWithName = beginsWithName
  }

  /// The spoken words as a sentence.
  package var sentence: String {
    Narrator.closed(beginsWithName ? spoken : spoken.prefix(1).uppercased() + spoken.dropFirst())
  }
}

extension Remark: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

/// Remarks that are shown for a few seconds.
package struct Notice: Sendable, Equatable {
  static let duration: UInt64 = 5_000_000_000

  package var remarks: [Remark]
  /// When it disappears, on the monotonic clock.
  var until: UInt64
  /// Whether something is wrong, rather than done.
  package var isWarning = true

  /// What the screen shows of it.
  var text: String { remarks.map(\.brief).joined(separator: "; ") }
}

extension NarratorVoice {
  /// A time in nanoseconds: `50 µs`, or `50 microseconds`.
  package func spelled(_ nanoseconds: Int64) -> String {
    switch self {
    case .brief: ValueText.duration(nanoseconds)
    case .spoken: ValueText.spokenDuration(nanoseconds)
    }
  }
}
