public import Events
public import Trace

/// The end of a wait, and the event that caused it.
public struct WaitEnding: Sendable, Equatable {
  /// The index of the event that ends the wait.
  public let end: Int
  /// The index of another actor's event that made the end possible; nil if it timed out, or if the
  /// events do not show the cause.
  public let cause: Int?
}

extension EventLog {
  /// The end of a wait, or nil if the log does not have it. O(events during the wait).
  /// - Parameter position: a position during the wait.
  public func ending(of wait: Wait, by actor: ActorID, after position: Int) -> WaitEnding? {
    guard let end = end(ofWaitBy: actor, after: position, within: Self.longestSearch) else {
      return nil
    }
    let outcome = record(at: end)[EventField.waitOutcome.slot]
    let isGot = outcome == WaitOutcome.got.rawValue
    return WaitEnding(end: end, cause: isGot ? cause(of: wait, actor, end) : nil)
  }

  /// The length of an actor's wait in nanoseconds, or nil if it ends more than `most` events later.
  public func length(ofWaitBy actor: ActorID, after position: Int, within most: Int) -> Int64? {
    end(ofWaitBy: actor, after: position, within: most).flatMap { self[$0].waited }
  }

  private func end(ofWaitBy actor: ActorID, after position: Int, within most: Int) -> Int? {
    (position..<min(count, position + most)).first { index in
      let record = record(at: index)
      return record.actor == actor.rawValue && record.kind == EventKind.waitEnd.rawValue
    }
  }

  /// How many events are searched, so that one key press stays quick.
  private static let longestSearch = 1_000_000

  /// The last event that made the wait's end possible.
  private func cause(of wait: Wait, _ actor: ActorID, _ end: Int) -> Int? {
    let kinds = Self.causes(wait.reason)
    guard !kinds.isEmpty else { return nil }
    var index = end - 1
    while index >= 0 {
      let record = record(at: index)
      // The cause cannot be before the wait.
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

  /// The kinds of events by which other actors end a wait.
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
