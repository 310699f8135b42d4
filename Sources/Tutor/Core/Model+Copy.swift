internal import History
internal import LessonKit
internal import LessonViews
internal import RunViews
internal import Screen
internal import Trace

extension Model {
  /// The number of events in one copy, the last ones.
  private static let copiedEvents = 5_000

  /// Whether `y` copies anything. Each frame asks for this, so it does not make the text.
  var hasCopy: Bool {
    switch focus {
    case .lesson: step != nil
    case .contents: true
    case .code: shownListing != nil
    case .state, .pools, .bars, .picture, .waits, .exceptions, .timeline:
      session?.log.isEmpty == false && content(of: focus) != nil
    case .events: session?.log.isEmpty == false
    }
  }

  /// The text of the focused pane for `y`, with its name for messages, or nil if it has none.
  var copied: (text: String, what: String)? {
    switch focus {
    case .lesson:
      guard let step else { return nil }
      let lines = LessonText(page, width: 80).lines.map(\.text.plain)
      return (Self.joined(lines), "step \(step.number)")
    case .contents:
      let rows = searchableRows(.contents, width: 200, height: 0)
      return (Self.joined(rows.map(\.plain)), "the contents")
    case .code:
      return shownListing.map { ($0.text, $0.name) }
    case .state, .pools, .bars, .picture, .waits, .exceptions, .timeline:
      guard let session, !session.log.isEmpty, let rect = content(of: focus) else { return nil }
      let rows = searchableRows(focus, width: rect.width, height: rect.height)
      return (Self.joined(rows.map(\.plain)), "the \(focus.title.lowercased())")
    case .events:
      guard let session, !session.log.isEmpty else { return nil }
      let count = session.log.count
      let range = max(0, count - Self.copiedEvents)..<count
      let rows = EventRows(session, range: range, width: 200, glyphs: glyphs).rows
      let what = range.lowerBound == 0 ? "all events" : "the last \(range.count) events"
      return (Self.joined(rows.map(\.plain)), what)
    }
  }

  /// Lines as text, without trailing spaces.
  private static func joined(_ lines: [String]) -> String {
    lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }
    .joined(separator: "\n") + "\n"
  }
}
