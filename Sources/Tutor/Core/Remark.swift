internal import Screen
internal import Trace

/// A notice, or the reason why a command is not available, in the words of the screen and of plain
/// mode. It starts with a small letter and has no full stop.
package struct Remark: Sendable, Equatable {
  /// The text for the screen: short, with keys and signs.
  let brief: String
  /// The text for plain mode, which makes sense when read aloud.
  let spoken: String
  /// Whether the text starts with a name, which keeps its small letter.
  let beginsWithName: Bool

  init(_ text: String, beginsWithName: Bool = false) {
    self.init(beginsWithName: beginsWithName) { _ in text }
  }

  /// - Parameter make: returns the text for each voice.
  init(beginsWithName: Bool = false, _ make: (NarratorVoice) -> String) {
    brief = make(.brief)
    spoken = make(.spoken)
    self.beginsWithName = beginsWithName
  }

  /// The text for plain mode, as a sentence.
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
  /// The end of the notice, in nanoseconds of the monotonic clock.
  var until: UInt64
  /// Whether the notice reports a problem.
  package var isWarning = true
  /// The key that did nothing, if the notice says why. When the key does something, the notice goes.
  var key: Key?

  /// The text on the screen.
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
