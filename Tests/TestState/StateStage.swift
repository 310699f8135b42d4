public import LessonKit
public import StateFiles
public import TestTerminal

/// A state folder of a test's own.
public struct StateStage {
  public let home: TemporaryFolder
  public let folder: StateFolder
  public var path: String { folder.path + "/progress.json" }

  public init() throws {
    let home = try TemporaryFolder()
    self.home = home
    folder = try StateFolder.state { ["XDG_STATE_HOME": home.path][$0] }
    try folder.make()
  }

  /// The names of what is in the folder, but for the lock.
  public var names: [String] { home.names(in: "lockstep").filter { $0 != ".lock" } }

  public func store(
    _ system: FileSystem = .real, patience: UInt64 = 10_000_000_000, now: String = "T"
  ) -> ProgressStore {
    ProgressStore(in: folder, system: system, patience: patience, now: { now })
  }
}

public func seen(_ steps: String...) -> DocumentProgress {
  DocumentProgress(
    seen: Set(steps.map { StepKey(lesson: "one", step: $0) }), ran: [],
    place: steps.last.map { StepKey(lesson: "one", step: $0) })
}
