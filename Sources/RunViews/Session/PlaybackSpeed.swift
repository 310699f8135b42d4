public import Events
package import Screen

/// The speed of playback, relative to the speed of the run.
public struct PlaybackSpeed: Sendable, Equatable {
  /// 1 plays the run in its own time, 4 in a quarter of it; nil plays without waits.
  let ratio: Double?

  /// The speed of the run.
  public static let own = PlaybackSpeed(.normal)
  /// Playback without waits.
  public static let unlimited = PlaybackSpeed(.unlimited)

  /// The valid ratios: a slower playback seems to stand still, and a faster one seems to have no
  /// waits.
  static let ratios = 0.01...1000.0

  /// Returns nil for a ratio outside `ratios`.
  public init?(ratio: Double) {
    guard Self.ratios.contains(ratio) else { return nil }
    self.ratio = ratio
  }

  /// The playback speed that matches the speed of a live run.
  public init(_ speed: RunSpeed) {
    ratio = speed == .unlimited ? nil : Double(speed.quarters) / 4
  }

  /// Returns the speed that is `steps` faster among those of a run, slower if negative; nil beyond
  /// the last.
  package func stepped(by steps: Int) -> PlaybackSpeed? {
    guard steps != 0 else { return self }
    let own = ratio ?? .infinity
    let others = RunSpeed.allCases.map { PlaybackSpeed($0) }.filter {
      steps > 0 ? $0.ratio ?? .infinity > own : $0.ratio ?? .infinity < own
    }
    let index = steps > 0 ? steps - 1 : others.count + steps
    return others.indices.contains(index) ? others[index] : nil
  }

  /// Converts machine time to run time, both in nanoseconds.
  func runTime(of machineTime: UInt64) -> UInt64 {
    UInt64(clamping: Double(machineTime) * (ratio ?? 1))
  }

  /// Converts run time to machine time, both in nanoseconds.
  public func machineTime(of runTime: UInt64) -> UInt64 {
    guard let ratio else { return 0 }
    return UInt64(clamping: Double(runTime) / ratio)
  }
}

extension PlaybackSpeed {
  /// The run speed that is equally fast, or nil.
  private var named: RunSpeed? { RunSpeed.allCases.first { PlaybackSpeed($0) == self } }

  /// The speed in words, for the middle of a sentence.
  package var phrase: String { named?.phrase ?? "at \(word) times its speed" }

  /// The speed as a short label: `0.25×`, `3×`, `max`.
  package func sign(_ glyphs: Glyphs) -> String {
    ratio == nil ? word : word + (glyphs.isASCII ? "x" : "×")
  }

  private var word: String {
    guard let ratio else { return RunSpeed.unlimited.word }
    let text = "\(ratio)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension UInt64 {
  /// The integer part of a number that is not negative, at most `max`.
  fileprivate init(clamping number: Double) {
    self = number >= 0x1p64 ? .max : UInt64(number)
  }
}
