extension RunState {
  /// Goes on by one event. Never fails: what cannot be is noted, and the event taken for true.
  public mutating func apply(_ event: Event) {
  }
}
