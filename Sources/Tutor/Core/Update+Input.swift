internal import Screen

extension Model {
  mutating func take(_ input: Input) -> [Effect] {
    switch input {
    case .key(let key): return press(key)
    case .mouse(let mouse): return take(mouse)
    case .paste(let text):
      // Data for a form's field, and nothing anywhere else: what is pasted is never a command.
      if case .parameters(var form) = layer {
        form.insert(text)
        layer = .parameters(form)
      }
      return []
    }
  }

  private mutating func press(_ key: Key) -> [Effect] {
    if notice != nil {
      notice = nil
      // It lies on top of all else, and Esc closes one thing at a time.
      if key == .escape { return [] }
    }
    if case .parameters(var form) = layer, !form.isChoice {
      var isTyped = form.edit(key)
      if !isTyped, case .character(let character) = key {
        form.insert(String(character))
        isTyped = true
      }
      layer = .parameters(form)
      if isTyped { return [] }
    }
    switch KeyTable.answer(to: key, self) {
    case .command(let command): return perform(command)
    case .unavailable(let reason):
      if key != .escape { tell(reason) }
      return []
    case .none: return []
    }
  }

  private mutating func take(_ mouse: Mouse) -> [Effect] {
    let layout = layout
    switch mouse.action {
    case .wheelUp, .wheelDown:
      let lines = mouse.action == .wheelUp ? -3 : 3
      if layer != nil {
        return perform(.move(lines.signum()))
      }
      if let placed = layout.panes.first(where: { $0.rect.contains(mouse.point) }) {
        scrollPane(placed.pane, by: lines)
      }
      return []
    case .press:
      if layout.footer.contains(mouse.point) { return clickFooter(mouse.point) }
      guard layer == nil,
        let placed = layout.panes.first(where: { $0.rect.contains(mouse.point) })
      else { return [] }
      focus = placed.pane
      if placed.pane == .lesson { selectRun(at: mouse.point, in: Self.inside(placed.rect)) }
      return []
    case .release, .drag: return []
    }
  }

  /// What can be run is chosen by a click on it.
  private mutating func selectRun(at point: Point, in rect: Rect) {
    let view = ScrollView(
      offset: scroll[.lesson], contentHeight: lessonText.lines.count, height: rect.height)
    let row = view.offset + point.y - rect.y
    guard rect.contains(point), lessonText.lines.indices.contains(row),
      let run = lessonText.lines[row].run
    else { return }
    selectedRun = run
  }

  /// A hint of the footer does what it says.
  private mutating func clickFooter(_ point: Point) -> [Effect] {
    let hints = KeyTable.hints(self)
    let places = footerHints.layout(in: layout.footer)
    for (place, hint) in zip(places, hints) where place.rect.contains(point) {
      return perform(hint.command)
    }
    return []
  }
}
