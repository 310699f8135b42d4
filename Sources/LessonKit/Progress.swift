/// A step as progress remembers it: by names and not by numbers, so that it is found again after
/// lessons or steps were added before it.
public struct StepKey: Sendable, Hashable {
  /// How many bytes a lesson or a step is remembered by at most: a title may be a whole page.
  public static let nameLimit = 160

  /// The lesson's id.
  public let lesson: String
  /// The step's name: its title, with a number behind it where the lesson has several.
  public let step: String

  /// A step's names as they were kept; `Lesson.key(ofStep:)` gives those of a step that is there.
  public init(lesson: String, step: String) {
    self.lesson = lesson
    self.step = step
  }
}

/// One thing that a learner did in a document, to be added to what is kept of it.
public enum ProgressChange: Sendable, Hashable {
  case seen(StepKey)
  case ran(StepKey)
  /// The learner is there now.
  case place(StepKey)
}

/// What a learner has done in one document: the built-in lessons, or whatever was opened.
public struct DocumentProgress: Sendable, Equatable {
  /// How many steps are kept as seen, and how many as run: more than any document that a person
  /// reads has. Those that come after are not kept.
  public static let stepLimit = 10_000

  /// The steps that were opened.
  public private(set) var seen: Set<StepKey>
  /// The steps of which something was run.
  public private(set) var ran: Set<StepKey>
  /// Where the learner was last; nil in a document that was never opened.
  public private(set) var place: StepKey?

  /// What was kept of a document; nothing yet, unless told otherwise.
  public init(seen: Set<StepKey> = [], ran: Set<StepKey> = [], place: StepKey? = nil) {
    self.seen = seen
    self.ran = ran
    self.place = place
  }

  /// Whether nothing was done yet.
  public var isEmpty: Bool { seen.isEmpty && ran.isEmpty && place == nil }

  /// Adds what the learner did.
  public mutating func apply(_ change: ProgressChange) {
    switch change {
    case .seen(let key): Self.insert(key, into: &seen)
    case .ran(let key): Self.insert(key, into: &ran)
    case .place(let key): place = key
    }
  }

  /// Adds what was done after this, in another session or on another screen. Nothing is taken
  /// away; the later place is the place. O(what was done later).
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
  /// The names by which progress remembers a step, given by its index from 0.
  public func key(ofStep index: Int) -> StepKey {
    let step = steps.indices.contains(index) ? steps[index].name : ""
    return StepKey(lesson: keptID, step: step.name(ofBytes: StepKey.nameLimit))
  }

  fileprivate var keptID: String { id.name(ofBytes: StepKey.nameLimit) }
}

extension Course {
  /// Where a remembered step stands now, by indices from 0; nil where it is gone.
  public func place(of key: StepKey) -> (lesson: Int, step: Int)? {
    for (lesson, candidate) in lessons.enumerated() where candidate.keptID == key.lesson {
      let step = candidate.steps.indices.first { candidate.key(ofStep: $0) == key }
      if let step { return (lesson, step) }
    }
    return nil
  }
}
