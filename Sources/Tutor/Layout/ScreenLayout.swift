internal import Screen

/// Where each pane stands: a pure function of what is asked for.
struct ScreenLayout: Equatable {
  struct Placed: Equatable {
    let pane: PaneID
    let rect: Rect
    /// The panes that share the place, by digit; only one of them where it shares with none.
    let tabs: [PaneID]
  }

  struct Request {
    var size: Size
    var focus: PaneID
    var isZoomed = false
    /// Whether the demo asks for a chart of bars.
    var hasBars = false
    /// What the two shared places show.
    var upper = PaneID.code
    var lower = PaneID.timeline
    /// The rows that each pane's content would like to have.
    var wanted: [PaneID: Int] = [:]
    /// The rows of what must be told above the footer.
    var alertRows = 0
  }

  private(set) var panes: [Placed] = []
  private(set) var alerts = Rect(width: 0, height: 0)
  private(set) var footer = Rect(width: 0, height: 0)
  /// Smaller than 40×12: no pane is placed.
  private(set) var isTooSmall = false
  /// One pane at a time.
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
    let told = parts.rest.split(bottom: min(request.alertRows, bounds.height / 4))
    alerts = told.bottom
    let body = told.rest
    if request.isZoomed || bounds.width < Self.medium.columns || bounds.height < Self.medium.rows {
      isSingle = true
      let pane = Placed(pane: request.focus, rect: body, tabs: Self.all(request))
      panes = [pane]
    } else if bounds.width < Self.wide.columns || bounds.height < Self.wide.rows {
      placeStacked(request, body)
    } else {
      placeWide(request, body)
    }
  }

  /// All panes that the demo has, in the order of their digits.
  static func all(_ request: Request) -> [PaneID] {
    [.lesson, .code, request.hasBars ? .bars : .state, .timeline, .events]
  }

  func rect(of pane: PaneID) -> Rect? { panes.first { $0.pane == pane }?.rect }

  /// The lesson on top, below it one or two places for the others.
  private mutating func placeStacked(_ request: Request, _ body: Rect) {
    let middle = request.hasBars ? PaneID.bars : .state
    guard body.height >= 20 else {
      let other = request.focus == .lesson ? request.upper : request.focus
      let wishes = [wish(.lesson, request, 6), wish(other, request, 5)]
      let rows = Self.share(body, wishes)
      panes = [
        Placed(pane: .lesson, rect: rows[0], tabs: [.lesson]),
        Placed(pane: other, rect: rows[1], tabs: Array(Self.all(request).dropFirst())),
      ]
      return
    }
    // What runs gets what it needs; the lesson, which scrolls, the rest. The code, which scrolls
    // too, is content with a third.
    let least = min(6, body.height / 3)
    var upper = wish(request.upper, request, 5)
    if request.upper == .code { upper.wanted = max(5, min(upper.wanted, body.height / 3)) }
    var lower = wish(request.lower, request, 5)
    if request.lower == .events { lower.wanted = max(lower.wanted, body.height / 4) }
    // Bars with their sentences come before the lanes.
    if request.upper == .bars { lower.wanted = max(5, body.height - least - upper.wanted) }
    let rows = Self.share(body, [(least, least), upper, lower])
    panes = [
      Placed(pane: .lesson, rect: rows[0], tabs: [.lesson]),
      Placed(pane: request.upper, rect: rows[1], tabs: [.code, middle]),
      Placed(pane: request.lower, rect: rows[2], tabs: [.timeline, .events]),
    ]
  }

  /// The lesson on the left, the others on the right, the events below them all.
  private mutating func placeWide(_ request: Request, _ body: Rect) {
    let lessonWidth = min(84, body.width * 7 / 15)
    guard !request.hasBars else {
      let columns = body.split(left: lessonWidth)
      let rows = Self.share(
        columns.rest, [wish(request.upper, request, 8), wish(request.lower, request, 8)])
      panes = [
        Placed(pane: .lesson, rect: columns.left, tabs: [.lesson]),
        Placed(pane: request.upper, rect: rows[0], tabs: [.code, .bars]),
        Placed(pane: request.lower, rect: rows[1], tabs: [.timeline, .events]),
      ]
      return
    }
    let parts = body.split(bottom: max(5, body.height * 2 / 9))
    let columns = parts.rest.split(left: lessonWidth)
    let rows = Self.share(
      columns.rest,
      [wish(.code, request, 6), wish(.state, request, 5), wish(.timeline, request, 5)])
    panes = [
      Placed(pane: .lesson, rect: columns.left, tabs: [.lesson]),
      Placed(pane: .code, rect: rows[0], tabs: [.code]),
      Placed(pane: .state, rect: rows[1], tabs: [.state]),
      Placed(pane: .timeline, rect: rows[2], tabs: [.timeline]),
      Placed(pane: .events, rect: parts.bottom, tabs: [.events]),
    ]
  }

  private func wish(_ pane: PaneID, _ request: Request, _ least: Int) -> (least: Int, wanted: Int) {
    (least, max(least, (request.wanted[pane] ?? 0) + 2))
  }

  /// Divides the height: the least to each, then a row to each in turn that wants more, and what
  /// nobody wants to the first.
  private static func share(_ rect: Rect, _ wishes: [(least: Int, wanted: Int)]) -> [Rect] {
    var heights = wishes.map(\.least)
    var left = rect.height - heights.reduce(0, +)
    // Less than the least: the last give way.
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
