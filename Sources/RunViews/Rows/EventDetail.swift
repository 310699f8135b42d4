internal import Events
internal import Screen
internal import Trace

/// The details of an event, next to the name of its kind.
enum EventDetail {
  /// - Parameter state: the state after the event.
  static func text(_ event: Event, state: RunState, glyphs: Glyphs) -> StyledText {
    switch event.kind {
    case .listAppend, .listRemove, .queuePut, .queueGet:
      let value = ValueText.abbreviated(event.value ?? "", limit: 12)
      let gap = String(repeating: " ", count: max(1, 5 - TextWidth.columns(of: value)))
      return StyledText(value, .strong) + StyledText("\(gap)\(glyphs.arrow)  ", .muted)
        + contents(event, state, glyphs)
    case .lockAcquire, .lockRelease:
      guard event.depth.map({ $0 <= 1 }) ?? true, event.permits == nil else { break }
      return StyledText(event.object.map { ValueText.abbreviated(state.name(of: $0)) } ?? "")
    case .taskSubmit, .taskStart, .taskFinish, .taskCancel:
      let task = "task \(event.task ?? 0)"
      return StyledText(event.value.map { "\(task): \(ValueText.abbreviated($0))" } ?? task)
    case .exceptionRaise:
      return StyledText(Raise.text(of: event), .failure)
    case .output:
      return StyledText(ValueText.abbreviated(event.outputLine ?? "", limit: 72))
    case .result where event.name == Event.shownName:
      // The beginning is enough; other panes show the complete sentence.
      let sentence = TextWidth.truncated(
        Conclusion(text: event.value ?? "").sentence, to: 84, glyphs: glyphs)
      return StyledText("shown  ", .muted) + StyledText(sentence, .strong)
    case .result:
      let value = ValueText.abbreviated(event.value ?? "", limit: 36)
      return StyledText((event.name ?? "") + "  ", .muted) + StyledText(value, .strong)
    default: break
    }
    return StyledText(Narrator.predicate(event, state: state))
  }

  /// Returns the first values of the list or queue after the event, and the count if there are
  /// more.
  private static func contents(_ event: Event, _ state: RunState, _ glyphs: Glyphs) -> StyledText {
    guard let object = event.object, let sequence = state[object]?.sequence else {
      return StyledText()
    }
    guard sequence.count > 0 else { return StyledText("empty", .muted) }
    let most = 10
    let values = sequence.values(in: 0..<min(most, sequence.count))
    let text = values.map { ValueText.abbreviated($0.text, limit: 8) }.joined(separator: " ")
    guard sequence.count > most else { return StyledText(text) }
    return StyledText(text) + StyledText(" \(glyphs.ellipsis) (\(sequence.count))", .muted)
  }
}
