internal import Catalog
internal import Events
package import Screen
internal import Trace

/// The picture that workers make, so far: each row has the colour and the letter of its actor. A
/// legend below has the number of rows of each actor.
package struct PictureView {
  package private(set) var rows: [StyledText] = []

  /// - Parameters:
  ///   - width: the available columns. A wider picture loses columns evenly.
  ///   - height: the available rows. A higher picture loses rows evenly.
  package init(_ session: RunSession, width: Int, height: Int, glyphs: Glyphs) {
    let picture = session.picture
    let total = max(Self.total(session) ?? 0, picture.rows.count)
    let legend = Self.legend(session, width: width, glyphs: glyphs)
    // A high picture also uses the empty row above the legend.
    let free = height - legend.count
    let room = max(1, total < free ? free - 1 : free)
    let letters = picture.makers.map { session.state.letter(of: $0.actor).count }.max() ?? 1
    let columns = max(1, width - letters - 1)
    for place in Self.chosen(total, room) {
      guard place < picture.rows.count, let row = picture.rows[place] else {
        rows.append(
          StyledText(String(repeating: " ", count: letters + 1) + glyphs.separator, .muted))
        continue
      }
      let characters = Array(row.text)
      let kept = Self.chosen(characters.count, columns, of: max(picture.columns, 1))
      let style = ActorText.style(row.actor, in: session.state)
      rows.append(
        ActorText.letter(row.actor, in: session.state).padded(to: letters, glyphs: glyphs)
          + StyledText(" " + String(kept.map { characters[$0] }), style))
    }
    if height > rows.count + legend.count, !legend.isEmpty { rows.append(StyledText()) }
    rows += legend
  }

  /// Returns the number of finished rows, and of how many.
  package static func note(_ session: RunSession) -> StyledText {
    let made = session.picture.made
    let all = total(session).map { " of \($0)" } ?? ""
    return StyledText("\(made)\(all) rows")
  }

  private static func total(_ session: RunSession) -> Int? {
    let arguments = session.request.arguments
    guard arguments.names.contains("rows"), case .integer(let rows) = arguments["rows"] else {
      return nil
    }
    return rows
  }

  /// Returns evenly spaced places, as many as there is room for.
  /// - Parameter whole: the number of places of the widest row, so that all rows lose the same
  ///   ones.
  private static func chosen(_ count: Int, _ room: Int, of whole: Int? = nil) -> [Int] {
    let whole = whole ?? count
    guard whole > room else { return Array(0..<count) }
    // The middle of each stretch, so that a symmetric picture stays symmetric.
    return (0..<room).map { ($0 * 2 + 1) * whole / (room * 2) }.filter { $0 < count }
  }

  private static func legend(_ session: RunSession, width: Int, glyphs: Glyphs) -> [StyledText] {
    var text = StyledText()
    for maker in session.picture.makers.prefix(16) {
      if !text.isEmpty { text.append(" \(glyphs.separator) ", .muted) }
      text += ActorText.label(maker.actor, in: session.state)
      text.append(maker.rows == 1 ? " 1 row" : " \(maker.rows) rows", .muted)
    }
    return text.isEmpty ? [] : text.wrapped(to: width)
  }
}
