internal import Catalog
internal import Events
package import Screen
internal import Trace

/// The picture that workers make, as far as it has come: each row in the colour of the actor that
/// made it, with its letter before it, and below how many rows each has made.
package struct PictureView {
  package private(set) var rows: [StyledText] = []

  /// - Parameters:
  ///   - width: columns there are; of a wider picture columns are left out, evenly.
  ///   - height: rows there are; of a higher picture rows are left out, evenly.
  package init(_ session: RunSession, width: Int, height: Int, glyphs: Glyphs) {
    let picture = session.picture
    let total = max(Self.total(session) ?? 0, picture.rows.count)
    let legend = Self.legend(session, width: width, glyphs: glyphs)
    // A picture that needs it has the empty row above the legend, too.
    let free = height - legend.count
    let room = max(1, total < free ? free - 1 : free)
    let letters = picture.makers.map { $0.actor.letter.count }.max() ?? 1
    let columns = max(1, width - letters - 1)
    for place in Self.chosen(total, room) {
      guard place < picture.rows.count, let row = picture.rows[place] else {
        rows.append(
          StyledText(String(repeating: " ", count: letters + 1) + glyphs.separator, .muted))
        continue
      }
      let characters = Array(row.text)
      let kept = Self.chosen(characters.count, columns, of: max(picture.columns, 1))
      let style = ActorText.style(row.actor)
      rows.append(
        ActorText.letter(row.actor).padded(to: letters, glyphs: glyphs)
          + StyledText(" " + String(kept.map { characters[$0] }), style))
    }
    if height > rows.count + legend.count, !legend.isEmpty { rows.append(StyledText()) }
    rows += legend
  }

  /// How many rows are there, of how many.
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

  /// As many of the places as there is room for, evenly.
  /// - Parameter whole: how many places the widest has, so that all are thinned out alike.
  private static func chosen(_ count: Int, _ room: Int, of whole: Int? = nil) -> [Int] {
    let whole = whole ?? count
    guard whole > room else { return Array(0..<count) }
    // From the middle of each stretch, so that what is symmetric stays so.
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
