import Glibc
import LessonKit
import Platform
import Screen
import SystemPackage

/// Reads and changes the progress file on the disk. Several instances of the program may use it at
/// the same time; each adds only its own progress.
public struct ProgressStore: Sendable {
  private let folder: StateFolder
  private let system: FileSystem
  private let patience: UInt64
  private let now: @Sendable () -> String

  /// - Parameters:
  ///   - patience: the longest wait for another instance, in nanoseconds.
  ///   - now: returns the time, as `Timestamp` writes it.
  public init(
    in folder: StateFolder, system: FileSystem = .real, patience: UInt64 = StateLock.patience,
    now: @escaping @Sendable () -> String = Timestamp.now
  ) {
    self.folder = folder
    self.system = system
    self.patience = patience
    self.now = now
  }

  /// The path of the file.
  var path: String { folder.path + "/progress.json" }
  /// The path of the backup that the last reset made.
  public var backupPath: String { path + ".before-reset" }

  /// The paths of the backups of earlier resets, oldest first.
  public var olderBackups: [String] {
    let prefix = "progress.json.before-reset.older-"
    let names = FolderEntries(FilePath(folder.path), limit: Self.mostNames)?.names ?? []
    return names.map(\.string).filter { $0.hasPrefix(prefix) }.sorted()
      .map { "\(folder.path)/\($0)" }
  }

  /// The most names of the folder to look at.
  private static let mostNames = 5_000

  private func lock() throws(StateError) -> StateLock {
    try folder.lock(patience: patience)
  }

  /// The documents to complete after `lockstep progress`. Documents that were opened together have
  /// no single word. A name with control characters cannot be typed.
  @Sendable public static func knownDocuments() -> [String] {
    let folder = try? StateFolder.state(StateFolder.environment)
    let file = folder.flatMap { try? ProgressStore(in: $0).read() }
    let kept = (file?.documents.keys).map { $0.sorted() } ?? []
    return [ProgressFile.builtIn]
      + kept.filter { name in
        name.hasPrefix("/") && Sanitizer.displaySafe(name, newlines: .visible) == name
      }
  }

  // MARK: reading

  /// The saved progress, or nil if there is none yet.
  /// - Throws: `StateError`. The file does not change.
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

  /// The saved progress. A damaged file is renamed, and a new one starts.
  /// - Returns: the file, or nil if there is none yet, and a message for the user.
  /// - Throws: `StateError` if progress cannot be saved.
  func open() throws(StateError) -> (file: ProgressFile?, notice: String?) {
    do throws(StateError) {
      return (try read(), nil)
    } catch .damaged {
      let lock = try lock()
      return try contents(lock)
    }
  }

  /// The content of the file. A damaged file is renamed and counts as empty.
  private func contents(
    _ lock: borrowing StateLock
  ) throws(StateError) -> (file: ProgressFile, notice: String?) {
    do throws(StateError) {
      return (try read() ?? ProgressFile(), nil)
    } catch .damaged(let path, let problem) {
      let aside = try StateFile(path).setAside(
        as: "damaged", at: Timestamp.forFileName(now()), system)
      let notice =
        "progress.json was damaged (\(problem)) and is now \(aside); progress starts again"
      return (ProgressFile(), notice)
    }
  }

  // MARK: adding

  /// Adds progress in a document to the current content of the file.
  /// - Returns: a message for the user, or nil.
  /// - Throws: `StateError` if it cannot be saved. The file does not change then.
  func add(_ done: DocumentProgress, to document: String) throws(StateError) -> String? {
    let lock = try lock()
    var (file, notice) = try contents(lock)
    if file.add(done, to: document, at: now()) { try write(file, lock) }
    return notice
  }

  private func write(_ file: ProgressFile, _ lock: borrowing StateLock) throws(StateError) {
    var file = file
    try system.replace(path, with: file.bytes())
  }

  // MARK: resetting

  /// Forgets the progress in a document or in all documents. The old file becomes the backup, and an
  /// older backup is renamed.
  /// - Parameter document: its name in the file, or nil for all.
  /// - Throws: `StateError`. The file does not change then.
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

  /// Undoes the last reset. Progress since then stays.
  /// - Returns: whether there was a reset to undo.
  /// - Throws: `StateError`. The file does not change then.
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
