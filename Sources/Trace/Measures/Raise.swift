public import Events

/// An exception of the run: who raised it when, and what had led to it as far as the events say.
public struct Raise: Sendable, Equatable {
  /// Who raised it.
  public let actor: ActorID
  /// Nanoseconds of the run.
  public let time: UInt64
  /// Type and message: `IndexError: pop from empty list`.
  public let text: String
  /// Who took the last value of a list that the actor then found empty.
  public let forestaller: ActorID?

  /// - Parameter taken: the last change of a list before it, if it was not long ago.
  init(_ event: Event, after taken: EventRecord?) {
    actor = event.actor
    time = event.time
    text = Self.text(of: event)
    forestaller = event.type == "IndexError" ? Self.lastTaker(before: event, taken) : nil
  }

  /// The type and the message of the exception that an event raises or catches, shortened.
  public static func text(of event: Event) -> String {
    let message = event.message ?? ""
    let type = event.type ?? "an exception"
    return message.isEmpty ? type : "\(type): \(ValueText.abbreviated(message, limit: 60))"
  }

  /// Whoever emptied a list shortly before, where nobody has added anything since.
  private static func lastTaker(before event: Event, _ taken: EventRecord?) -> ActorID? {
    guard let taken, taken.kind == EventKind.listRemove.rawValue,
      taken[EventField.size.slot] == 0, taken.actor != event.record.actor
    else { return nil }
    return ActorID(rawValue: taken.actor)
  }
}
