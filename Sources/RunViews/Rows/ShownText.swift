internal import Events
package import Screen
internal import Trace

/// The conclusion that a run has shown, with its table, at the top of the pane.
package enum ShownText {
  /// Returns no rows before the run has a conclusion.
  package static func rows(_ session: RunSession?, width: Int, glyphs: Glyphs) -> [StyledText] {
    guard let shown = session?.shown, width > 4 else { return [] }
    let bar = StyledText(glyphs.quoteBar + " ", .success)
    let rows =
      StyledText(shown.sentence, .strong).wrapped(to: width - 2)
      + shown.table.flatMap { StyledText($0).wrapped(to: width - 2, hangingIndent: 2) }
    return rows.map { bar + $0 }
  }
}
