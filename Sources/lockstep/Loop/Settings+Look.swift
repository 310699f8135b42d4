import Curses
import Screen
import Tutor

extension LookChoices {
  /// The settings that concern the look.
  init(_ settings: Settings) {
    self.init(
      theme: settings.theme, isASCII: settings.isASCII,
      hasReducedMotion: settings.hasReducedMotion)
  }
}

extension Settings {
  /// The settings with the current look.
  func with(_ look: LookChoices) -> Settings {
    var settings = self
    settings.theme = look.theme
    settings.isASCII = look.isASCII ?? isASCII
    settings.hasReducedMotion = look.hasReducedMotion ?? hasReducedMotion
    return settings
  }
}
