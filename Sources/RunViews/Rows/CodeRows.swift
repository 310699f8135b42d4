package import Catalog
internal import Events
package import LessonKit
internal import LessonViews
package import Screen
internal import Trace

/// The listing with line numbers, and the actors at their current lines.
package struct CodeRows {
  package struct Row {
    package var text: StyledText
    /// The line of the listing, from 1.
    package var line: Int
    package var isLit = false
  }

  package let rows: [Row]

  /// The columns for letters before the marker; if they do not fit, their number is shown.
  private static let markColumns = 3

  /// - Parameter request: the run whose values are shown, or nil for the listing's own.
  package init(
    _ listing: Listing, request: RunRequest?, session: RunSession?, now: UInt64, width: Int,
    glyphs: Glyphs
  ) {
    let actors = session.map(Self.actorsByLine) ?? [:]
    let digits = String(listing.lines.count).count
    let room = width - Self.markColumns - 2 - digits - 2
    var lit: Int?
    if let session, session.isLit(at: now), let latest = session.latest, latest.line > 0 {
      lit = Int(latest.line)
    }
    var rows: [Row] = []
    for (index, code) in RunListing(listing, request: request).lines.enumerated() {
      let line = index + 1
      let here = actors[line] ?? []
      var margin = Self.mark(here, in: session?.state ?? RunState(), glyphs: glyphs)
      let number = StyledText(String(line), here.isEmpty ? .muted : .strong)
      margin += number.leftPadded(to: digits)
      switch code.change {
      case .none: margin.append("  ")
      case .value: margin += StyledText(glyphs.changed + " ", .warning)
      case .leftOut: margin += StyledText(glyphs.cross + " ", .muted)
      }
      let indent = StyledText(String(repeating: " ", count: margin.columns))
      for (part, text) in Self.fitted(code, to: max(1, room), glyphs: glyphs).enumerated() {
        rows.append(
          Row(text: (part == 0 ? margin : indent) + text, line: line, isLit: line == lit))
      }
    }
    self.rows = rows
  }

  /// Returns a line of code, wrapped if necessary; a comment at its end is truncated instead.
  private static func fitted(
    _ line: RunListing.Line, to room: Int, glyphs: Glyphs
  ) -> [StyledText] {
    let text =
      line.change == .leftOut ? StyledText(line.text, .muted) : PythonText.styled(line.tokens)
    guard text.columns > room, let last = line.tokens.last, last.kind == .comment,
      text.columns - TextWidth.columns(of: last.text) + 8 <= room
    else { return PythonText.wrapped(text, to: room) }
    return [text.truncated(to: room, glyphs: glyphs)]
  }

  /// Returns the range of rows that has all current lines of actors, or nil.
  package func activeRows(_ session: RunSession) -> ClosedRange<Int>? {
    let actors = Self.actorsByLine(session)
    let active = rows.indices.filter { actors[rows[$0].line] != nil }
    guard let first = active.first, let last = active.last else { return nil }
    return first...last
  }

  /// Returns the first row of a line of the listing.
  package func firstRow(of line: Int) -> Int? { rows.firstIndex { $0.line == line } }

  private static func actorsByLine(_ session: RunSession) -> [Int: [ActorID]] {
    guard session.isUnderWay else { return [:] }
    var actors: [Int: [ActorID]] = [:]
    for actor in session.state.actors where actor.isAlive && actor.id != .main {
      if let line = actor.line { actors[line, default: []].append(actor.id) }
    }
    return actors
  }

  private static func mark(_ actors: [ActorID], in state: RunState, glyphs: Glyphs) -> StyledText {
    guard let first = actors.first else {
      return StyledText(String(repeating: " ", count: markColumns + 2))
    }
    var letters = StyledText()
    for actor in actors { letters += ActorText.letter(actor, in: state) }
    if letters.columns > markColumns {
      letters = ActorText.letter(first, in: state) + StyledText("+\(actors.count - 1)", .muted)
      if letters.columns > markColumns { letters = StyledText("\(actors.count)", .muted) }
    }
    let style = actors.count == 1 ? ActorText.style(first, in: state) : .strong
    return letters.padded(to: markColumns, glyphs: glyphs) + StyledText(glyphs.cursor + " ", style)
  }
}
