internal import LessonKit
internal import RunViews
internal import Screen
internal import Trace

extension Model {
  /// The footer: hints about keys, and at the right the state of the run.
  var footerHints: KeyHints {
    let hints = KeyTable.hints(self).map(\.hint)
    if scope == .search, let search {
      let count = search.count(isComplete: isSearchComplete)
      return KeyHints(hints, trailing: StyledText(count, search.hits.isEmpty ? .warning : .strong))
    }
    let status = RunStatus(session, isStarting: awaited != nil, now: now, glyphs: glyphs)
    return KeyHints(hints, trailing: status.text(columns: size.columns))
  }

  /// The text for the first start.
  private var welcome: StyledText {
    let run = selectedRequest == nil ? StyledText() : StyledText("r", .key) + " runs the step, "
    let count = course.lessons.count
    let what =
      count > 1 ? "Welcome: \(count) lessons, \(stepCount) steps.  " : "Welcome.  "
    return StyledText(what, .strong) + run + StyledText("]", .key)
      + " continues, "
      + StyledText("j k", .key) + " scroll, " + StyledText("?", .key) + " lists every key."
  }

  /// The lines of the current notice.
  func noticeLines(columns: Int) -> [StyledText] {
    guard let notice, columns > 2 else { return [] }
    let sign =
      notice.isWarning ? StyledText("! ", .warning) : StyledText(glyphs.done + " ", .success)
    let text = sign + StyledText(notice.text)
    return Array(text.wrapped(to: columns - 2, hangingIndent: 2).prefix(3))
  }

  /// The lines above the footer about problems of the run.
  func alertLines(columns: Int) -> [StyledText] {
    let width = columns - 2
    guard width > 0 else { return [] }
    if showsWelcome { return welcome.wrapped(to: width) }
    guard let session, let alert = session.alert(session.dismissedAlerts, glyphs) else { return [] }
    var lines = Array(alert.wrapped(to: width, hangingIndent: 2).prefix(2))
    let more = session.alertCount - session.dismissedAlerts - 1
    if more > 0, let last = lines.last {
      let note = StyledText("  and \(more) more", .muted)
      if last.columns + note.columns <= width { lines[lines.count - 1] = last + note }
    }
    return lines
  }

  /// The finding that the open layer shows, or nil if there are only exceptions.
  var shownFinding: Finding? {
    guard case .finding(let index) = layer, let findings = session?.findings else { return nil }
    return findings.indices.contains(index) ? findings[index] : findings.last
  }

  /// The rows of the layer with the finding.
  func findingRows(width: Int) -> [StyledText] {
    guard let session else { return [] }
    guard let finding = shownFinding else { return exceptionRows(session, width: width) }
    return FindingBox.rows(finding, of: session, width: width, glyphs: glyphs)
  }

  /// The exceptions with their times, and the number of those without room.
  private func exceptionRows(_ session: RunSession, width: Int) -> [StyledText] {
    let most = max(1, size.rows - 6)
    var rows: [StyledText] = []
    for (index, raise) in session.raises.enumerated() {
      let moment = StyledText(TimeText.moment(raise.time) + "  ", .muted)
      let set = (moment + session.text(of: raise)).wrapped(
        to: width, hangingIndent: moment.columns)
      guard rows.count + set.count <= most else {
        let left = session.raised - index
        return rows + [StyledText("and \(left) more, among the events", .muted)]
      }
      rows += set
    }
    return rows
  }

  /// The title of the layer with the finding.
  var findingTitle: String {
    guard let session else { return "" }
    if case .finding(let index) = layer, let finding = shownFinding {
      let count = session.findings.count
      let place = count > 1 ? " \(min(index, count - 1) + 1) of \(count)" : ""
      return "Finding\(place): " + FindingBox.title(finding, of: session.request)
    }
    return session.raised == 1 ? "An exception" : "\(session.raised) exceptions"
  }

  /// The rectangle of the open layer: a small screen as a whole, else the middle of the screen.
  var layerRect: Rect {
    let body = Rect(size).split(bottom: 1 + layout.alerts.height).rest
    guard body.width >= 92 else { return body }
    let width =
      switch layer {
      case .finding, .settings, .save: 64
      case .comparison: body.width
      default: 84
      }
    let wanted =
      switch layer {
      case .lessons: course.lessons.count + 4
      case .parameters(let form): form.rows(width: width - 4)
      case .help: KeyTable.helpRows(glyphs, width: width - 4).count
      case .finding: findingRows(width: width - 4).count
      case .palette(let picker), .contents(let picker), .recordings(let picker, _):
        picker.items.count + Picker.headRows
      case .settings: SettingsForm.rows
      case .save: SaveForm.rows
      case .comparison: body.height
      case nil: 0
      }
    let height = min(body.height, wanted + 2)
    return Rect(
      x: (body.width - width) / 2, y: (body.height - height) / 2, width: width, height: height)
  }
}
