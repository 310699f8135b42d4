public import Events

/// A raised exception, and its cause if the events show one.
public struct Raise: Sendable, Equatable {
  /// The actor that raised it.
  public let actor: ActorID
  /// The time, in nanoseconds of the run.
  public let time: UInt64
  /// The type and the message: `IndexError: pop from empty list`.
  public let text: String
  /// The other actor that had taken the last value of a list, which was then empty; or nil.
  public let forestaller: ActorID?

  /// - Parameter taken: the last change of a list before it, if it was recent.
  init(_ event: Event, after taken: EventRecord?) {
    actor = event.actor
    time = event.time
    text = Self.text(of: event)
    forestaller = event.type == "IndexError" ? Self.lastTaker(before: event, taken) : nil
  }

  /// The type and the message of the exception in an event, shortened.
  public static func text(of event: Event) -> String {
    let message = event.message ?? ""
    let type = event.type ?? "an exception"
    return message.isEmpty ? type : "\(type): \(ValueText.abbreviated(message, limit: 60))"
  }

  /// The other actor that emptied a list, if that was its last change.
  private static func lastTaker(before event: Event, _ taken: EventRecord?) -> ActorID? {
    guard let taken, taken.kind == EventKind.listRemove.rawValue,
      taken[EventField.size.slot] == 0, taken.actor != event.record.actor
    else { return nil }
    return ActorID(rawValue: taken.actor)
  }
}
