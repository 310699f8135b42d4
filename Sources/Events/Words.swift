/// A small closed vocabulary that travels as a number in memory and as a word in JSON.
public protocol EventWord: RawRepresentable, CaseIterable, Hashable, Sendable
where RawValue == Int64 {
  var word: String { get }
}

/// What a waiting actor waits for.
public enum WaitReason: Int64, EventWord {
  case lock, condition, queuePut, queueGet, join, future, sleep, process, event, semaphore
  case barrier, pipe, start

  public var word: String {
    switch self {
    case .queuePut: "queue.put"
    case .queueGet: "queue.get"
    default: "\(self)"
    }
  }
}

/// How a wait ended.
public enum WaitOutcome: Int64, EventWord {
  case got, timeout, stopped

  public var word: String { "\(self)" }
}

/// How a run ended.
public enum RunOutcome: Int64, EventWord {
  case completed, failed, stopped, deadlocked

  public var word: String { "\(self)" }
}
