internal import Screen

/// The top edge of a pane.
extension Model {
  /// The longest title that leaves room for the tabs, and for the note if possible.
  func edge(
    _ placed: ScreenLayout.Placed, _ content: PaneContent
  ) -> (title: StyledText, note: StyledText) {
    let room = placed.rect.width - 4
    guard placed.tabs.count > 1 else {
      let note = content.notes.first { content.title.columns + 3 + $0.columns <= room }
      return (content.title, note ?? content.notes.last ?? StyledText())
    }
    let titles = titles(placed.pane)
    if let found = searchNote(placed.pane) {
      // The search is more important than the tabs.
      let title = titles.first { $0.columns + 3 + found.columns <= room } ?? titles.last
      guard let tab = tabs(placed), let title,
        title.columns + 3 + found.columns + 3 + tab.columns <= room
      else { return (title ?? content.title, found) }
    }
    guard let tab = tabs(placed) else { return (titles.last ?? content.title, StyledText()) }
    let title = titles.first { $0.columns + 3 + tab.columns <= room } ?? content.title
    let both = content.notes.map { $0 + StyledText("   ") + tab }
    return (title, both.first { title.columns + 3 + $0.columns <= room } ?? tab)
  }

  /// The tabs of panes that share a place, with their names if there is room, or nil if there is no
  /// room at all.
  private func tabs(_ placed: ScreenLayout.Placed) -> StyledText? {
    tabParts(placed).map { parts in
      parts.enumerated().reduce(into: StyledText()) { text, part in
        if part.offset > 0 { text.append(" ") }
        text += part.element.text
      }
    }
  }

  /// The rectangle of each tab, for clicks.
  func tabPlaces(_ placed: ScreenLayout.Placed) -> [(pane: PaneID, rect: Rect)] {
    guard placed.tabs.count > 1, let parts = tabParts(placed) else { return [] }
    let columns = parts.reduce(-1) { $0 + 1 + $1.text.columns }
    var x = placed.rect.maxX - 2 - columns
    return parts.map { pane, text in
      defer { x += text.columns + 1 }
      return (pane, Rect(x: x, y: placed.rect.y, width: text.columns, height: 1))
    }
  }

  private func tabParts(
    _ placed: ScreenLayout.Placed
  ) -> [(pane: PaneID, text: StyledText)]? {
    let room = placed.rect.width - 4
    let least = titles(placed.pane).map(\.columns).min() ?? 0
    // A small screen names only the pane that is seen; the others keep their digits.
    for hasNames in [true, false] {
      let parts = placed.tabs.map { pane in
        (pane: pane, text: tab(pane, isSeen: pane == placed.pane, hasName: hasNames))
      }
      let columns = parts.reduce(-1) { $0 + 1 + $1.text.columns }
      if least + 3 + columns <= room { return parts }
    }
    return nil
  }

  /// The text of a tab. The visible pane's tab is highlighted.
  private func tab(_ pane: PaneID, isSeen: Bool, hasName: Bool) -> StyledText {
    var text = StyledText()
    if let digit = digit(of: pane) { text.append("\(digit)", isSeen ? .title : .key) }
    guard hasName || isSeen else { return text }
    if !text.isEmpty { text.append(" ") }
    text.append(isSeen ? "[\(pane.tab)]" : pane.tab, isSeen ? .title : .muted)
    return text
  }
}
