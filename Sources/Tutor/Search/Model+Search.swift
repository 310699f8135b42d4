internal import History
internal import LessonKit
internal import LessonViews
internal import RunViews
package import Screen
internal import Trace

extension Model {
  /// The amount to search at a time, so that keys never wait: rows of a long run, and characters of
  /// steps that are newly laid out or were laid out before.
  private static let batch = (rows: 2_000, laid: 60_000, kept: 2_000_000)
  /// The extra cost of a step, in characters.
  private static let stepCost = 1_000

  mutating func beginSearch() {
    let followed = scroll.follows(focus)
    var origin = scroll[focus]
    if focus == .events, followed, let rect = content(of: .events) {
      origin = max(0, (session?.log.count ?? 0) - rect.height)
    }
    search = Search(pane: focus, origin: origin, followed: followed)
  }

  /// Applies typing to the search.
  mutating func typeSearch(_ change: (inout TextField) -> Bool) -> Bool {
    guard search?.isTyping == true, var field = search?.field else { return false }
    let before = field.text
    guard change(&field) else { return false }
    search?.field = field
    if field.text != before { restartSearch() }
    return true
  }

  /// Ends typing, keeps the search, and goes to the match.
  mutating func acceptSearch() {
    guard search?.finder != nil else {
      search = nil
      return
    }
    search?.isTyping = false
    let isFound = search?.current != nil
    search?.isAwaited = !isFound
    revealMatch()
  }

  /// Ends the search. During typing, the pane scrolls back to its earlier position.
  mutating func endSearch() {
    guard let search else { return }
    if search.isTyping {
      scroll[search.pane] = search.origin
      scroll.setFollows(search.pane, search.followed)
    }
    self.search = nil
  }

  /// Goes to the next or previous match, and wraps at the end.
  package mutating func find(by steps: Int) {
    guard let search else { return goToMatch(isForward: steps > 0) }
    guard !search.hits.isEmpty else { return }
    let count = search.hits.count
    let next = (((search.current ?? (steps > 0 ? -1 : 0)) + steps) % count + count) % count
    if let current = search.current, !search.isTyping, (next < current) == (steps > 0), count > 1 {
      notify(
        steps > 0 ? "the search wrapped to the top" : "the search wrapped to the end",
        isWarning: false)
    }
    self.search?.current = next
    revealMatch()
  }

  /// Whether the whole pane has been searched.
  var isSearchComplete: Bool {
    guard let search, search.finder != nil, !search.isCut else { return true }
    switch search.pane {
    case .lesson: return search.scanned >= stepCount
    case .events: return search.scanned >= session?.log.count ?? 0
    default: return true
    }
  }

  // MARK: Finding

  /// Searches the pane from its beginning.
  private mutating func restartSearch() {
    guard let field = search?.field else { return }
    search?.finder = TextFinder(field.text)
    search?.hits = []
    search?.current = nil
    search?.scanned = 0
    search?.isAwaited = false
    if search?.pane == .lesson, let origin = search?.origin { scroll[.lesson] = origin }
    refreshSearch()
  }

  /// Continues the search, and includes changes of the pane.
  mutating func refreshSearch() {
    guard let pane = search?.pane, let finder = search?.finder else {
      let text = lessonText
      search?.inLesson.update(text, nil)
      return
    }
    switch pane {
    case .lesson: scanSteps(finder)
    case .events: scanEvents(finder)
    default:
      guard let rect = content(of: pane) else { return }
      let rows = searchableRows(pane, width: rect.width, height: rect.height)
      search?.hits = Self.hits(in: rows, from: 0, finder)
    }
    let count = search?.hits.count ?? 0
    if let current = search?.current, current >= count {
      search?.current = count == 0 ? nil : count - 1
    }
    if search?.current == nil { chooseFirst() }
  }

  private mutating func scanSteps(_ finder: TextFinder) {
    guard var search else { return }
    // The model gives up its copy, so that the search grows in place.
    self.search = nil
    search.inLesson.update(lessonText, finder)
    let width = content(of: .lesson)?.width ?? max(1, size.columns - 4)
    search.texts.use(width: width)
    var (laid, kept) = (0, 0)
    while search.scanned < stepCount, !search.isCut, laid < Self.batch.laid,
      kept < Self.batch.kept
    {
      let place = stepPlace(search.scanned)
      if search.texts.steps.count <= search.scanned {
        let lines = SearchableLines(LessonText(page(at: place), width: width))
        search.texts.append(lines)
        laid += lines.scalars.count + Self.stepCost
      }
      let scalars = search.texts.steps[search.scanned].scalars
      kept += scalars.count + Self.stepCost
      search.hits += finder.ranges(in: scalars).indices.map {
        Search.Hit(place: place, ordinal: $0)
      }
      search.scanned += 1
    }
    self.search = search
  }

  private mutating func scanEvents(_ finder: TextFinder) {
    guard let session, var scanned = search?.scanned else { return }
    if scanned > session.log.count {
      // Another run has started.
      scanned = 0
      search?.hits = []
    }
    guard scanned < session.log.count, search?.isCut == false else { return }
    // Events that are not visible are searched at the width of the screen.
    let width = content(of: .events)?.width ?? max(1, size.columns - 4)
    let range = scanned..<min(session.log.count, scanned + Self.batch.rows)
    let rows = EventRows(session, range: range, width: width, glyphs: glyphs).rows
    search?.hits += Self.hits(in: rows, from: scanned, finder)
    search?.scanned = range.upperBound
  }

  private static func hits(
    in rows: [StyledText], from first: Int, _ finder: TextFinder
  ) -> [Search.Hit] {
    rows.enumerated().flatMap { index, row in
      finder.ranges(in: row.plain).indices.map { Search.Hit(row: first + index, ordinal: $0) }
    }
  }

  /// All rows of a pane of limited length, visible or not.
  func searchableRows(_ pane: PaneID, width: Int, height: Int) -> [StyledText] {
    if pane == .timeline, let session, !session.log.isEmpty {
      let lanes = TimelineRows(session, now: now, width: width, glyphs: glyphs)
      return lanes.rows(0..<lanes.count).rows
    }
    return allRows(of: pane, width, height).map(\.text)
  }

  /// Chooses the first match after the learner's position, or the first of all if none follows.
  private mutating func chooseFirst() {
    guard let search, !search.hits.isEmpty else { return }
    let here =
      search.pane == .lesson
      ? search.hits.firstIndex { hit in
        guard let place = hit.place else { return false }
        guard place == self.place else { return place > self.place }
        let lines = search.inLesson.lines
        return lines.indices.contains(hit.ordinal) && lines[hit.ordinal] >= search.origin
      }
      : search.hits.firstIndex { $0.row >= search.origin }
    guard let chosen = here ?? (isSearchComplete ? 0 : nil) else { return }
    self.search?.current = chosen
    // A match in the open step appears immediately.
    let place = search.hits[chosen].place
    if search.isAwaited || search.isTyping && (place == nil || place == self.place) {
      self.search?.isAwaited = false
      revealMatch()
    }
  }

  // MARK: Going there

  /// Scrolls to the match, and opens its step if needed.
  private mutating func revealMatch() {
    guard let search, let current = search.current else { return }
    let hit = search.hits[current]
    if let place = hit.place, place != self.place {
      leave(for: place)
      settle()
    }
    let pane = search.pane
    // A match in the events is a moment of the run.
    if pane == .events, !search.isTyping {
      look(at: hit.row + 1)
      return
    }
    guard let rect = content(of: pane) else { return }
    var line = hit.row
    if hit.place != nil {
      guard let lines = self.search?.inLesson.lines, !lines.isEmpty else { return }
      line = lines[min(hit.ordinal, lines.count - 1)]
    }
    let isFollowed = pane == .events && scroll.follows(.events)
    var view = ScrollView(
      offset: isFollowed ? Int.max / 4 : scroll[pane], contentHeight: rowCount(of: pane, rect),
      height: rect.height)
    view.reveal(line, margin: 2)
    scroll[pane] = view.offset
    scroll.setFollows(pane, false)
  }

  /// The columns of the matches in a row of a pane. `isCurrent` marks the learner's match.
  package func matches(
    in pane: PaneID, row: Int, _ text: StyledText
  ) -> [(columns: Range<Int>, isCurrent: Bool)] {
    guard let search, search.pane == pane, let finder = search.finder else { return [] }
    let current = search.current.map { search.hits[$0] }
    let scalars = Array(text.plain.unicodeScalars)
    func columns(_ range: Range<Int>) -> Range<Int> {
      let end = min(range.upperBound, scalars.count)
      let start = min(range.lowerBound, end)
      let before = Self.columns(of: scalars[..<start])
      return before..<before + Self.columns(of: scalars[start..<end])
    }
    if pane == .lesson {
      let isHere = current?.place == place
      return (search.inLesson.segments[row] ?? []).map {
        (columns($0.range), isHere && $0.ordinal == current?.ordinal)
      }
    }
    return finder.ranges(in: text.plain).enumerated().map { ordinal, range in
      (columns(range), current?.row == row && current?.ordinal == ordinal)
    }
  }

  private static func columns(of scalars: ArraySlice<Unicode.Scalar>) -> Int {
    TextWidth.columns(of: String(String.UnicodeScalarView(scalars)))
  }
}
