public import ArgumentParser
import Events
import Exports
public import Manual
public import Recordings
public import RunViews
public import Screen
internal import Tutor

// The values that arguments and options take.

extension Theme.Kind: ExpressibleByArgument {}

extension RunFormat: ExpressibleByArgument {}

extension CompletionScript.Shell: ExpressibleByArgument {}

/// A run's speed as an argument.
struct SpeedWord: ExpressibleByArgument {
  let speed: RunSpeed

  init(_ speed: RunSpeed) { self.speed = speed }

  init?(argument: String) {
    guard let speed = RunSpeed.allCases.first(where: { $0.word == argument }) else { return nil }
    self.speed = speed
  }

  var defaultValueDescription: String { speed.word }
  static var allValueStrings: [String] { RunSpeed.allCases.map(\.word) }
}

/// An export format as an argument.
struct FormatWord: ExpressibleByArgument {
  let format: ExportFormat

  init?(argument: String) {
    guard let format = ExportFormat(rawValue: argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { ExportFormat.allCases.map(\.rawValue) }
}

extension PlaybackSpeed: ExpressibleByArgument {
  /// A number within `ratios`, or `max`.
  public init?(argument: String) {
    if argument == RunSpeed.unlimited.word {
      self = .unlimited
    } else if let ratio = Double(argument) {
      self.init(ratio: ratio)
    } else {
      return nil
    }
  }
}
