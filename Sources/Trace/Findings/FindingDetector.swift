/// Finds deadlocks, waits for the ended and lost updates in a run's events, live and on replay.
public struct FindingDetector: Sendable {
  public init() {}

  /// Goes on by one event.
  /// - Parameter state: what is true after it.
  /// - Returns: what became certain with it and was not told before.
  public mutating func observe(_ event: Event, state: RunState) -> [Finding] {
    []
  }
}
