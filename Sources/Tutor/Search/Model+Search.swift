internal import LessonKit
internal import Screen
internal import Trace

extension Model {
  /// How many rows of a long run are looked through at a time, so that no key has to wait.
  private static let batch = 2_000

  mutating func beginSearch() {
    search = Search(pane: focus, origin: scroll[focus])
  }

  /// Takes what is typed while a search is being typed.
  mutating func typeSearch(_ change: (inout TextField) -> Bool) -> Bool {
    guard search?.isTyping == true, var field = search?.field else { return false }
    let before = field.text
    guard change(&field) else { return false }
    search?.field = field
    if field.text != before { restartSearch() }
    return true
  }

  /// Enter: the search stays on, and the match is gone to.
  mutating func acceptSearch() {
    guard search?.finder != nil else {
      search = nil
      return
    }
    search?.isTyping = false
    revealMatch()
  }

  /// Esc: where the search was still being typed, the pane goes back to where it was.
  mutating func endSearch() {
    guard let search else { return }
    if search.isTyping { scroll[search.pane] = search.origin }
    self.search = nil
  }

  /// Goes on to the next match, or back, round the end.
  mutating func find(by steps: Int) {
    guard let search, !search.hits.isEmpty else { return }
    let count = search.hits.count
    let next = (((search.current ?? (steps > 0 ? -1 : 0)) + steps) % count + count) % count
    if let current = search.current, !search.isTyping, (next < current) == (steps > 0), count > 1 {
      tell(steps > 0 ? "from the top again" : "from the end again", isWarning: false)
    }
    self.search?.current = next
    revealMatch()
  }

  /// Whether all of the pane has been looked through.
  var isSearchComplete: Bool {
    guard let search, search.finder != nil, search.pane == .events else { return true }
    return search.scanned >= session?.log.count ?? 0
  }

  // MARK: Finding

  /// Looks through the pane for what is typed now, from its beginning.
  private mutating func restartSearch() {
    guard var search else { return }
    search.finder = TextFinder(search.field.text)
    search.hits = []
    search.current = nil
    search.scanned = 0
    if search.pane == .lesson, let finder = search.finder {
      search.texts = course.texts(folded: finder)
      search.hits = search.texts.flatMap { place, text in
        finder.ranges(in: text).indices.map { Search.Hit(place: place, ordinal: $0) }
      }
    }
    self.search = search
    refreshSearch()
    chooseFirst()
    // What is typed may be seen at once where it is in the open step.
    if let current = self.search?.current, let hit = self.search?.hits[current],
      hit.place == nil || hit.place == place
    {
      revealMatch()
    } else if self.search?.pane == .lesson {
      scroll[.lesson] = search.origin
    }
  }

  /// Takes in what changed in the pane since.
  mutating func refreshSearch() {
    guard let pane = search?.pane, let finder = search?.finder else {
      search?.inLesson.update(lessonText, nil)
      return
    }
    switch pane {
    case .lesson:
      search?.inLesson.update(lessonText, finder)
    case .events:
      guard let session, let rect = content(of: .events), let scanned = search?.scanned else {
        return
      }
      let start = scanned <= session.log.count ? scanned : 0
      if start == 0 { search?.hits = [] }
      let range = start..<min(session.log.count, start + Self.batch)
      let rows = EventRows(session, range: range, width: rect.width, glyphs: glyphs).rows
      search?.hits += Self.hits(in: rows, from: start, finder)
      search?.scanned = range.upperBound
    case .code, .state, .bars, .timeline:
      guard let rect = content(of: pane) else { return }
      let rows = searchableRows(pane, width: rect.width, height: rect.height)
      search?.hits = Self.hits(in: rows, from: 0, finder)
    }
    let count = search?.hits.count ?? 0
    if let current = search?.current, current >= count {
      search?.current = count == 0 ? nil : count - 1
    }
  }

  private static func hits(
    in rows: [StyledText], from first: Int, _ finder: TextFinder
  ) -> [Search.Hit] {
    rows.enumerated().flatMap { index, row in
      finder.ranges(in: row.plain).indices.map { Search.Hit(row: first + index, ordinal: $0) }
    }
  }

  /// All rows of a pane that grows no longer than a screen or two, in sight or not.
  func searchableRows(_ pane: PaneID, width: Int, height: Int) -> [StyledText] {
    if pane == .timeline, let session, !session.log.isEmpty {
      let lanes = TimelineRows(session, now: now, width: width, glyphs: glyphs)
      return lanes.rows(0..<lanes.count)
    }
    return allRows(of: pane, width, height).map(\.text)
  }

  /// The first match from where the learner is.
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
    self.search?.current = here ?? 0
  }

  // MARK: Going there

  /// Brings the match into sight, opening its step where it is another.
  private mutating func revealMatch() {
    guard let search, let current = search.current else { return }
    let hit = search.hits[current]
    if let place = hit.place, place != self.place {
      open(place)
      settle()
    }
    let pane = search.pane
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

  /// The columns of a pane's row that are to be shown as found; `isCurrent` is where the learner is.
  func matches(
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

extension Course {
  /// The words of every step in order, as a finder looks through them.
  func texts(folded finder: TextFinder) -> [(place: StepPlace, text: [UInt32])] {
    var texts: [(place: StepPlace, text: [UInt32])] = []
    for (index, lesson) in lessons.enumerated() {
      for (number, step) in lesson.steps.enumerated() {
        var words: [String] = []
        if number == 0 { lesson.introduction.forEach { $0.collect(into: &words) } }
        if step.title != lesson.title { words.append(step.title) }
        step.blocks.forEach { $0.collect(into: &words) }
        texts.append(
          (StepPlace(lesson: index, step: number), finder.fold(words.joined(separator: "\n"))))
      }
    }
    return texts
  }
}

extension Block {
  /// Adds the block's words, and those of the blocks in it, in the order in which they are read.
  fileprivate func collect(into words: inout [String]) {
    switch self {
    case .heading(_, let text), .paragraph(let text): words.append(text.plainText)
    case .code(let code): words.append(code.text)
    case .run(let run): words.append(run.command)
    case .table(let table):
      for row in [table.header] + table.rows { words += row.map(\.plainText) }
    case .html(let text), .notice(let text): words.append(text)
    case .list, .quote, .question, .footnote, .rule:
      for child in children { child.collect(into: &words) }
    }
  }
}
