internal import Screen
internal import Trace

/// What a run gave, by name: beside each other where they are few and short, else the last in one
/// row and all of them, newest last, in a list.
struct ResultRows {
  private(set) var summary: [StyledText] = []
  private(set) var list: [StyledText] = []

  /// More are not listed; the newest are.
  static let mostListed = 1_000
  /// Results that stand beside each other take no more rows than these.
  private static let mostRows = 3

  /// - Parameter isListed: whether the list is wanted where there are too many for a few rows.
  init(
    _ session: RunSession, width: Int, labelColumns: Int, glyphs: Glyphs, isListed: Bool = true
  ) {
    let indices = session.log.results
    guard let last = indices.last else { return }
    let room = max(0, width - labelColumns)
    let label = StyledText("results").padded(to: labelColumns, glyphs: glyphs)
    if indices.count <= 24 {
      let parts = indices.map { Self.text(session.log[$0], limit: 24) }
      if let lines = Self.flow(parts, room: room, glyphs: glyphs) {
        let indent = StyledText(String(repeating: " ", count: labelColumns))
        summary = lines.enumerated().map { ($0 == 0 ? label : indent) + $1 }
        return
      }
    }
    let note = StyledText("\(indices.count) \(indices.count == 1 ? "result" : "results")", .muted)
    let newest = Self.text(session.log[last], limit: max(12, room - note.columns - 34))
    let gap = max(2, room - newest.columns - note.columns)
    summary = [label + newest + StyledText(String(repeating: " ", count: gap)) + note]
    guard isListed else { return }
    let listed = indices.suffix(Self.mostListed)
    let names = listed.map { session.log[$0].name ?? "" }
    let nameColumns = min(width / 3, names.map { TextWidth.columns(of: $0) }.max() ?? 0)
    list = zip(listed, names).map { index, name in
      let limit = max(12, width - nameColumns - 24)
      let value = ValueText.abbreviated(session.log[index].value ?? "", limit: limit)
      return StyledText(name).leftPadded(to: nameColumns) + StyledText("  " + value, .strong)
    }
  }

  private static func text(_ event: Event, limit: Int) -> StyledText {
    let value = ValueText.abbreviated(event.value ?? "", limit: limit)
    let isBad = event.name == "exceptions" && event.value != "0"
    return StyledText((event.name ?? "") + " ", .muted)
      + StyledText(value, isBad ? .failure : .strong)
  }

  /// Whole parts, line after line; nil where they take too many.
  private static func flow(_ parts: [StyledText], room: Int, glyphs: Glyphs) -> [StyledText]? {
    let dot = StyledText(" \(glyphs.separator) ", .muted)
    var lines: [StyledText] = []
    for part in parts {
      guard part.columns <= room else { return nil }
      if let last = lines.last, last.columns + dot.columns + part.columns <= room {
        lines[lines.count - 1] = last + dot + part
      } else {
        lines.append(part)
      }
    }
    return lines.count <= mostRows ? lines : nil
  }
}
