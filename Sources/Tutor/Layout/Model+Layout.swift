internal import Catalog
internal import LessonKit
internal import LessonViews
internal import RunViews
internal import Screen
internal import Trace

extension Model {
  /// What shares the place of the state, the demo's own views before it.
  var middlePanes: [PaneID] { shownDemo?.middlePanes ?? [.state] }

  /// The one of them that is seen.
  var shownMiddle: PaneID {
    let middle = middlePanes
    return chosenMiddle.flatMap { middle.contains($0) ? $0 : nil } ?? middle.first ?? .state
  }

  /// Whether there is nothing to run, as in most documents: then all the room is for reading.
  package var isReading: Bool { session == nil && shownDemo == nil }

  /// The panes there are, in the order of their digits.
  var panes: [PaneID] {
    isReading ? [.lesson, .contents] : ScreenLayout.panes(middle: middlePanes)
  }

  /// The key that leads to a pane; nil where the demo has none such.
  func digit(of pane: PaneID) -> Int? { panes.firstIndex(of: pane).map { $0 + 1 } }

  /// What the first shared place shows: the code before a run, then what the run does.
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
    request.upper = upper
    request.lower = lower
    request.wanted = wantedRows
    request.alertRows = alertLines(columns: size.columns).count
    request.splits = splits
    return ScreenLayout(request)
  }

  /// How many rows each pane would like: as many as it fills, and before a run about as many as a
  /// small one needs, so that little moves when it begins.
  private var wantedRows: [PaneID: Int] {
    let small = 6
    var wanted: [PaneID: Int] = [
      .lesson: lessonText.lines.count, .code: shownListing?.lines.count ?? 0, .state: small,
      .timeline: middlePanes[0].isTall ? 12 : small, .events: 5, .pools: 8, .bars: 8,
      .picture: 24, .waits: small, .exceptions: small,
    ]
    // Looking back does not move the panes.
    guard let session = session?.atHead else {
      // Before a run a small screen belongs to the lesson.
      if size.columns < ScreenLayout.wide.columns { wanted[.timeline] = 3 }
      return wanted
    }
    // On a small screen no row is spent on looks.
    let isSmall = size.rows < 30 || size.columns < ScreenLayout.wide.columns
    let lanes = TimelineRows.count(session) + (size.columns < ScreenLayout.wide.columns ? 1 : 0)
    let width =
      size.columns < ScreenLayout.wide.columns ? size.columns - 4 : size.columns * 8 / 15 - 4
    let state = StateRows.count(session, width: width, isSpaced: !isSmall)
    wanted[.state] = max(isSmall ? 3 : small, min(40, state))
    wanted[.timeline] = max(isSmall ? 4 : small, min(40, lanes))
    // What the demo is about, and what it has shown, come before more of the code.
    if middlePanes[0] != .state || session.shown != nil {
      wanted[.code] = min(wanted[.code] ?? 0, 7)
    }
    for pane in middlePanes where pane != .state {
      let least = pane.isTall ? 8 : isSmall ? 3 : small
      wanted[pane] = max(least, min(40, viewRows(pane, session, width: width)))
    }
    return wanted
  }

  /// How many rows a demo's view would fill.
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

  /// The border beside the lesson; nil where no pane is beside it.
  var sideBorder: ScreenLayout.Border? { layout.borders.first { $0.isUpright } }

  /// The border below the focused pane, or above it where it is the lowest.
  var lowerBorder: ScreenLayout.Border? {
    let layout = layout
    let level = layout.borders.filter { !$0.isUpright }
    guard let rect = layout.rect(of: focus) else { return nil }
    return level.first { $0.rect.y == rect.maxY - 1 && $0.room.x <= rect.x }
      ?? level.first { $0.rect.y == rect.y - 1 && $0.room.x <= rect.x }
  }

  /// Moves a border to a cell; where that leaves a pane too little, as far as may be.
  mutating func move(_ border: ScreenLayout.Border, to point: Point) {
    splits.places[border.name] = border.place(at: point)
  }

  /// Brings a pane into sight and gives it the keys.
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

  /// The room for text in a pane on the screen; nil where it is out of sight.
  func content(of pane: PaneID) -> Rect? {
    layout.rect(of: pane).map(Self.inside)
  }

  /// The room for text inside a pane's border.
  static func inside(_ rect: Rect) -> Rect {
    rect.inset(left: 2, top: 1, right: 2, bottom: 1)
  }
}
