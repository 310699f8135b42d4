package import Screen
package import Trace

/// The path of each exception: a row for where it was raised, and rows below for where it was
/// raised again, caught or lost.
package struct ExceptionRows {
  package private(set) var rows: [StyledText] = []
  private let session: RunSession
  private let glyphs: Glyphs
  private let width: Int

  package init(_ session: RunSession, width: Int, glyphs: Glyphs) {
    self.session = session
    self.glyphs = glyphs
    self.width = width
    let entries = session.trail.entries
    let labels = entries.map { ActorText.label($0.raised.actor, in: session.state).columns }
    let labelColumns = min(labels.max() ?? 0, 16)
    let lines = entries.compactMap(\.raised.line).map { String($0).count }.max() ?? 0
    for entry in entries { rows += self.rows(of: entry, labelColumns, lines) }
    let more = session.trail.count - entries.count
    if more > 0 { rows.append(StyledText("and \(more) more, among the events", .muted)) }
  }

  /// Returns how many exceptions were raised, caught and lost, in several lengths.
  package static func notes(_ trail: ExceptionTrail, _ glyphs: Glyphs) -> [StyledText] {
    let dot = StyledText(" \(glyphs.separator) ", .muted)
    let lost = StyledText("\(trail.lost) lost", trail.lost > 0 ? .failure : .text)
    let caught = StyledText("\(trail.caught) caught")
    return [
      StyledText("\(trail.count) raised") + dot + caught + dot + lost, caught + dot + lost, lost,
    ]
  }

  private func rows(
    of entry: ExceptionTrail.Entry, _ labelColumns: Int, _ lineColumns: Int
  ) -> [StyledText] {
    let moment = StyledText(ValueText.moment(Int64(clamping: entry.raised.time)), .muted)
      .leftPadded(to: 8)
    var head = moment + StyledText("  ")
    head += ActorText.label(entry.raised.actor, in: session.state)
      .padded(to: labelColumns, glyphs: glyphs)
    if lineColumns > 0 {
      let line = entry.raised.line.map { "line \($0)" } ?? ""
      head += StyledText("  " + line, .muted).padded(to: lineColumns + 7, glyphs: glyphs)
    }
    head.append("  ")
    let what = entry.message.isEmpty ? entry.type : "\(entry.type): \(entry.message)"
    let whole = head + StyledText(ValueText.whole(what), entry.isLost ? .failure : .strong)
    let hanging = min(head.columns, width / 2)
    return whole.wrapped(to: width, hangingIndent: hanging)
      + fates(of: entry).flatMap { fate in
        (StyledText(String(repeating: " ", count: moment.columns + 2) + corner + " ", .muted) + fate)
          .wrapped(to: width, hangingIndent: min(moment.columns + 4, width / 2))
      }
  }

  private var corner: String { glyphs.isASCII ? "`" : "└" }

  /// Returns the later steps of an exception, in order.
  private func fates(of entry: ExceptionTrail.Entry) -> [StyledText] {
    var fates: [StyledText] = []
    var before = entry.raised
    for point in entry.again {
      fates.append(StyledText("raised again in ", .muted) + place(point, after: before))
      before = point
    }
    switch entry.fate {
    case .open: fates.append(StyledText("still going up the calls", .muted))
    case .kept: fates.append(StyledText("kept with its task until somebody asks", .muted))
    case .caught(let point):
      fates.append(
        StyledText("caught", .success) + StyledText(" by ", .muted)
          + place(point, after: before))
    case .lost:
      fates.append(
        StyledText("lost", .failure) + StyledText(": ", .muted)
          + ActorText.label(before.actor, in: session.state)
          + StyledText(" ended with it, and nobody caught it", .muted))
    case .unasked:
      fates.append(
        StyledText("lost", .failure)
          + StyledText(": it stayed with its task, and nobody asked", .muted))
    }
    return fates
  }

  /// Returns the actor, the line, and the time since the step before.
  private func place(
    _ point: ExceptionTrail.Point, after before: ExceptionTrail.Point
  ) -> StyledText {
    var text = ActorText.label(point.actor, in: session.state)
    if let line = point.line { text.append(", line \(line)", .muted) }
    let later = Int64(clamping: point.time - min(point.time, before.time))
    text.append(", \(ValueText.duration(later)) later", .muted)
    return text
  }
}
