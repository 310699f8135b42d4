import Platform
import Glibc
import LessonKit
import SystemPackage

/// The progress file on the disk, and what may be done with it. Any number of instances of the
/// program use it at once; each adds only what was done in it.
public struct ProgressStore: Sendable {
  private let folder: StateFolder
  private let system: FileSystem
  private let patience: UInt64
  private let now: @Sendable () -> String

  /// - Parameters:
  ///   - patience: how long another instance is waited for, in nanoseconds.
  ///   - now: the time, as `Timestamp` writes it.
  public init(
    in folder: StateFolder, system: FileSystem = .real, patience: UInt64 = StateLock.patience,
    now: @escaping @Sendable () -> String = Timestamp.now
  ) {
    self.folder = folder
    self.system = system
    self.patience = patience
    self.now = now
  }

  /// Where the file is.
  var path: String { folder.path + "/progress.json" }
  /// What the last reset took away.
  public var backupPath: String { path + ".before-reset" }

  /// What resets before the last one took away, the oldest first.
  public var olderBackups: [String] {
    let prefix = "progress.json.before-reset.older-"
    let names = FolderEntries(FilePath(folder.path), limit: Self.mostNames)?.names ?? []
    return names.map(\.string).filter { $0.hasPrefix(prefix) }.sorted()
      .map { "\(folder.path)/\($0)" }
  }

  /// The most names of the folder that are looked at.
  private static let mostNames = 5_000

  private func lock() throws(StateError) -> StateLock {
    try folder.lock(patience: patience)
  }

  /// What `lockstep progress` takes for a document. What was opened together has no word.
  @Sendable public static func knownDocuments() -> [String] {
    let folder = try? StateFolder.state(StateFolder.environment)
    let file = folder.flatMap { try? ProgressStore(in: $0).read() }
    let kept = (file?.documents.keys).map { $0.sorted() } ?? []
    return [ProgressFile.builtIn]
      + kept.filter { $0.hasPrefix("/") && !$0.contains("\n") && !$0.contains("\t") }
  }

  // MARK: reading

  /// What was kept; nil where nothing ever was.
  /// - Throws: `StateError`; the file itself is left as it is.
  public func read() throws(StateError) -> ProgressFile? { try Self.read(path)?.file }

  private static func read(
    _ path: String
  ) throws(StateError) -> (file: ProgressFile, bytes: [UInt8])? {
    guard let bytes = try StateFile(path).read() else { return nil }
    do throws(ProgressFile.Problem) {
      return (try ProgressFile(parsing: bytes), bytes)
    } catch {
      switch error {
      case .damaged(let problem): throw .damaged(path, problem)
      case .newer(let version): throw .newer(path, version: version)
      }
    }
  }

  /// What was kept. A damaged file is set aside, and a new one begins.
  /// - Returns: the file, nil where nothing ever was kept; and what a person should know.
  /// - Throws: `StateError` where nothing can be kept either.
  func open() throws(StateError) -> (file: ProgressFile?, notice: String?) {
    do throws(StateError) {
      return (try read(), nil)
    } catch .damaged {
      let lock = try lock()
      return try contents(lock)
    }
  }

  /// What the file says, or an empty one where it is damaged, which is then set aside.
  private func contents(
    _ lock: borrowing StateLock
  ) throws(StateError) -> (file: ProgressFile, notice: String?) {
    do throws(StateError) {
      return (try read() ?? ProgressFile(), nil)
    } catch .damaged(let path, let problem) {
      let aside = try StateFile(path).setAside(
        as: "damaged", at: Timestamp.forFileName(now()), system)
      let notice =
        "progress.json was damaged (\(problem)); it is now \(aside), and a new one begins"
      return (ProgressFile(), notice)
    }
  }

  // MARK: adding

  /// Adds what was done in a document to whatever the file says by now.
  /// - Returns: what a person should know.
  /// - Throws: `StateError` when it could not be kept; the file is then as it was.
  func add(_ done: DocumentProgress, to document: String) throws(StateError) -> String? {
    let lock = try lock()
    var (file, notice) = try contents(lock)
    if file.add(done, to: document, at: now()) { try write(file, lock) }
    return notice
  }

  private func write(_ file: ProgressFile, _ lock: borrowing StateLock) throws(StateError) {
    var file = file
    try system.replace(try StateFile(path).path, with: file.bytes())
  }

  // MARK: resetting

  /// Forgets a document, or all of them. What the file said before stays beside it, and what was
  /// beside it before that is set aside.
  /// - Parameter document: its name in the file; nil for all.
  /// - Throws: `StateError`; then nothing is forgotten.
  public func reset(_ document: String?) throws(StateError) {
    let lock = try lock()
    guard let (before, bytes) = try Self.read(path) else { return }
    var file = before
    if try StateFile(backupPath).read() != nil {
      _ = try StateFile(backupPath).setAside(
        as: "older", at: Timestamp.forFileName(now()), system)
    }
    try system.replace(backupPath, with: bytes)
    if let document { file.documents[document] = nil } else { file.documents = [:] }
    try write(file, lock)
  }

  /// Brings back what the last reset took away; what was done since stays too.
  /// - Returns: whether there was anything to bring back.
  /// - Throws: `StateError`; then everything is as it was.
  public func restore() throws(StateError) -> Bool {
    let lock = try lock()
    guard let backup = try Self.read(backupPath)?.file else { return false }
    var file = try read() ?? ProgressFile()
    file.add(olderFile: backup)
    try write(file, lock)
    unlink(backupPath)
    return true
  }
}
