import Curses
import Tutor

extension LookChoices {
  /// The part of the settings that the look follows from.
  init(_ settings: Settings) {
    self.init(
      theme: settings.theme, isASCII: settings.isASCII,
      hasReducedMotion: settings.hasReducedMotion)
  }
}

extension Settings {
  /// The same settings with the look's part of them as it holds now.
  func with(_ look: LookChoices) -> Settings {
    var settings = self
    settings.theme = look.theme
    settings.isASCII = look.isASCII ?? isASCII
    settings.hasReducedMotion = look.hasReducedMotion ?? hasReducedMotion
    return settings
  }
}
