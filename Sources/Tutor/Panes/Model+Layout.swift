internal import Catalog
internal import LessonKit
internal import LessonViews
internal import RunViews
internal import Screen
internal import Trace

extension Model {
  /// The panes in the place of the state: the demo's views, then the state.
  var middlePanes: [PaneID] { shownDemo?.middlePanes ?? [.state] }

  /// The visible one of them.
  var shownMiddle: PaneID {
    let middle = middlePanes
    return chosenMiddle.flatMap { middle.contains($0) ? $0 : nil } ?? middle.first ?? .state
  }

  /// Whether the whole screen is for reading: there is nothing to run, as in most documents, or
  /// nothing has run and the step has a long table that is too wide for the lesson beside other
  /// panes.
  package var isReading: Bool {
    session == nil && awaited == nil && (shownDemo == nil || hasWideTable)
  }

  private var hasWideTable: Bool {
    guard size.columns >= ScreenLayout.wide.columns, size.rows >= ScreenLayout.wide.rows else {
      return false
    }
    let room = ScreenLayout.lessonColumns(of: size.columns) - 4
    return step?.blocks.contains { block in
      guard case .table(let table) = block, table.rows.count >= Self.longTable else { return false }
      return Self.columns(of: table) > room
    } ?? false
  }

  /// The rows of a table that is the content of its step. A shorter one explains code.
  private static let longTable = 5

  /// How many rows of a table count for its width.
  private static let mostRows = 64

  /// The columns that a table takes if no cell wraps.
  private static func columns(of table: Table) -> Int {
    var widths: [Int] = []
    for row in [table.header] + table.rows.prefix(mostRows) {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], TextWidth.columns(of: cell.plainText))
      }
    }
    return widths.reduce(0, +) + 2 * max(0, widths.count - 1)
  }

  /// All panes, in the order of their digits.
  var panes: [PaneID] {
    isReading ? [.lesson, .contents] : ScreenLayout.panes(middle: middlePanes)
  }

  /// The digit of a pane, or nil if the demo does not have the pane.
  func digit(of pane: PaneID) -> Int? { panes.firstIndex(of: pane).map { $0 + 1 } }

  /// The pane in the first shared place: the code before a run, the state or view after its start.
  var upper: PaneID {
    guard let chosenUpper else { return session == nil ? .code : shownMiddle }
    return chosenUpper == .code ? .code : shownMiddle
  }

  var lower: PaneID { chosenLower ?? .timeline }

  var layout: ScreenLayout {
    var request = ScreenLayout.Request(size: size, focus: panes.contains(focus) ? focus : .lesson)
    request.isZoomed = isZoomed
    request.middle = middlePanes
    request.shownMiddle = shownMiddle
    request.isReading = isReading
    request.isBeforeRun = session == nil
    request.upper = upper
    request.lower = lower
    request.wanted = wantedRows
    request.codeRows = shownListing?.lines.count ?? 0
    request.alertRows =
      alertLines(columns: size.columns).count + max(0, noticeLines(columns: size.columns).count - 1)
    request.splits = splits
    return ScreenLayout(request)
  }

  /// The number of rows that each pane wants: the rows of its content, and before a run those of a
  /// small run, so that little moves at its start.
  private var wantedRows: [PaneID: Int] {
    let small = 6
    var wanted: [PaneID: Int] = [
      .lesson: lessonText.lines.count, .code: shownListing?.lines.count ?? 0, .state: small,
      .timeline: middlePanes[0].isTall ? 12 : small, .events: 5, .pools: 8, .bars: 8,
      .picture: 24, .waits: small, .exceptions: small,
    ]
    // Looking back must not move the panes.
    guard let session = session?.atHead else { return wanted }
    // A small screen has no rows for spacing.
    let isSmall = size.rows < 30 || size.columns < ScreenLayout.wide.columns
    let lanes = TimelineRows.count(session) + 1 + (size.columns < ScreenLayout.wide.columns ? 1 : 0)
    let width =
      size.columns < ScreenLayout.wide.columns
      ? size.columns - 4 : size.columns - ScreenLayout.lessonColumns(of: size.columns) - 4
    let state = StateRows.count(session, width: width, isSpaced: !isSmall)
    wanted[.state] = max(isSmall ? 3 : small, min(40, state))
    wanted[.timeline] = max(isSmall ? 4 : small, min(40, lanes))
    // The demo's view and its result need room before the code does.
    if middlePanes[0] != .state || session.shown != nil {
      wanted[.code] = min(wanted[.code] ?? 0, 7)
    }
    for pane in middlePanes where pane != .state {
      let least = pane.isTall ? 8 : isSmall ? 3 : small
      wanted[pane] = max(least, min(40, viewRows(pane, session, width: width)))
    }
    return wanted
  }

  /// The number of rows of a demo's view.
  private func viewRows(_ pane: PaneID, _ session: RunSession, width: Int) -> Int {
    switch pane {
    case .pools: PoolRows.count(session)
    case .picture: session.picture.rows.count + 3
    default: atHead.allRows(of: pane, width, 40).count
    }
  }

  /// The model with its run at the newest event.
  private var atHead: Model {
    guard session?.past != nil else { return self }
    var model = self
    model.session?.follow()
    return model
  }

  /// The border beside the lesson, or nil if no pane is beside it.
  var sideBorder: ScreenLayout.Border? { layout.borders.first { $0.isUpright } }

  /// The border below the focused pane, or above the lowest pane.
  var lowerBorder: ScreenLayout.Border? {
    let layout = layout
    let level = layout.borders.filter { !$0.isUpright }
    guard let rect = layout.rect(of: focus) else { return nil }
    return level.first { $0.rect.y == rect.maxY - 1 && $0.room.x <= rect.x }
      ?? level.first { $0.rect.y == rect.y - 1 && $0.room.x <= rect.x }
  }

  /// Moves a border to a cell, or as far as the smallest size of a pane permits.
  mutating func move(_ border: ScreenLayout.Border, to point: Point) {
    splits.places[border.name] = border.place(at: point)
  }

  /// Shows a pane and focuses it.
  mutating func focusPane(_ pane: PaneID) {
    focus = pane
    switch pane {
    case .code: chosenUpper = pane
    case .state, .pools, .bars, .picture, .waits, .exceptions:
      chosenUpper = pane
      chosenMiddle = pane
    case .timeline, .events: chosenLower = pane
    case .lesson, .contents: break
    }
  }

  /// The room for text in a pane on the screen, or nil if the pane is not visible.
  func content(of pane: PaneID) -> Rect? {
    layout.rect(of: pane).map(Self.inside)
  }

  /// The room for text inside a border.
  static func inside(_ rect: Rect) -> Rect {
    rect.inset(left: 2, top: 1, right: 2, bottom: 1)
  }
}
