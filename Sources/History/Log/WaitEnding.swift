public import Events
public import Trace

/// How a wait of a run ended: with which event, and what let it end.
public struct WaitEnding: Sendable, Equatable {
  /// Who waited.
  public let actor: ActorID
  /// What it waited for.
  public let reason: WaitReason
  /// The index of the event with which the wait is over.
  public let end: Int
  /// The index of what somebody else did so that it could end; nil where time alone did, or where
  /// the events do not tell.
  public let cause: Int?
}

extension EventLog {
  /// How a wait ends; nil where its end is not among the events. O(events of the wait).
  /// - Parameter position: how many events have happened when the actor waits.
  public func ending(of wait: Wait, by actor: ActorID, after position: Int) -> WaitEnding? {
    let farthest = min(count, position + Self.longestSearch)
    let end = (position..<farthest).first { index in
      let record = record(at: index)
      return record.actor == actor.rawValue && record.kind == EventKind.waitEnd.rawValue
    }
    guard let end else { return nil }
    let outcome = record(at: end)[EventField.waitOutcome.slot]
    let isGot = outcome == WaitOutcome.got.rawValue
    return WaitEnding(
      actor: actor, reason: wait.reason, end: end, cause: isGot ? cause(of: wait, actor, end) : nil)
  }

  /// More events than these are not looked through for one key.
  private static let longestSearch = 1_000_000

  /// The last event before the wait's end that made it possible.
  private func cause(of wait: Wait, _ actor: ActorID, _ end: Int) -> Int? {
    let kinds = Self.causes(wait.reason)
    guard !kinds.isEmpty else { return nil }
    var index = end - 1
    while index >= 0 {
      let record = record(at: index)
      // The wait's own beginning: whatever made it end was done while it went on.
      if record.actor == actor.rawValue, record.kind == EventKind.waitBegin.rawValue { return nil }
      if kinds.contains(record.kind), record.actor != actor.rawValue,
        wait.object == nil || wait.object?.rawValue == record.object || record.object == 0,
        wait.awaited == nil || wait.awaited?.rawValue == record.actor
      {
        return index
      }
      index -= 1
    }
    return nil
  }

  /// What others do that ends a wait.
  private static func causes(_ reason: WaitReason) -> Set<UInt8> {
    let kinds: [EventKind] =
      switch reason {
      case .lock, .semaphore: [.lockRelease]
      case .condition: [.conditionNotify]
      case .event: [.eventSet]
      case .barrier: [.barrierPass]
      case .queueGet: [.queuePut]
      case .queuePut: [.queueGet]
      case .pipe: [.pipeSend, .pipeReceive]
      case .join: [.threadExit, .processExit]
      case .process: [.processExit]
      case .start: [.threadStart, .processStart]
      case .future: [.taskFinish, .taskFail, .taskCancel]
      case .sleep: []
      }
    return Set(kinds.map(\.rawValue))
  }
}
