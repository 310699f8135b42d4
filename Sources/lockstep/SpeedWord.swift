import ArgumentParser
import Events

/// A run's speed, by the word that the command line has for it.
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
