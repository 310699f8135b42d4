internal import Events
internal import History
package import Screen
internal import Trace

/// Events as rows of a table: time, actor, kind and details.
package struct EventRows {
  package let rows: [StyledText]

  /// - Parameters:
  ///   - range: the indices of the events to show. The cost depends on these only, not on the run.
  ///   - marked: the index of the event with the cursor, or nil for the current one.
  package init(
    _ session: RunSession, range: Range<Int>, marked: Int? = nil, width: Int, glyphs: Glyphs
  ) {
    let log = session.log
    let range = range.clamped(to: 0..<log.count)
    let names = log.state.shownActors.prefix(64)
    let nameColumns = min(
      max(6, names.map { ActorText.label($0.id, in: log.state).columns }.max() ?? 0),
      width >= 100 ? 24 : 16)
    let timeColumns = TimeText.moment(log.state.time).count
    var state = log.state(at: range.lowerBound)
    var rows: [StyledText] = []
    for index in range {
      let event = log[index]
      state.apply(event)
      let isMarked = index == marked ?? session.position - 1
      // At the moment on display, later events have not happened yet.
      let isLater = index >= session.position
      var row = StyledText(TimeText.moment(event.time), .muted).leftPadded(to: timeColumns)
      row.append(isMarked ? " \(glyphs.cursor) " : "   ", .strong)
      if width >= 60 {
        let label = ActorText.label(event.actor, in: state)
        row += label.padded(to: nameColumns, glyphs: glyphs)
      } else {
        row += ActorText.letter(event.actor, in: state)
      }
      row.append("  ")
      row += Self.description(event, state, room: width - row.columns, glyphs: glyphs)
      let fitted = row.truncated(to: width, glyphs: glyphs)
      rows.append(isLater ? fitted.styled { _ in .muted } : fitted)
    }
    self.rows = rows
  }

  /// Returns the kind and the details, or a sentence alone if there is no room for both.
  private static func description(
    _ event: Event, _ state: RunState, room: Int, glyphs: Glyphs
  ) -> StyledText {
    let kindColumns = room >= 80 ? 18 : room >= 48 ? 16 : 13
    let detail = EventDetail.text(event, state: state, glyphs: glyphs)
    let isFailure = event.kind == .exceptionRaise || event.kind == .taskFail
    let kind = StyledText(event.kind.name, isFailure ? .failure : .muted)
    let both =
      kind.padded(to: max(kind.columns + 1, kindColumns), glyphs: glyphs) + detail
    if both.columns <= room || room >= 48 { return both }
    let sentence = Narrator.predicate(event, state: state)
    return StyledText(sentence, isFailure ? .failure : .text)
  }
}
