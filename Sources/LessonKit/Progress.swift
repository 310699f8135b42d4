/// The identity of a step in saved progress. It uses names and not numbers, so that it stays valid
/// when lessons or steps are added before it.
public struct StepKey: Sendable, Hashable {
  /// The most bytes of a name. A title may be very long.
  public static let nameLimit = 160

  /// The id of the lesson.
  public let lesson: String
  /// The name of the step.
  public let step: String

  /// Makes a key from saved names. Use `Lesson.key(ofStep:)` for an existing step.
  public init(lesson: String, step: String) {
    self.lesson = lesson
    self.step = step
  }
}

/// A change to the progress in a document.
public enum ProgressChange: Sendable, Hashable {
  case seen(StepKey)
  case ran(StepKey)
  /// The learner moved to this step.
  case place(StepKey)
}

/// A learner's progress in one document: the built-in lessons, or a document that was opened.
public struct DocumentProgress: Sendable, Equatable {
  /// The most steps in `seen` and in `ran`, more than in any real document. Further steps are
  /// dropped.
  public static let stepLimit = 10_000

  /// The steps that the learner opened.
  public private(set) var seen: Set<StepKey>
  /// The steps with a demo that the learner ran.
  public private(set) var ran: Set<StepKey>
  /// The learner's last step, or nil in a document that was never opened.
  public private(set) var place: StepKey?

  /// Makes a progress, by default an empty one.
  public init(seen: Set<StepKey> = [], ran: Set<StepKey> = [], place: StepKey? = nil) {
    self.seen = seen
    self.ran = ran
    self.place = place
  }

  /// Whether there is no progress yet.
  public var isEmpty: Bool { seen.isEmpty && ran.isEmpty && place == nil }

  /// Applies a change.
  public mutating func apply(_ change: ProgressChange) {
    switch change {
    case .seen(let key): Self.insert(key, into: &seen)
    case .ran(let key): Self.insert(key, into: &ran)
    case .place(let key): place = key
    }
  }

  /// Adds later progress, from another session or window. Nothing is removed, and the later place
  /// wins. O(size of the later progress).
  public mutating func add(_ later: DocumentProgress) {
    for key in later.seen { Self.insert(key, into: &seen) }
    for key in later.ran { Self.insert(key, into: &ran) }
    place = later.place ?? place
  }

  private static func insert(_ key: StepKey, into keys: inout Set<StepKey>) {
    if keys.count < stepLimit { keys.insert(key) }
  }
}

extension Lesson {
  /// The key of the step at an index from 0.
  public func key(ofStep index: Int) -> StepKey {
    let step = steps.indices.contains(index) ? steps[index].name : ""
    return StepKey(lesson: keyName, step: step.shortened(toBytes: StepKey.nameLimit))
  }

  fileprivate var keyName: String { id.shortened(toBytes: StepKey.nameLimit) }
}

extension Course {
  /// The current indices of a saved step, from 0, or nil if it no longer exists.
  public func place(of key: StepKey) -> (lesson: Int, step: Int)? {
    for (lesson, candidate) in lessons.enumerated() where candidate.keyName == key.lesson {
      let step = candidate.steps.indices.first { candidate.key(ofStep: $0) == key }
      if let step { return (lesson, step) }
    }
    return nil
  }
}
