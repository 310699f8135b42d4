public import Events
package import Screen

/// How fast a run that has happened is shown again, beside the run itself.
public struct FilmSpeed: Sendable, Equatable {
  /// 1 shows it as it was, 4 in a quarter of the time; nil waits for nothing.
  public let ratio: Double?

  /// As fast as the run was.
  public static let own = FilmSpeed(.normal)
  /// Without a wait.
  public static let unlimited = FilmSpeed(.unlimited)

  /// What a ratio may be: slower is no film any more, and faster cannot be told from without waits.
  public static let ratios = 0.01...1000.0

  /// - Returns: nil for a ratio outside `ratios`.
  public init?(ratio: Double) {
    guard Self.ratios.contains(ratio) else { return nil }
    self.ratio = ratio
  }

  /// As fast as a live run of that speed.
  public init(_ speed: RunSpeed) {
    ratio = speed == .unlimited ? nil : Double(speed.quarters) / 4
  }

  /// The next speed of a run that is faster, or slower where `steps` is negative; nil beyond the
  /// last.
  package func stepped(by steps: Int) -> FilmSpeed? {
    guard steps != 0 else { return self }
    let own = ratio ?? .infinity
    let others = RunSpeed.allCases.map { FilmSpeed($0) }.filter {
      steps > 0 ? $0.ratio ?? .infinity > own : $0.ratio ?? .infinity < own
    }
    let index = steps > 0 ? steps - 1 : others.count + steps
    return others.indices.contains(index) ? others[index] : nil
  }

  /// How much time of the run goes by in some of the machine's, in nanoseconds.
  func runTime(of machineTime: UInt64) -> UInt64 {
    UInt64(clamping: Double(machineTime) * (ratio ?? 1))
  }

  /// How long some of the run's time takes on the machine, in nanoseconds.
  public func machineTime(of runTime: UInt64) -> UInt64 {
    guard let ratio else { return 0 }
    return UInt64(clamping: Double(runTime) / ratio)
  }
}

extension FilmSpeed {
  /// The run's speed that is just as fast; nil where none is.
  private var named: RunSpeed? { RunSpeed.allCases.first { FilmSpeed($0) == self } }

  /// The speed as words within a sentence.
  package var phrase: String { named?.phrase ?? "at \(word) times its speed" }

  /// The speed as a sign: `0.25×`, `3×`, `max`.
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
  /// The whole part of a number that is not negative; the greatest there is for what is more.
  fileprivate init(clamping number: Double) {
    self = number >= 0x1p64 ? .max : UInt64(number)
  }
}
