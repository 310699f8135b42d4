import Events

/// Why a run failed, from its events.
struct RunFailure: Sendable {
  /// Whether the demo is meant to end with actors that wait forever.
  private let expectsStuck: Bool
  private var hasFailed = false
  private var isStuck = false
  /// The last exception of the main thread, which ended the run.
  private var ofMain: String?
  /// The last exception of any actor.
  private var last: String?

  init(expectsStuck: Bool) { self.expectsStuck = expectsStuck }

  mutating func note(_ events: [Event]) {
    for event in events { note(event) }
  }

  private mutating func note(_ event: Event) {
    switch event.kind {
    case .exceptionRaise:
      let exception = [event.type ?? "Exception", event.message ?? ""].filter { !$0.isEmpty }
        .joined(separator: ": ")
      last = exception
      if event.actor == .main { ofMain = exception }
    case .runFinish:
      hasFailed = event.runOutcome == .failed
      isStuck = event.runOutcome == .deadlocked && !expectsStuck
    default: break
    }
  }

  /// The reason in one line, or nil if the run did not fail.
  var reason: String? {
    if isStuck { return "some of its threads or processes waited forever and were ended" }
    guard hasFailed else { return nil }
    return ofMain ?? last ?? "no reason was recorded"
  }
}
