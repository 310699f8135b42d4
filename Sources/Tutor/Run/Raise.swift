internal import Trace

/// An exception of the run: who raised it when, and what had led to it as far as the events say.
struct Raise: Sendable {
  let actor: ActorID
  /// Nanoseconds of the run.
  let time: UInt64
  /// Type and message: `IndexError: pop from empty list`.
  let text: String
  /// Who took the last value of a list that the actor then found empty.
  let forestaller: ActorID?

  /// - Parameter log: the events up to this one.
  init(_ event: Event, log: EventLog) {
    actor = event.actor
    time = event.time
    text = Self.text(of: event)
    forestaller = event.type == "IndexError" ? Self.lastTaker(before: event, log) : nil
  }

  static func text(of event: Event) -> String {
    let message = event.message ?? ""
    let type = event.type ?? "an exception"
    return message.isEmpty ? type : "\(type): \(ValueText.abbreviated(message, limit: 60))"
  }

  /// Whoever emptied a list shortly before, where nobody has added anything since.
  private static func lastTaker(before event: Event, _ log: EventLog) -> ActorID? {
    for index in (max(0, log.count - 256)..<log.count).reversed() {
      let other = log[index]
      guard other.kind == .listAppend || other.kind == .listRemove else { continue }
      let isEmptied = other.kind == .listRemove && other.size == 0 && other.actor != event.actor
      return isEmptied ? other.actor : nil
    }
    return nil
  }
}
