internal import Catalog
internal import Events
internal import History
internal import RunViews
internal import Screen
internal import Trace

/// Sentences about recordings, and about the comparison of two runs.
enum PlainRecordingText {
  /// Returns a kept run: `producer-consumer with lock off, of 2026-11-25 14:05, 1.5 seconds, 122
  /// events, completed.`
  /// - Parameter isKept: whether to omit that it was removed.
  static func line(_ run: RecentRun, _ catalog: DemoCatalog, isKept: Bool = false) -> String {
    let request = RunRequest(recorded: run.demo, parameters: run.parameters, in: catalog)
    var parts = [PlainRunText.name(request)]
    if !run.started.isEmpty { parts.append("of \(run.started)") }
    if let duration = run.duration {
      parts.append(ValueText.spokenDuration(Int64(clamping: duration)))
    }
    if run.events > 0 { parts.append(PlainRunText.counted(Int(clamping: run.events), "event")) }
    parts.append(run.fault.map { "cannot be shown: \($0)" } ?? run.outcome?.word ?? "cut short")
    if run.isRemoved, !isKept { parts.append("removed") }
    return Narrator.closed(parts.joined(separator: ", "))
  }

  /// The maximum number of events of each run to say from the first difference.
  private static let mostEvents = 5

  /// Returns the comparison of two runs, and the events of both after the first difference.
  static func lines(_ view: ComparisonView) -> [SpokenLine] {
    var sentences = [
      head("This run", view.first, ""), head("The other run", view.second, view.started),
    ]
    sentences += view.sentences(.spoken).map { Narrator.closed($0.plain) }
    if let parting = view.comparison.parting {
      sentences += events("This run", view.first, from: parting.first)
      sentences += events("The other run", view.second, from: parting.second)
    }
    return sentences.map { SpokenLine($0) }
  }

  private static func head(_ name: String, _ session: RunSession, _ started: String) -> String {
    var parts = [ValueText.spokenDuration(Int64(clamping: session.state.time))]
    parts.append(PlainRunText.counted(session.log.count, "event"))
    if case .finished(let outcome) = session.state.phase { parts.append(outcome.word) }
    return "\(name)\(started.isEmpty ? "" : ", of \(started)"): "
      + parts.joined(separator: ", ") + "."
  }

  private static func events(_ name: String, _ session: RunSession, from index: Int?) -> [String] {
    guard let index else { return [] }
    let log = session.log
    var state = log.state(at: index)
    state.adoptNames(from: log.state)
    var sentences = ["\(name) from there, event \(ValueText.grouped(index + 1)) on:"]
    for event in log.events(in: index..<min(log.count, index + mostEvents)) {
      state.apply(event)
      sentences.append(PlainRunText.timed(event.time, Narrator.sentence(event, state: state)))
    }
    return sentences
  }
}
