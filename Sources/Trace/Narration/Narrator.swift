/// Says events in plain words, with the names of actors and objects.
public enum Narrator {
  /// One event as a short sentence without its full stop: `adder appends 4; shared is 0 1 4`.
  /// - Parameter state: what is true after the event.
  public static func detail(_ event: Event, state: RunState) -> String {
    "\(state.name(of: event.actor)) \(predicate(event, state: state))"
  }

  /// The sentence without its subject: `appends 4; shared is 0 1 4`.
  public static func predicate(_ event: Event, state: RunState) -> String {
    event.kind.name
  }
}
