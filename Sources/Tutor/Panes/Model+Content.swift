internal import Catalog
internal import LessonKit
internal import Screen
internal import Trace

/// What a pane shows, before it has a border.
struct PaneContent {
  struct Row {
    var text: StyledText
    var isLit = false
  }

  var title: StyledText
  /// What stands at the right end of the top edge.
  var note = StyledText()
  /// The rows in sight.
  var rows: [Row] = []
  var scroll: ScrollView?
}

extension Model {
  func title(_ pane: PaneID) -> StyledText { titles(pane)[0] }

  /// A pane's title in several lengths, the fullest first.
  func titles(_ pane: PaneID) -> [StyledText] {
    guard pane == .lesson, let lesson else { return [StyledText(pane.title)] }
    let dot = " \(glyphs.separator) "
    let number = lesson.number.map(String.init) ?? ""
    let full = number.isEmpty ? lesson.title : number + dot + lesson.title
    let step = "\(place.step + 1)/\(max(1, lesson.steps.count))"
    let short = number.isEmpty ? step : number + dot + step
    return [full, "Lesson " + short, short].map { StyledText($0) }
  }

  /// How many rows a pane has to show, in a room of the given size.
  func rowCount(of pane: PaneID, _ rect: Rect) -> Int {
    pane == .events ? session?.log.count ?? 0 : allRows(of: pane, rect.width, rect.height).count
  }

  func content(_ pane: PaneID, width: Int, height: Int) -> PaneContent {
    var content = PaneContent(title: title(pane), note: note(pane, width: width))
    guard width > 0, height > 0 else { return content }
    if pane == .events, let session, !session.log.isEmpty {
      let count = session.log.count
      let offset = scroll.follows(.events) ? count : scroll[.events]
      let view = ScrollView(offset: offset, contentHeight: count, height: height)
      content.rows = EventRows(session, range: view.visible, width: width, glyphs: glyphs)
        .rows.map { PaneContent.Row(text: $0) }
      content.scroll = view
      return content
    }
    let rows = allRows(of: pane, width, height)
    let view = ScrollView(offset: scroll[pane], contentHeight: rows.count, height: height)
    content.rows = Array(rows[view.visible])
    content.scroll = view
    return content
  }

  /// All rows of a pane other than the events.
  private func allRows(of pane: PaneID, _ width: Int, _ height: Int) -> [PaneContent.Row] {
    typealias Row = PaneContent.Row
    switch pane {
    case .lesson: return lessonText.lines.map { Row(text: $0.text) }
    case .code:
      guard let listing = shownListing else {
        return invitation("This step has no code to show.", width)
      }
      return CodeRows(listing, session: session, now: now, width: width, glyphs: glyphs)
        .rows.map { Row(text: $0.text, isLit: $0.isLit) }
    case .state:
      guard let session, !session.log.isEmpty else {
        return invitation(
          "What the threads share, and what each of them does.", width, hasHint: true)
      }
      let state = StateRows(session, now: now, width: width, height: height, glyphs: glyphs)
      let rows = state.rows.map { Row(text: $0.text, isLit: $0.isLit) }
      let rest = height - rows.count - 1
      guard layout.isSingle, !isZoomed, rest >= min(4, TimelineRows.count(session)) else {
        return rows
      }
      // Where only one pane is seen, the lanes take what the state leaves.
      let lanes = TimelineRows(session, now: now, width: width, glyphs: glyphs).rows
      return rows + [Row(text: StyledText())] + lanes.prefix(rest).map { Row(text: $0) }
    case .timeline:
      guard let session, !session.log.isEmpty else {
        return invitation("A lane for each thread: who works, waits or sleeps when.", width)
      }
      return timelineRows(session, width, height)
    case .bars:
      guard let session, !session.log.isEmpty else {
        return invitation(
          "A bar for each pool: how long it took from start to end.", width, hasHint: true)
      }
      return BarRows(session, width: width, glyphs: glyphs).rows.map { Row(text: $0) }
    case .events:
      return invitation("Everything that happens, one line each, in order.", width)
    }
  }

  /// The lanes, and what their signs mean where a row is left.
  private func timelineRows(
    _ session: RunSession, _ width: Int, _ height: Int
  ) -> [PaneContent.Row] {
    var rows = TimelineRows(session, now: now, width: width, glyphs: glyphs).rows
    let legend = TimelineRows.legend(glyphs)
    if rows.count < height, legend.columns <= width {
      while rows.count < height - 1 { rows.append(StyledText()) }
      rows.append(legend)
    }
    return rows.map { PaneContent.Row(text: $0) }
  }

  /// What a pane will show, and how to get it, before there is anything.
  private func invitation(
    _ text: String, _ width: Int, hasHint: Bool = false
  ) -> [PaneContent.Row] {
    var lines = StyledText(text, .muted).wrapped(to: width)
    if hasHint, session == nil, awaited == nil, let demo = selectedRequest?.demo {
      let hint =
        StyledText("r", .key) + StyledText("  runs \(demo.id)", .muted)
      lines += hint.wrapped(to: width, hangingIndent: 3)
    }
    return lines.map { PaneContent.Row(text: $0) }
  }

  private func note(_ pane: PaneID, width: Int) -> StyledText {
    var note = StyledText()
    switch pane {
    case .lesson:
      if let lesson, lesson.steps.count > 1 {
        note = StyledText("step \(place.step + 1) of \(lesson.steps.count)")
      }
    case .code: note = StyledText(shownListing?.name ?? "")
    case .timeline:
      if let session, !session.log.isEmpty {
        note = StyledText(TimelineRows.axis(session, now: now))
      }
    case .bars: if session != nil, width >= 50 { note = BarRows.legend(glyphs) }
    case .events:
      if let session, !session.log.isEmpty {
        let count = session.log.count
        note = StyledText(count == 1 ? "1 event" : "\(count) events")
        if !scroll.follows(.events) {
          note.append(" \(glyphs.separator) ")
          note.append("G follows", .muted)
        } else if session.isLive {
          note.append(" \(glyphs.separator) live")
        }
      }
    case .state: break
    }
    guard let badge = lostBadge(pane) else { return note }
    return note.isEmpty ? badge : note + StyledText("  ") + badge
  }

  /// Says in each pane of the run that its picture has gaps.
  private func lostBadge(_ pane: PaneID) -> StyledText? {
    guard pane != .lesson, let lost = session?.log.lost, lost > 0 else { return nil }
    return StyledText("\(lost) lost", .failure)
  }
}
