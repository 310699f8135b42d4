internal import Events
internal import Screen
package import Trace

/// An actor by its letter, its name and its colour, the same in every pane.
enum ActorText {
  /// The actor's colour; the main thread has none.
  static func style(_ actor: ActorID) -> Style {
    actor.rawValue >= 2 ? .actor(actor.index - 2) : .muted
  }

  static func letter(_ actor: ActorID) -> StyledText {
    StyledText(actor.letter, style(actor))
  }

  /// The name, short enough for a label.
  static func name(_ actor: ActorID, in state: RunState) -> String {
    let name = actor.rawValue == 0 ? "run" : state.name(of: actor)
    return ValueText.abbreviated(name, limit: 24)
  }

  /// Letter and name: `A adder`. The main thread and the run itself go by name alone.
  static func label(_ actor: ActorID, in state: RunState) -> StyledText {
    guard actor.rawValue >= 2 else { return StyledText(name(actor, in: state), .muted) }
    return letter(actor) + StyledText(" " + name(actor, in: state), style(actor))
  }
}

extension RunState {
  /// The actors of whom something is known, the main thread last; those are copied that are taken,
  /// so that the first few of very many are cheap.
  package var shownActors: some Sequence<ActorState> {
    let main = min(1, actors.count)
    return [main..<actors.count, 0..<main].lazy.joined()
      .filter { actors[$0].phase != .unknown }.map { actors[$0] }
  }
}
