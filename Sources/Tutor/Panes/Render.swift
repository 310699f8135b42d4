internal import Catalog
internal import LessonKit
public import Screen
internal import Trace

/// Draws the whole screen.
public func render(_ model: Model) -> Frame {
  Drawing(model).frame
}

extension Model {
  /// Where the terminal's cursor belongs; nil where it is hidden.
  public var cursor: Point? {
    guard case .parameters = layer else { return nil }
    return Drawing(self).cursor
  }
}

/// One picture of the model.
struct Drawing {
  private(set) var frame: Frame
  private(set) var cursor: Point?
  private let model: Model

  init(_ model: Model) {
    self.model = model
    frame = Frame(model.size, glyphs: model.glyphs)
    let layout = model.layout
    guard !layout.isTooSmall else {
      drawTooSmall()
      return
    }
    for placed in layout.panes { draw(placed, isSingle: layout.isSingle) }
    drawAlerts(layout.alerts)
    if model.layer != nil { drawLayer() }
    model.footerHints.draw(into: &frame, in: layout.footer)
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

  /// What is to be told, a line or a few above the footer.
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
    let (title, note) = edge(placed, content)
    let pane = Pane(title, trailing: note, isFocused: isFocused)
    let room = pane.draw(into: &frame, in: placed.rect)
    for (index, row) in content.rows.prefix(room.height).enumerated() {
      let place = room.row(index)
      let text = row.isLit ? row.text.styled { $0.adding(.bold) } : row.text
      frame.put(text, at: place.origin, in: place)
      if row.isLit, !room.isEmpty {
        frame.put(
          model.glyphs.isASCII ? "*" : "▏", at: Point(x: placed.rect.x + 1, y: place.y), style: .lit
        )
      }
    }
    if isFocused, let scroll = content.scroll {
      scroll.drawIndicator(into: &frame, paneRect: placed.rect, isFocused: isFocused)
    }
  }

  /// What stands in the top edge: the fullest title that leaves room for the tabs, and before them
  /// the note where there is room for it too.
  private func edge(
    _ placed: ScreenLayout.Placed, _ content: PaneContent
  ) -> (title: StyledText, note: StyledText) {
    let room = placed.rect.width - 4
    guard placed.tabs.count > 1 else {
      let note = content.notes.first { content.title.columns + 3 + $0.columns <= room }
      return (content.title, note ?? content.notes.last ?? StyledText())
    }
    let titles = model.titles(placed.pane)
    let tabs = [tabs(placed, hasDigits: true), tabs(placed, hasDigits: false)]
    for (tab, title) in tabs.flatMap({ tab in titles.map { (tab, $0) } })
    where title.columns + 3 + tab.columns <= room {
      let both = content.notes.map { $0 + StyledText("   ") + tab }
      return (title, both.first { title.columns + 3 + $0.columns <= room } ?? tab)
    }
    return (titles.last ?? content.title, StyledText())
  }

  /// The panes that share a place; the one that is seen stands out.
  private func tabs(_ placed: ScreenLayout.Placed, hasDigits: Bool) -> StyledText {
    var text = StyledText()
    for pane in placed.tabs {
      if !text.isEmpty { text.append(" ") }
      let isSeen = pane == placed.pane
      if hasDigits { text.append("\(pane.digit) ", isSeen ? .title : .key) }
      let name = isSeen ? "[\(pane.tab)]" : pane.tab
      text.append(name, isSeen ? .title : .muted)
    }
    return text
  }

  // MARK: layers

  /// What lies below a layer steps back, and leaves a little room around it.
  private mutating func drawLayer() {
    let rect = model.layerRect
    frame.restyle(frame.bounds) { _ in .muted }
    frame.fill(Rect(x: rect.x - 2, y: rect.y, width: rect.width + 4, height: rect.height))
    switch model.layer {
    case .lessons(let list):
      let seen = model.seenCount()
      let total = model.course.lessons.reduce(0) { $0 + $1.steps.count }
      let pane = Pane(
        "Lessons", trailing: StyledText("\(seen) of \(total) steps seen"), isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      let rows = list.rows(model, width: room.width - 2)
      let isAiry = room.height > rows.count + 3
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
      let title = model.session?.findings.last.map { FindingBox.title($0) } ?? ""
      let pane = Pane(StyledText("Finding: " + title), isFocused: true)
      let room = pane.draw(into: &frame, in: rect)
      for (index, row) in model.findingRows(width: room.width).prefix(room.height).enumerated() {
        frame.put(row, at: room.row(index).origin, in: room)
      }
    case nil: break
    }
  }
}
