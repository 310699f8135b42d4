internal import Events
internal import Screen
package import Trace

/// The letter, name and colour of an actor, the same in every pane.
enum ActorText {
  /// Returns the actor's colour; the main thread is muted.
  static func style(_ actor: ActorID) -> Style {
    actor.rawValue >= 2 ? .actor(actor.index - 2) : .muted
  }

  static func letter(_ actor: ActorID) -> StyledText {
    StyledText(actor.letter, style(actor))
  }

  /// Returns the name, abbreviated for a label.
  static func name(_ actor: ActorID, in state: RunState) -> String {
    let name = actor.rawValue == 0 ? "run" : state.name(of: actor)
    return ValueText.abbreviated(name, limit: 24)
  }

  /// Returns letter and name: `A adder`. The main thread and the run itself have no letter.
  static func label(_ actor: ActorID, in state: RunState) -> StyledText {
    guard actor.rawValue >= 2 else { return StyledText(name(actor, in: state), .muted) }
    return letter(actor) + StyledText(" " + name(actor, in: state), style(actor))
  }
}

extension RunState {
  /// The actors with a known phase, the main thread last. Lazy, so that a prefix of very many is
  /// cheap.
  package var shownActors: some Sequence<ActorState> {
    let main = min(1, actors.count)
    return [main..<actors.count, 0..<main].lazy.joined()
      .filter { actors[$0].phase != .unknown }.map { actors[$0] }
  }
}
