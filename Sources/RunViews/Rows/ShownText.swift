package import Screen
internal import Trace

/// What a run has shown, in its own one sentence, where the eye lands when it ends: above whatever
/// the pane shows, in full.
package enum ShownText {
  /// No rows before the run has said it.
  package static func rows(_ session: RunSession?, width: Int, glyphs: Glyphs) -> [StyledText] {
    guard let shown = session?.shown, width > 4 else { return [] }
    let bar = StyledText(glyphs.quoteBar + " ", .success)
    return StyledText(shown, .strong).wrapped(to: width - 2).map { bar + $0 }
  }
}
