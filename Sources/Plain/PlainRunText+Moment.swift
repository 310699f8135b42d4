internal import Events
internal import History
internal import LessonKit
internal import RunViews
internal import Trace

extension PlainRunText {
  /// Returns the current event, its line of code, its findings, and the state after it.
  static func moment(_ session: RunSession, now: UInt64, listing: Listing?) -> [SpokenLine] {
    guard session.position > 0 else { return [SpokenLine("Nothing has happened yet.")] }
    let event = session.log[session.position - 1]
    let state = session.state
    let time = ValueText.moment(Int64(clamping: event.time))
    var sentences = [
      Narrator.closed(
        "Event \(session.place.dropFirst("event ".count)), at \(time): "
          + Narrator.sentence(event, state: state))
    ]
    if let line = event.line, let code = code(of: line, listing) {
      sentences.append(Narrator.closed("Line \(line): \(code)"))
    }
    sentences += session.findings.filter { $0.seq == event.seq }.map {
      "Found here, \(FindingBox.title($0, of: session.request)): \($0.description)."
    }
    return sentences.map { SpokenLine($0) }
      + stateSentences(session, now: now, listing: listing)
  }
}
