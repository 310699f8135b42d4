internal import Screen
internal import Trace

/// The results of a run: on a few lines if they are few and short. Otherwise the summary has the
/// last one, and a list has all of them, newest last.
struct ResultRows {
  private(set) var summary: [StyledText] = []
  /// The number of rows of the list, or 0 if the summary has all results.
  private(set) var listed = 0
  private let session: RunSession

  /// The maximum number of listed results; the newest are listed.
  static let mostListed = 1_000
  /// The maximum number of lines of the summary.
  private static let mostRows = 3

  init(_ session: RunSession, width: Int, labelColumns: Int, glyphs: Glyphs) {
    self.session = session
    let count = session.resultCount
    guard let last = session.results(last: 1).last else { return }
    let room = max(0, width - labelColumns)
    let label = StyledText("results").padded(to: labelColumns, glyphs: glyphs)
    if count <= 24,
      let lines = Self.flow(session.results().map(Self.text), room: room, glyphs: glyphs)
    {
      let indent = StyledText(String(repeating: " ", count: labelColumns))
      summary = lines.enumerated().map { ($0 == 0 ? label : indent) + $1 }
      return
    }
    let before = label + StyledText("\(glyphs.ellipsis)  ", .muted)
    let name = Self.text((last.name, ""))
    let value = ValueText.fitted(last.value, to: max(8, width - before.columns - name.columns))
    summary = [(before + Self.text((last.name, value))).truncated(to: width, glyphs: glyphs)]
    listed = min(count, Self.mostListed)
  }

  /// Returns the list of results, newest last.
  func list(width: Int) -> [StyledText] {
    let shown = session.results(last: listed)
    let columns = min(width / 3, shown.map { TextWidth.columns(of: $0.name) }.max() ?? 0)
    return shown.map { name, value in
      StyledText(name).leftPadded(to: columns) + StyledText("  " + value, .strong)
    }
    .flatMap { $0.wrapped(to: width, hangingIndent: min(columns + 2, width / 2)) }
  }

  private static func text(_ result: (name: String, value: String)) -> StyledText {
    let isBad = result.name == "exceptions" && result.value != "0"
    return StyledText(result.name + " ", .muted)
      + StyledText(result.value, isBad ? .failure : .strong)
  }

  /// Returns the parts on lines, or nil if they need too many. A part that does not fit on a line
  /// wraps.
  private static func flow(_ parts: [StyledText], room: Int, glyphs: Glyphs) -> [StyledText]? {
    let dot = StyledText(" \(glyphs.separator) ", .muted)
    var lines: [StyledText] = []
    for part in parts {
      if part.columns > room {
        lines += part.wrapped(to: room, hangingIndent: min(2, room / 2))
      } else if let last = lines.last, last.columns + dot.columns + part.columns <= room {
        lines[lines.count - 1] = last + dot + part
      } else {
        lines.append(part)
      }
    }
    return lines.count <= mostRows ? lines : nil
  }
}
