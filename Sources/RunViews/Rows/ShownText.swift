package import Screen
internal import Trace

/// The conclusion that a run has shown, in full, at the top of the pane.
package enum ShownText {
  /// Returns no rows before the run has a conclusion.
  package static func rows(_ session: RunSession?, width: Int, glyphs: Glyphs) -> [StyledText] {
    guard let shown = session?.shown, width > 4 else { return [] }
    let bar = StyledText(glyphs.quoteBar + " ", .success)
    return StyledText(shown, .strong).wrapped(to: width - 2).map { bar + $0 }
  }
}
