internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import LessonViews
internal import RunViews
package import Screen
internal import Trace

/// The content of a pane, without the border.
struct PaneContent {
  struct Row {
    var text: StyledText
    var isLit = false
  }

  var title: StyledText
  /// The note at the right end of the top edge, in several lengths, the longest first.
  var notes: [StyledText] = []
  /// The visible rows.
  var rows: [Row] = []
  var scroll: ScrollView?
}

extension Model {
  package func title(_ pane: PaneID) -> StyledText { titles(pane)[0] }

  /// The title of a pane in several lengths, the longest first.
  func titles(_ pane: PaneID) -> [StyledText] {
    guard pane == .lesson, let lesson else { return [StyledText(pane.title)] }
    let dot = " \(glyphs.separator) "
    let number = lesson.number.map(String.init) ?? ""
    let full = number.isEmpty ? lesson.title : number + dot + lesson.title
    let step = "\(place.step + 1)/\(max(1, lesson.steps.count))"
    let short = number.isEmpty ? step : number + dot + step
    return [full, "Lesson " + short, short].map { StyledText($0) }
  }

  /// The number of rows of a pane at the size of a rectangle.
  func rowCount(of pane: PaneID, _ rect: Rect) -> Int {
    switch pane {
    case .lesson: return lessonText.lines.count
    case .contents: return ContentsRows(self).entries.count
    case .events: return session?.log.count ?? 0
    case .timeline: return session.map { TimelineRows.count($0) } ?? 0
    default: return allRows(of: pane, rect.width, rect.height).count
    }
  }

  /// The rows for lanes in a timeline of a height: all but one, which has the axis.
  static func laneRows(of height: Int) -> Int { height >= 3 ? height - 1 : height }

  func content(_ pane: PaneID, width: Int, height: Int) -> PaneContent {
    var content = PaneContent(title: title(pane), notes: notes(pane))
    guard width > 0, height > 0 else { return content }
    if pane == .lesson {
      let lines = lessonText.lines
      let view = ScrollView(offset: scroll[.lesson], contentHeight: lines.count, height: height)
      content.rows = lines[view.visible].map { PaneContent.Row(text: $0.text) }
      content.scroll = view
      return content
    }
    if pane == .contents {
      let contents = ContentsRows(self)
      let view = ScrollView(
        offset: scroll[pane], contentHeight: contents.entries.count, height: height)
      content.rows = contents.rows(view.visible, width: width)
      content.scroll = view
      return content
    }
    if pane == .events, let session, !session.log.isEmpty {
      let count = session.log.count
      let offset = scroll.follows(.events) ? count : scroll[.events]
      let view = ScrollView(offset: offset, contentHeight: count, height: height)
      content.rows = EventRows(session, range: view.visible, width: width, glyphs: glyphs)
        .rows.map { PaneContent.Row(text: $0) }
      content.scroll = view
      return content
    }
    if pane == .timeline, let session, !session.log.isEmpty {
      let lanes = TimelineRows(session, now: now, width: width, glyphs: glyphs)
      let view = ScrollView(
        offset: scroll[.timeline], contentHeight: lanes.count, height: Self.laneRows(of: height))
      let drawn = lanes.rows(view.visible)
      content.rows = drawn.rows.map { PaneContent.Row(text: $0) }
      if view.height < height { content.rows.append(PaneContent.Row(text: lanes.axisRow)) }
      content.notes = timelineNotes(session, shown: drawn.signs)
      if content.rows.count < height, let latest = latestEvent(session, width) {
        content.rows.append(PaneContent.Row(text: latest))
      }
      content.scroll = view
      return content
    }
    let rows = allRows(of: pane, width, height)
    let view = ScrollView(offset: scroll[pane], contentHeight: rows.count, height: height)
    content.rows = Array(rows[view.visible])
    content.scroll = view
    return content
  }

  /// All rows of a pane other than the lesson, the events and the lanes. The conclusion of the run
  /// comes first.
  func allRows(of pane: PaneID, _ width: Int, _ height: Int) -> [PaneContent.Row] {
    let hasTable = ![.bars, .picture].contains(pane) || !hasClosedTable
    var shown =
      pane.isMiddle
      ? ShownText.rows(session, hasTable: hasTable, width: width, glyphs: glyphs) : []
    guard !shown.isEmpty else { return ownRows(of: pane, width, height) }
    var rows = ownRows(of: pane, width, max(1, height - shown.count))
    if pane == .waits, shown.count + rows.count > height {
      // The drawing is what the step is about; the state has the table.
      shown = ShownText.rows(session, hasTable: false, width: width, glyphs: glyphs)
      rows = ownRows(of: pane, width, max(1, height - shown.count))
    }
    let gap = shown.count + 1 + rows.count <= height ? [StyledText()] : []
    return (shown + gap).map { PaneContent.Row(text: $0) } + rows
  }

  private func ownRows(of pane: PaneID, _ width: Int, _ height: Int) -> [PaneContent.Row] {
    typealias Row = PaneContent.Row
    switch pane {
    case .lesson: return []
    case .contents:
      let contents = ContentsRows(self)
      return contents.rows(contents.entries.indices, width: width)
    case .code:
      guard let listing = shownListing else {
        return invitation("This step has no code to show.", width)
      }
      return CodeRows(
        listing, request: shownRequest, session: session, now: now, width: width, glyphs: glyphs
      )
      .rows.map { Row(text: $0.text, isLit: $0.isLit) }
    case .state:
      guard let session, !session.log.isEmpty else {
        return invitation(
          "What the threads share, and what each of them does.", width, hasHint: true)
      }
      let state = StateRows(session, now: now, width: width, height: height, glyphs: glyphs)
      let rows = state.rows.map { Row(text: $0.text, isLit: $0.isLit) }
      let rest = height - rows.count - 1
      guard layout.isSingle, !isZoomed, rest >= min(3, TimelineRows.count(session)) else {
        return rows
      }
      // If only one pane is visible, the lanes get the rows below the state.
      let timeline = TimelineRows(session, now: now, width: width, glyphs: glyphs)
      let lanes = timeline.rows(0..<Self.laneRows(of: rest)).rows + [timeline.axisRow]
      return rows + [Row(text: StyledText())] + lanes.prefix(rest).map { Row(text: $0) }
    case .timeline:
      return invitation("A lane for each thread shows when it works, waits or sleeps.", width)
    case .bars:
      guard let session, !session.log.isEmpty else {
        return invitation(
          "A bar for each variant that the demo measures.", width, hasHint: true)
      }
      guard !session.arms.quantities.isEmpty else {
        return invitation(
          session.isUnderWay ? "Nothing is measured yet." : "Nothing was measured.", width)
      }
      return BarRows(
        session.arms, asked: askedMeasures, isOpen: showsAllMeasures, hasTable: hasClosedTable,
        width: width, height: height,
        glyphs: glyphs
      )
      .rows.map { Row(text: $0) }
    case .picture:
      guard let session, !session.log.isEmpty else {
        return invitation(
          "A picture with each row in the colour of its worker.", width, hasHint: true)
      }
      guard session.picture.made > 0 || session.isUnderWay else {
        return invitation("No row was made.", width)
      }
      return PictureView(session, width: width, height: height, glyphs: glyphs).rows.map {
        Row(text: $0)
      }
    case .waits:
      guard let session, !session.log.isEmpty else {
        return invitation(
          "The locks, their holders, and the threads that wait.", width, hasHint: true)
      }
      return WaitRows(session, now: now, width: width, height: height, glyphs: glyphs).rows.map {
        Row(text: $0)
      }
    case .exceptions:
      guard let session, !session.log.isEmpty else {
        return invitation(
          "The exceptions, and where they are caught.", width, hasHint: true)
      }
      guard session.trail.count > 0 else {
        return invitation(
          session.isUnderWay ? "Nothing was raised yet." : "Nothing was raised.", width)
      }
      return ExceptionRows(session, width: width, glyphs: glyphs).rows.map { Row(text: $0) }
    case .pools:
      guard let session, !session.log.isEmpty else {
        return invitation(
          "A bar for each pool shows its time from start to end.", width, hasHint: true)
      }
      return PoolRows(
        session, asked: askedMeasures, isOpen: showsAllMeasures, now: now, width: width,
        height: height, glyphs: glyphs
      )
      .rows.map { Row(text: $0) }
    case .events:
      return invitation("Every event in order, one on each line.", width)
    }
  }

  /// The last event for the row below the lanes, if the events are not visible.
  private func latestEvent(_ session: RunSession, _ width: Int) -> StyledText? {
    guard layout.rect(of: .events) == nil, let latest = session.latest else { return nil }
    let index = session.log.index(of: latest.seq)
    return EventRows(
      session, range: index..<index + 1, marked: index, width: width, glyphs: glyphs
    ).rows.first
  }

  /// A text for an empty pane: what it will show, and the key that starts the run.
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

  private func notes(_ pane: PaneID) -> [StyledText] {
    var notes: [StyledText] = []
    switch pane {
    case .lesson:
      if let lesson, lesson.steps.count > 1 {
        notes = [StyledText("step \(place.step + 1) of \(lesson.steps.count)")]
      }
    case .code:
      let name = StyledText(listingNote)
      notes = [name]
      if let changes = session?.changes(glyphs) {
        let dot = StyledText(" \(glyphs.separator) ", .muted)
        notes = [changes + dot + name, changes, name]
      }
    // The legend depends on the drawn signs.
    case .timeline: break
    case .pools: if session != nil { notes = [PoolRows.legend(glyphs)] }
    case .bars:
      if session?.arms.quantities.contains(where: \.hasRounds) == true {
        notes = [BarRows.legend(glyphs)]
      }
    case .picture: if let session, !session.log.isEmpty { notes = [PictureView.note(session)] }
    case .exceptions:
      if let session, !session.log.isEmpty { notes = ExceptionRows.notes(session.trail, glyphs) }
    case .waits: break
    case .events:
      if let session, !session.log.isEmpty { notes = [eventsNote(session)] }
    case .contents: notes = [StyledText("\(seenCount()) of \(stepCount) seen")]
    case .state: break
    }
    return marked(notes, pane)
  }

  /// The legend of the lanes, and their span of time.
  private func timelineNotes(_ session: RunSession, shown: Set<Character>) -> [StyledText] {
    let axis = StyledText(TimelineRows.axis(session, now: now))
    let legends = Lane.legend(session, shown: shown, glyphs)
    let both = legends.map { $0 + StyledText("   ") + axis }
    // The span of time is always in sight.
    return marked(both + [axis], .timeline)
  }

  /// The notes with the search of the pane, and the number of lost events.
  private func marked(_ notes: [StyledText], _ pane: PaneID) -> [StyledText] {
    var notes = notes
    if let found = searchNote(pane) {
      notes = [found + StyledText("   ") + (notes.first ?? StyledText()), found]
    }
    guard let badge = lostBadge(pane) else { return notes }
    return notes.map { $0 + StyledText("  ") + badge } + [badge]
  }

  /// The name of the listing, with a hint if the code is not from the user's document.
  private var listingNote: String {
    guard let name = shownListing?.name else { return "" }
    let isOffered = step?.runs.contains { $0.isOffered } ?? false
    return isOffered ? "ours: \(name)" : name
  }

  /// The search in the pane, with the number of matches.
  func searchNote(_ pane: PaneID) -> StyledText? {
    guard let search, search.pane == pane, !search.isTyping else { return nil }
    let text = TextWidth.truncated(search.field.text, to: 20, glyphs: glyphs)
    return StyledText("/", .key) + StyledText(text, .strong)
      + StyledText("  \(search.count(isComplete: isSearchComplete))")
  }

  private func eventsNote(_ session: RunSession) -> StyledText {
    let count = ValueText.grouped(session.log.count)
    if session.isRewound {
      return StyledText("event \(ValueText.grouped(session.position)) of \(count)")
    }
    var note = StyledText(session.log.count == 1 ? "1 event" : "\(count) events")
    if !scroll.follows(.events) {
      note.append(" \(glyphs.separator) ")
      note.append("G follows", .muted)
    } else if session.isLive {
      note.append(" \(glyphs.separator) live")
    }
    return note
  }

  /// The number of lost events, for each pane of the run.
  private func lostBadge(_ pane: PaneID) -> StyledText? {
    guard pane != .lesson, let lost = session?.log.lost, lost > 0 else { return nil }
    return StyledText("\(lost) lost", .failure)
  }
}
