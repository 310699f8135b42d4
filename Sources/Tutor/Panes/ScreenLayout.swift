internal import Screen

/// The rectangles of all panes, computed from a request.
struct ScreenLayout: Equatable {
  struct Placed: Equatable {
    let pane: PaneID
    let rect: Rect
    /// The panes that share the place, in the order of their digits; one pane if it is not shared.
    let tabs: [PaneID]
  }

  /// A movable border between two panes.
  struct Border: Equatable {
    /// The name under which its position is saved. Each arrangement of panes has its own names.
    let name: String
    /// Whether the border is vertical.
    let isUpright: Bool
    /// The cells that the mouse can hold: the edges of both neighbours.
    let rect: Rect
    /// The rectangle that the border divides.
    let room: Rect
    /// The pane above the border, or the lesson for the vertical one.
    let pane: PaneID

    /// The position for a cell, in thousandths of the room.
    func place(at point: Point) -> Int {
      let (distance, whole) =
        isUpright ? (point.x - room.x, room.width) : (point.y - room.y, room.height)
      return min(1000, max(0, (distance * 1000 + whole / 2) / max(1, whole)))
    }

    /// The border's current position.
    var point: Point { Point(x: rect.x + (isUpright ? 1 : 0), y: rect.y + (isUpright ? 0 : 1)) }
  }

  struct Request {
    var size: Size
    var focus: PaneID
    var isZoomed = false
    /// The panes in the place of the state, never empty, and the visible one.
    var middle = [PaneID.state]
    var shownMiddle = PaneID.state
    /// Whether there is nothing to run.
    var isReading = false
    /// Whether nothing has run yet.
    var isBeforeRun = false
    /// The visible panes of the two shared places.
    var upper = PaneID.code
    var lower = PaneID.timeline
    /// The number of rows that each pane wants.
    var wanted: [PaneID: Int] = [:]
    /// The number of lines of the listing.
    var codeRows = 0
    /// The number of rows for alerts above the footer.
    var alertRows = 0
    /// The borders that were moved.
    var splits = Splits()
  }

  private(set) var panes: [Placed] = []
  private(set) var borders: [Border] = []
  private(set) var alerts = Rect(width: 0, height: 0)
  private(set) var footer = Rect(width: 0, height: 0)
  /// Whether the screen is smaller than 40×12, which has no panes.
  private(set) var isTooSmall = false
  /// Whether only one pane is visible.
  private(set) var isSingle = false

  static let least = Size(columns: 40, rows: 12)
  static let wide = Size(columns: 120, rows: 24)
  static let medium = Size(columns: 80, rows: 16)

  init(_ request: Request) {
    let bounds = Rect(request.size)
    guard bounds.width >= Self.least.columns, bounds.height >= Self.least.rows else {
      isTooSmall = true
      return
    }
    let parts = bounds.split(bottom: 1)
    footer = parts.bottom
    let split = parts.rest.split(bottom: min(request.alertRows, bounds.height / 4))
    alerts = split.bottom
    let body = split.rest
    if request.isZoomed || bounds.width < Self.medium.columns || bounds.height < Self.medium.rows {
      isSingle = true
      let pane = Placed(pane: request.focus, rect: body, tabs: Self.all(request))
      panes = [pane]
    } else if request.isReading {
      placeReading(request, body)
    } else if bounds.width < Self.wide.columns || bounds.height < Self.wide.rows {
      placeStacked(request, body)
    } else {
      placeWide(request, body)
    }
  }

  /// All panes that the demo has, in the order of their digits.
  static func all(_ request: Request) -> [PaneID] {
    if request.isReading { return [.lesson, .contents] }
    return panes(middle: request.middle)
  }

  /// All panes of a demo. The panes that every demo has keep their digits.
  static func panes(middle: [PaneID]) -> [PaneID] {
    [.lesson, .code] + middle.prefix(1) + [.timeline, .events] + middle.dropFirst()
  }

  func rect(of pane: PaneID) -> Rect? { panes.first { $0.pane == pane }?.rect }

  /// Places the lesson with a readable width, and the contents beside it. A narrow screen shows one of
  /// them.
  private mutating func placeReading(_ request: Request, _ body: Rect) {
    guard body.width >= 100 else {
      let pane = request.focus == .contents ? PaneID.contents : .lesson
      panes = [Placed(pane: pane, rect: body, tabs: Self.all(request))]
      return
    }
    let columns = divideColumns(body, request, "reading.lesson", wanted: body.width * 7 / 10)
    panes = [
      Placed(pane: .lesson, rect: columns.left, tabs: [.lesson]),
      Placed(pane: .contents, rect: columns.rest, tabs: [.contents]),
    ]
  }

  /// Places the lesson at the top, and one or two places for the other panes below it.
  private mutating func placeStacked(_ request: Request, _ body: Rect) {
    // Before a run, the other panes have nothing to show, and the learner reads.
    if request.isBeforeRun, request.focus == .lesson {
      panes = [Placed(pane: .lesson, rect: body, tabs: Self.all(request))]
      return
    }
    guard body.height >= 20 else {
      let other = request.focus == .lesson ? request.upper : request.focus
      let wishes = [wish(.lesson, request, 6), wish(other, request, 5)]
      let rows = divide(
        body, wishes, request, [("low.lesson", .lesson)])
      panes = [
        Placed(pane: .lesson, rect: rows[0], tabs: [.lesson]),
        Placed(pane: other, rect: rows[1], tabs: Array(Self.all(request).dropFirst())),
      ]
      return
    }
    // The run's panes get the rows they want, and the lesson, which scrolls, gets the rest. The
    // code, which scrolls too, gets at most a third.
    let least = min(6, body.height / 3)
    var upper = wish(request.upper, request, 5)
    if request.upper == .code { upper.wanted = max(5, min(upper.wanted, body.height / 3)) }
    var lower = wish(request.lower, request, 5)
    if request.lower == .events { lower.wanted = max(lower.wanted, body.height / 4) }
    // A chart with its sentences needs room before the lanes do.
    if request.upper.isTall { lower.wanted = max(5, body.height - least - upper.wanted) }
    let rows = divide(
      body, [(least, least), upper, lower], request,
      [("stacked.lesson", .lesson), ("stacked.upper", request.upper)])
    panes = [
      Placed(pane: .lesson, rect: rows[0], tabs: [.lesson]),
      Placed(pane: request.upper, rect: rows[1], tabs: [.code] + request.middle),
      Placed(pane: request.lower, rect: rows[2], tabs: [.timeline, .events]),
    ]
  }

  /// Places the lesson on the left, other panes on the right, and the events below.
  private mutating func placeWide(_ request: Request, _ body: Rect) {
    guard !request.middle[0].isTall else {
      let columns = divideColumns(
        body, request, "wide.lesson", wanted: Self.lessonColumns(of: body.width))
      let (upper, lower) = (wish(request.upper, request, 8), wish(.timeline, request, 8))
      let spare = body.height - upper.wanted - lower.wanted
      panes = [Placed(pane: .lesson, rect: columns.left, tabs: [.lesson])]
      // The events get the room that the chart and the lanes do not need.
      if spare >= Self.leastEvents, !request.isBeforeRun {
        let rows = divide(
          columns.rest, [upper, lower, (5, spare)], request,
          [("bars.upper", request.upper), ("bars.lower", .timeline)])
        panes += [
          Placed(pane: request.upper, rect: rows[0], tabs: [.code] + request.middle),
          Placed(pane: .timeline, rect: rows[1], tabs: [.timeline]),
          Placed(pane: .events, rect: rows[2], tabs: [.events]),
        ]
        return
      }
      let rows = divide(
        columns.rest, [upper, wish(request.lower, request, 8)], request,
        [("bars.upper", request.upper)])
      panes += [
        Placed(pane: request.upper, rect: rows[0], tabs: [.code] + request.middle),
        Placed(pane: request.lower, rect: rows[1], tabs: [.timeline, .events]),
      ]
      return
    }
    let eventRows = max(5, body.height * 2 / 9) + spareRows(request, body)
    let parts = divide(
      body, [(body.height - eventRows, body.height - eventRows), (eventRows, eventRows)], request,
      [("wide.events", .timeline)], least: [15, 5])
    let columns = divideColumns(
      parts[0], request, "wide.lesson", wanted: Self.lessonColumns(of: body.width))
    // With enough height, each view has its own place.
    let middle =
      columns.rest.height >= Self.tall ? request.middle.map { [$0] } : [request.middle]
    let shown = middle.map { $0.count > 1 ? request.shownMiddle : $0[0] }
    let rows = divide(
      columns.rest,
      [wish(.code, request, 6)] + shown.map { wish($0, request, 5) }
        + [wish(.timeline, request, 5)],
      request, [("wide.code", .code)] + shown.enumerated().map { (Self.name($0), $1) })
    panes = [
      Placed(pane: .lesson, rect: columns.left, tabs: [.lesson]),
      Placed(pane: .code, rect: rows[0], tabs: [.code]),
    ]
    for (index, pane) in shown.enumerated() {
      panes.append(Placed(pane: pane, rect: rows[index + 1], tabs: middle[index]))
    }
    panes += [
      Placed(pane: .timeline, rect: rows[rows.count - 1], tabs: [.timeline]),
      Placed(pane: .events, rect: parts[1], tabs: [.events]),
    ]
  }

  /// The columns of a lesson beside other panes, unless its border was moved.
  static func lessonColumns(of width: Int) -> Int { min(88, width * 7 / 15) }

  /// The fewest spare rows that make a pane of events.
  private static let leastEvents = 7

  /// The rows above the events that neither the lesson nor the panes beside it need.
  private func spareRows(_ request: Request, _ body: Rect) -> Int {
    guard !request.isBeforeRun else { return 0 }
    let height = body.height - max(5, body.height * 2 / 9)
    let middle =
      height >= Self.tall
      ? request.middle.reduce(0) { $0 + wish($1, request, 5).wanted }
      : wish(request.shownMiddle, request, 5).wanted
    let beside = request.codeRows + 2 + middle + wish(.timeline, request, 5).wanted
    return max(0, height - max(beside, wish(.lesson, request, 5).wanted))
  }

  /// The least height for a place for each view.
  private static let tall = 38

  /// The name of the border below a view.
  private static func name(_ place: Int) -> String {
    place == 0 ? "wide.state" : "wide.state.\(place)"
  }

  /// Divides the columns between the lesson and the other panes. Lines of more than 84 columns are
  /// hard to read, so only a moved border makes the lesson wider.
  private mutating func divideColumns(
    _ body: Rect, _ request: Request, _ name: String, wanted: Int
  ) -> (left: Rect, rest: Rect) {
    var width = min(88, wanted)
    if let place = request.splits.places[name] {
      width = min(max(30, (body.width * place + 500) / 1000), body.width - 30)
    }
    let columns = body.split(left: width)
    borders.append(
      Border(
        name: name, isUpright: true,
        rect: Rect(x: columns.rest.x - 1, y: body.y, width: 2, height: body.height), room: body,
        pane: .lesson))
    return columns
  }

  /// Divides the height by the wishes of the panes, and then by the moved borders.
  ///
  /// - Parameters:
  ///   - names: the name of each border, and the pane above it.
  ///   - least: the fewest rows of each pane next to a moved border.
  private mutating func divide(
    _ rect: Rect, _ wishes: [(least: Int, wanted: Int)], _ request: Request,
    _ names: [(name: String, pane: PaneID)], least: [Int]? = nil
  ) -> [Rect] {
    var rects = Self.share(rect, wishes)
    if names.contains(where: { request.splits.places[$0.name] != nil }) {
      let least = least ?? Array(repeating: 3, count: rects.count)
      var ends = rects.map(\.maxY)
      for (index, border) in names.enumerated() {
        guard let place = request.splits.places[border.name] else { continue }
        ends[index] = rect.y + (rect.height * place + 500) / 1000
      }
      // Each pane keeps its fewest rows, first from the top down, then from the bottom up.
      var top = rect.y
      for index in names.indices {
        ends[index] = max(ends[index], top + least[index])
        top = ends[index]
      }
      var bottom = rect.maxY
      for index in names.indices.reversed() {
        ends[index] = min(ends[index], bottom - least[index + 1])
        bottom = ends[index]
      }
      ends[ends.count - 1] = rect.maxY
      var start = rect.y
      rects = ends.map { end in
        defer { start = end }
        return Rect(x: rect.x, y: start, width: rect.width, height: end - start)
      }
    }
    for (index, border) in names.enumerated() {
      borders.append(
        Border(
          name: border.name, isUpright: false,
          rect: Rect(x: rect.x, y: rects[index].maxY - 1, width: rect.width, height: 2),
          room: rect, pane: border.pane))
    }
    return rects
  }

  private func wish(_ pane: PaneID, _ request: Request, _ least: Int) -> (least: Int, wanted: Int) {
    (least, max(least, (request.wanted[pane] ?? 0) + 2))
  }

  /// Divides the height: first the least rows of each pane, then one more row in turn for each pane
  /// that wants it. The first pane gets the rest.
  private static func share(_ rect: Rect, _ wishes: [(least: Int, wanted: Int)]) -> [Rect] {
    var heights = wishes.map(\.least)
    var left = rect.height - heights.reduce(0, +)
    // If the height is too small, the last panes shrink.
    for index in heights.indices.reversed() where left < 0 {
      let cut = min(-left, max(0, heights[index] - 3))
      heights[index] -= cut
      left += cut
    }
    var isWanted = true
    while left > 0, isWanted {
      isWanted = false
      for index in heights.indices where left > 0 && heights[index] < wishes[index].wanted {
        heights[index] += 1
        left -= 1
        isWanted = true
      }
    }
    if left > 0 { heights[0] += left }
    var rest = rect
    return heights.map { height in
      let parts = rest.split(top: height)
      rest = parts.rest
      return parts.top
    }
  }
}
