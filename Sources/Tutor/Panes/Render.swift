internal import Catalog
internal import LessonKit
internal import RunViews
public import Screen
internal import Trace

/// Draws the whole screen.
public func render(_ model: Model) -> Frame {
  Drawing(model).frame
}

/// A frame of the model.
public struct Drawing {
  /// The whole screen.
  public private(set) var frame: Frame
  /// The position of the cursor, or nil if it is hidden.
  public private(set) var cursor: Point?
  private let model: Model

  /// Draws the model.
  public init(_ model: Model) {
    self.model = model
    frame = Frame(model.size, glyphs: model.glyphs)
    let layout = model.layout
    guard !layout.isTooSmall else {
      drawTooSmall()
      return
    }
    for placed in layout.panes { draw(placed, isSingle: layout.isSingle) }
    if model.layer != nil { drawLayer() }
    drawAlerts(layout.alerts)
    if model.scope == .search {
      drawPrompt(layout.footer)
    } else if model.notice != nil {
      drawNotice(layout)
    } else {
      model.footerHints.draw(into: &frame, in: layout.footer)
    }
  }

  /// Draws the search and its count in place of the footer.
  private mutating func drawPrompt(_ rect: Rect) {
    guard let search = model.search else { return }
    let width = min(max(24, rect.width * 2 / 5), rect.width)
    let parts = rect.split(left: width)
    frame.fill(rect)
    let prompt = parts.left.inset(left: 1)
    frame.put("/", at: prompt.origin, style: .key, in: prompt)
    let room = prompt.inset(left: 1, right: 1)
    let before = TextWidth.suffix(
      String(search.field.text.prefix(search.field.cursor)), fitting: room.width - 1)
    frame.put(
      before.text + search.field.text.dropFirst(search.field.cursor), at: room.origin,
      style: .strong, in: room)
    if search.field.text.isEmpty {
      let what = search.pane == .lesson ? "find in all lessons" : "find in this pane"
      frame.put(what, at: room.origin, style: .muted, in: room)
    }
    cursor = Point(x: room.x + before.columns, y: room.y)
    model.footerHints.draw(into: &frame, in: parts.rest)
  }

  private mutating func drawTooSmall() {
    let least = ScreenLayout.least
    let size = "\(least.columns)×\(least.rows)"
    let texts = ["Lockstep needs \(size), q quits", "\(size) needed", size]
    let width = model.size.columns
    let text = texts.first { $0.count <= width } ?? size
    let y = max(0, (model.size.rows - 1) / 2)
    frame.put(text, at: Point(x: max(0, (width - text.count) / 2), y: y), style: .warning)
  }

  /// Draws the notice in place of the footer. Its first lines are above, in the rows of the alerts.
  private mutating func drawNotice(_ layout: ScreenLayout) {
    let footer = layout.footer
    let lines = model.noticeLines(columns: footer.width).suffix(1 + layout.alerts.height)
    for (index, line) in lines.reversed().enumerated() {
      let row = Rect(x: footer.x, y: footer.y - index, width: footer.width, height: 1)
      frame.fill(row)
      frame.put(line, at: Point(x: row.x + 1, y: row.y), in: row)
    }
    // The state of the run stays in sight if there is room for it.
    let status = model.footerHints.trailing
    if let line = lines.last, line.columns + status.columns + 4 <= footer.width {
      let x = footer.maxX - 1 - status.columns
      frame.put(status, at: Point(x: x, y: footer.y), in: footer)
    }
  }

  /// Draws the alerts above the footer.
  private mutating func drawAlerts(_ rect: Rect) {
    for (index, line) in model.alertLines(columns: rect.width).prefix(rect.height).enumerated() {
      let row = rect.row(index)
      frame.put(line, at: Point(x: row.x + 1, y: row.y), in: row)
    }
  }

  // MARK: panes

  private mutating func draw(_ placed: ScreenLayout.Placed, isSingle: Bool) {
    let isFocused = placed.pane == model.focus && model.layer == nil
    let inside = Model.inside(placed.rect)
    let content = model.content(placed.pane, width: inside.width, height: inside.height)
    let (title, note) = model.edge(placed, content)
    let pane = Pane(title, trailing: note, isFocused: isFocused)
    let room = pane.draw(into: &frame, in: placed.rect)
    for (index, row) in content.rows.prefix(room.height).enumerated() {
      let place = room.row(index)
      let text = row.isLit ? row.text.styled { $0.adding(.bold) } : row.text
      frame.put(text, at: place.origin, in: place)
      mark(placed.pane, (content.scroll?.offset ?? 0) + index, row.text, in: place)
      if row.isLit, !room.isEmpty {
        frame.put(
          model.glyphs.isASCII ? "*" : "▏", at: Point(x: placed.rect.x + 1, y: place.y), style: .lit
        )
      }
    }
    if let scroll = content.scroll {
      scroll.drawIndicator(into: &frame, paneRect: placed.rect, isFocused: isFocused)
    }
  }

  /// Highlights the matches of the search.
  private mutating func mark(_ pane: PaneID, _ row: Int, _ text: StyledText, in place: Rect) {
    for match in model.matches(in: pane, row: row, text) where !match.columns.isEmpty {
      let found = Rect(
        x: place.x + match.columns.lowerBound, y: place.y, width: match.columns.count, height: 1)
      frame.restyle(place.intersection(found)) { _ in match.isCurrent ? .lit : .notice }
    }
  }

  // MARK: layers

  /// Draws the layer, with the panes below it muted and a margin around it.
  private mutating func drawLayer() {
    let rect = model.layerRect
    // The settings change the colours, so the panes below them keep theirs.
    if case .settings = model.layer {} else { frame.restyle(frame.bounds) { _ in .muted } }
    frame.fill(Rect(x: rect.x - 2, y: rect.y, width: rect.width + 4, height: rect.height))
    switch model.layer {
    case .lessons(let list):
      let seen = model.seenCount()
      let total = model.course.lessons.reduce(0) { $0 + $1.steps.count }
      let pane = Pane(
        "Lessons", trailing: StyledText("\(seen) of \(total) steps seen"), isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      let rows = list.rows(model, width: room.width - 2)
      let isAiry = LessonList.isAiry(room, rows: rows.count)
      ListView(rows, selection: list.selection)
        .draw(into: &frame, in: isAiry ? room.inset(top: 1, bottom: 2) : room)
        .drawIndicator(into: &frame, paneRect: rect, isFocused: true)
      if isAiry, let hint = list.hint(model), hint.columns + 2 <= room.width {
        frame.put(hint, at: room.row(rows.count + 2).inset(left: 2).origin, in: room)
      }
    case .parameters(let form):
      let pane = Pane(StyledText("Parameters of \(form.demo.id)"), isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      cursor = form.draw(into: &frame, in: room)
    case .help(let offset):
      let pane = Pane("Help", isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      let rows = KeyTable.helpRows(model.glyphs, width: room.width)
      let view = ScrollView(offset: offset, contentHeight: rows.count, height: room.height)
      for (index, row) in rows[view.visible].enumerated() {
        frame.put(row, at: room.row(index).origin, in: room)
      }
      view.drawIndicator(into: &frame, paneRect: rect, isFocused: true)
    case .finding:
      let pane = Pane(StyledText(model.findingTitle), isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      var rows = model.findingRows(width: room.width)
      // A small screen has no rows for spacing.
      if rows.count > room.height { rows.removeAll { $0.isEmpty } }
      for (index, row) in rows.prefix(room.height).enumerated() {
        frame.put(row, at: room.row(index).origin, in: room)
      }
    case .comparison(let view):
      let pane = Pane(
        StyledText("\(view.first.request.demo.id), twice"), isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      let rows = view.rows(width: room.width, glyphs: frame.glyphs)
      let scroll = ScrollView(
        offset: view.offset, contentHeight: rows.count, height: room.height)
      for (index, row) in rows[scroll.visible].enumerated() {
        frame.put(row, at: room.row(index).origin, in: room)
      }
      scroll.drawIndicator(into: &frame, paneRect: rect, isFocused: true)
    case .save(let form):
      let pane = Pane("Save the run", isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      cursor = form.draw(into: &frame, in: room)
    case .palette(let picker), .contents(let picker), .recordings(let picker, _):
      let all = picker.allText
      let count = picker.field.text.isEmpty ? all : "\(picker.matches.count) of \(all)"
      let pane = Pane(StyledText(picker.title), trailing: StyledText(count), isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      cursor = picker.draw(into: &frame, in: room, layerRect: rect)
    case .settings(let form):
      let pane = Pane("Settings", isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      form.draw(model.settings, into: &frame, in: room)
    case nil: break
    }
  }
}
