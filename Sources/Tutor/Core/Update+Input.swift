internal import LessonKit
internal import LessonViews
internal import RunViews
package import Screen

extension Model {
  package mutating func take(_ input: Input) -> [Effect] {
    switch input {
    case .key(let key): return press(key)
    case .mouse(let mouse): return take(mouse)
    case .paste(let text):
      // A paste fills a field of a form. It is never a command.
      if case .parameters(var form) = layer {
        form.insert(text)
        layer = .parameters(form)
      }
      if case .save(var form) = layer {
        form.field.insert(text)
        layer = .save(form)
      }
      changePicker { $0.insert(text) }
      _ = typeSearch { field in
        field.insert(text)
        return true
      }
      return []
    }
  }

  private mutating func press(_ key: Key) -> [Effect] {
    if notice != nil {
      notice = nil
      // The notice is on top, and Esc closes one thing at a time.
      if key == .escape { return [] }
    }
    if type(key) { return [] }
    if key == .character(" "), layer == nil, session?.isRewound == false,
      session?.hasJustEnded(at: now) == true
    {
      // The key was meant for the run, so it does not scroll the page.
      notify("the run has ended", isWarning: false)
      return []
    }
    switch KeyTable.answer(to: key, self) {
    case .command(let command): return perform(command)
    case .unavailable(let reason):
      guard key != .escape else { return [] }
      notify(reason)
      notice?.key = key
      return []
    case .none:
      if scope == .panes { notify("\(key.label(glyphs)) does nothing here; ? lists the keys") }
      return []
    }
  }

  /// Passes the key to the open text field. False if there is none, or the key types nothing.
  private mutating func type(_ key: Key) -> Bool {
    switch layer {
    case .parameters(var form) where form.isChoice:
      guard case .character(let letter) = key, form.choose(beginningWith: letter) else {
        return false
      }
      layer = .parameters(form)
      return true
    case .parameters(var form) where !form.isChoice:
      var isTyped = form.edit(key)
      if !isTyped, case .character(let character) = key {
        form.insert(String(character))
        isTyped = true
      }
      layer = .parameters(form)
      return isTyped
    case .save(var form):
      var isTyped = form.field.edit(key)
      if !isTyped, case .character(let character) = key {
        form.field.insert(String(character))
        isTyped = true
      }
      layer = .save(form)
      return isTyped
    case .palette, .contents, .recordings:
      var isTyped = false
      changePicker { isTyped = $0.edit(key) }
      return isTyped
    case nil:
      return typeSearch { field in
        if field.edit(key) { return true }
        guard case .character(let character) = key else { return false }
        field.insert(String(character))
        return true
      }
    default: return false
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
      dragged = nil
      if layout.footer.contains(mouse.point) { return clickFooter(mouse.point) }
      if layer != nil { return clickLayer(mouse.point) }
      if let tab = tab(at: mouse.point, layout) {
        focusPane(tab)
        return []
      }
      if let border = layout.borders.first(where: { $0.rect.contains(mouse.point) }) {
        dragged = DraggedBorder(border, at: mouse.point)
        return []
      }
      guard let placed = layout.panes.first(where: { $0.rect.contains(mouse.point) })
      else { return [] }
      focus = placed.pane
      if placed.pane == .contents { clickContents(at: mouse.point, in: Self.inside(placed.rect)) }
      if placed.pane == .timeline { clickLanes(at: mouse.point, in: Self.inside(placed.rect)) }
      if placed.pane == .events { clickEvents(at: mouse.point, in: Self.inside(placed.rect)) }
      if placed.pane == .lesson {
        return clickLesson(at: mouse.point, in: Self.inside(placed.rect))
      }
      return []
    case .drag:
      guard let dragged else { return [] }
      let (x, y) = (mouse.point.x + dragged.columns, mouse.point.y + dragged.rows)
      move(dragged.border, to: Point(x: x, y: y))
      return []
    case .release:
      guard dragged != nil else { return [] }
      dragged = nil
      return [.splits(splits)]
    }
  }

  /// The pane whose tab is at a point.
  private func tab(at point: Point, _ layout: ScreenLayout) -> PaneID? {
    guard let placed = layout.panes.first(where: { $0.rect.contains(point) }),
      point.y == placed.rect.y
    else { return nil }
    return tabPlaces(placed).first { $0.rect.contains(point) }?.pane
  }

  /// A first click on a row selects it, a second click chooses it. A click beside the layer closes
  /// it.
  private mutating func clickLayer(_ point: Point) -> [Effect] {
    let rect = layerRect
    guard rect.contains(point) else { return perform(.close) }
    let inside = Self.inside(rect)
    let row = point.y - inside.y
    switch layer {
    case .lessons(let list):
      guard let lesson = list.lesson(at: row, in: inside, of: course.lessons.count) else {
        return []
      }
      return lesson == list.selection ? perform(.accept) : perform(.select(lesson))
    case .palette(let picker), .contents(let picker), .recordings(let picker, _):
      guard let match = picker.match(at: row, height: inside.height) else { return [] }
      return match == picker.selection ? give(.accept) : perform(.select(match))
    case .settings(let form):
      guard SettingsForm.Field.allCases.indices.contains(row) else { return [] }
      let isSecond = SettingsForm.Field.allCases[row] == form.selected
      return perform(isSecond ? .choose(1) : .select(row))
    case .parameters, .help, .finding, .save, .comparison, nil: return []
    }
  }

  /// Opens the step of the clicked title.
  private mutating func clickContents(at point: Point, in rect: Rect) {
    let entries = ContentsRows(self).entries
    let view = ScrollView(
      offset: scroll[.contents], contentHeight: entries.count, height: rect.height)
    let row = view.offset + point.y - rect.y
    guard rect.contains(point), entries.indices.contains(row) else { return }
    if entries[row].place != place { open(entries[row].place) }
  }

  /// A first click on a run block selects it, a second click runs it.
  private mutating func clickLesson(at point: Point, in rect: Rect) -> [Effect] {
    let view = ScrollView(
      offset: scroll[.lesson], contentHeight: lessonText.lines.count, height: rect.height)
    let row = view.offset + point.y - rect.y
    guard rect.contains(point), lessonText.lines.indices.contains(row),
      let run = lessonText.lines[row].run
    else { return [] }
    let isSecond = run == selectedRun
    selectedRun = run
    return isSecond ? give(.run()) : []
  }

  /// Performs a command if it is available, as its key does.
  private mutating func give(_ command: Command) -> [Effect] {
    for binding in KeyTable.bindings where binding.command == command && binding.applies(to: self) {
      switch binding.availability(self) {
      case .now: return perform(command)
      case .no(let reason): notify(reason)
      }
    }
    return []
  }

  /// Performs the command of the clicked hint.
  private mutating func clickFooter(_ point: Point) -> [Effect] {
    let hints = KeyTable.hints(self)
    let places = footerHints.layout(in: layout.footer)
    for (place, hint) in zip(places, hints) where place.rect.contains(point) {
      return perform(hint.command)
    }
    return []
  }
}
