public import Events
import Glibc
import Platform
import Shell
public import StateFiles
import SystemPackage

/// The folder of recent runs. The recordings are named by their start time and demo, and the oldest
/// are deleted when there are too many.
///
/// Several instances of the program may use it at the same time. The writer of a recording holds the
/// lock of its file, so that no other instance deletes it. Files with other names are left alone.
public struct RecordingShelf: Sendable {
  /// The most recordings to keep.
  var greatestCount = 50
  /// The most bytes of all recordings together, including those being written.
  var greatestSize = 200 << 20
  /// The most bytes of one recording.
  var longestRecording = 64 << 20

  private let folder: StateFolder
  private let system: FileSystem

  /// The shelf in the state folder that the environment names.
  /// - Throws: `StateError.noFolder` if it names none.
  public init(
    _ environment: (String) -> String? = StateFolder.environment, system: FileSystem = .real
  ) throws(StateError) {
    self.init(in: try StateFolder.state(environment), system: system)
  }

  /// The shelf in a state folder.
  public init(in state: StateFolder, system: FileSystem = .real) {
    folder = state.folder("recordings")
    self.system = system
  }

  /// Makes room for a run and starts to record it.
  /// - Parameter report: takes the message if the recording ends before its run.
  /// - Throws: `StateError` if the run cannot be recorded.
  public func begin(
    _ header: RecordingHeader, report: @escaping @Sendable (String) -> Void
  ) throws(StateError) -> RecordingWriter {
    let lock = try lock()
    // Make room first: the disk may be full of old runs.
    makeRoom()
    let (descriptor, path) = try create(for: header)
    // An instance that lists the runs shares the lock for a moment. Without the lock, this run would
    // be listed as cut short and might be deleted.
    try? StateLock.take(descriptor, path)
    withExtendedLifetime(lock) {}
    return RecordingWriter(
      to: OutputFile(owning: FileDescriptor(rawValue: descriptor), name: path), header: header,
      limit: longestRecording, report: report)
  }

  private func lock() throws(StateError) -> StateLock {
    try folder.make()
    return try StateLock("\(folder.path)/.lock")
  }

  private func create(for header: RecordingHeader) throws(StateError) -> (Int32, String) {
    let name = RecordingName(header)
    for count in 1...1000 {
      let path = "\(folder.path)/\(name.text(count))"
      do throws(Errno) {
        return (try system.create(path), path)
      } catch .fileExists {
        continue
      } catch {
        throw .system("cannot be written", path, error)
      }
    }
    throw .system("cannot be written", "\(folder.path)/\(name.text(1))", .fileExists)
  }

  /// The recordings, newest first. Reads only the beginning and the end of each.
  /// - Parameter withRemoved: whether to include removed recordings that can be put back.
  public func list(withRemoved: Bool = false) -> [RecordingSummary] {
    let removed = withRemoved ? files(of: RecordingName.isRemoved) : []
    return (files(of: RecordingName.isOne) + removed).sorted { $0.began > $1.began }.map {
      RecordingSummary(path: path(of: $0.recordingName), isRemoved: $0.isRemoved)
    }
  }

  /// The recording of that name, or nil.
  public func recording(named name: String) -> RecordingSummary? {
    files(of: RecordingName.isOne).contains { $0.name == name }
      ? RecordingSummary(path: path(of: name)) : nil
  }

  /// Removes a recording. It can be put back for an hour, or until its room is needed.
  /// - Throws: `StateError` if a process is writing it or it cannot be renamed.
  public func remove(_ path: String) throws(StateError) {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    guard !Self.isWritten(path) else { throw .isWritten(path) }
    do throws(Errno) {
      try system.rename(path, path + RecordingName.removedEnding)
    } catch {
      throw .system("cannot be removed", path, error)
    }
  }

  /// Puts a removed recording back.
  /// - Throws: `StateError` if it has been deleted or its name is taken by now.
  public func restore(_ path: String) throws(StateError) {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    do throws(Errno) {
      // No other instance creates a recording while the shelf is locked.
      guard access(path, F_OK) != 0 else { throw .fileExists }
      try system.rename(path + RecordingName.removedEnding, path)
    } catch {
      throw .system("cannot be put back", path, error)
    }
  }

  /// A file of the shelf.
  private struct File {
    let name: String
    let size: Int
    /// When it was last written, in seconds and nanoseconds, and when it was renamed, in seconds.
    let written: (Int, Int)
    let changed: Int

    var isRemoved: Bool { RecordingName.isRemoved(name) }
    /// The name before it was removed.
    var recordingName: String {
      isRemoved ? String(name.dropLast(RecordingName.removedEnding.count)) : name
    }
    /// The key to sort runs by their start. Runs of the same second are sorted by when they were
    /// written.
    var began: (Substring, Int, Int) { (RecordingName.moment(of: name), written.0, written.1) }
  }

  private func path(of name: String) -> String { "\(folder.path)/\(name)" }

  /// The files with such names, in any order.
  private func files(of isWanted: (String) -> Bool) -> [File] {
    let names = FolderEntries(FilePath(folder.path), limit: .max)?.names.map(\.string) ?? []
    var files: [File] = []
    for name in names where isWanted(name) {
      var status = stat()
      guard lstat(path(of: name), &status) == 0,
        status.st_mode & S_IFMT == S_IFREG
      else { continue }
      files.append(
        File(
          name: name, size: Int(status.st_size),
          written: (status.st_mtim.tv_sec, status.st_mtim.tv_nsec),
          changed: status.st_ctim.tv_sec))
    }
    return files
  }

  /// Deletes the oldest recordings until one more of any size has room. Removed recordings go first,
  /// and always when they are older than `patience` seconds.
  private func makeRoom(patience: Int = 3600) {
    let removed = files(of: RecordingName.isRemoved)
    // Sorted by when they were written. The names come from a clock that may have been ahead, and
    // such runs would stay the newest forever.
    let kept = files(of: RecordingName.isOne).sorted {
      ($0.written.0, $0.written.1, $0.name) < ($1.written.0, $1.written.1, $1.name)
    }
    var (count, size) = (kept.count, 0)
    // A recording that is being written may grow to the limit.
    let living = Set(kept.map(\.name).filter { Self.isWritten(path(of: $0)) })
    func weight(_ file: File) -> Int {
      living.contains(file.name) ? max(file.size, longestRecording) : file.size
    }
    for file in removed + kept { size += weight(file) }
    func isFull() -> Bool { count >= greatestCount || size + longestRecording > greatestSize }
    func delete(_ file: File) {
      guard unlink(path(of: file.name)) == 0 else { return }
      size -= weight(file)
      if !file.isRemoved { count -= 1 }
    }
    for file in removed {
      let age = time(nil) - file.changed
      if age < 0 || age >= patience || isFull() { delete(file) }
    }
    for file in kept where isFull() && !living.contains(file.name) { delete(file) }
  }

  /// Whether a process is writing a recording, and so holds its lock.
  private static func isWritten(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // A shared lock, as for listing the runs.
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}

/// The file name of a recording, such as `2026-11-25T14-05-00Z-producer-consumer.ndjson`. Sorting the
/// names sorts the runs by their start.
struct RecordingName {
  private let stem: String

  private static let ending = ".ndjson"
  static let removedEnding = ".removed"
  private static let pattern = Array("dddd-dd-ddTdd-dd-ddZ-".utf8)

  init(_ header: RecordingHeader) {
    let moment = String(header.started.map { $0 == ":" ? "-" : $0 })
    let isName = !header.demo.isEmpty && header.demo.utf8.allSatisfy(Self.isPlain)
    let demo = isName ? header.demo.prefix(100) : "run"
    stem = "\(moment)-\(demo)"
  }

  /// The name of the first, the second … run that started in the same second.
  func text(_ count: Int) -> String { stem + (count > 1 ? "-\(count)" : "") + Self.ending }

  /// The part of a name with the start time.
  static func moment(of name: String) -> Substring { name.prefix(pattern.count - 1) }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Whether a name is that of a recording.
  static func isOne(_ name: String) -> Bool {
    guard name.hasSuffix(ending), name.utf8.count > pattern.count + ending.utf8.count else {
      return false
    }
    return zip(name.utf8, pattern).allSatisfy { byte, wanted in
      wanted == UInt8(ascii: "d")
        ? byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") : byte == wanted
    } && name.utf8.dropFirst(pattern.count).dropLast(ending.utf8.count).allSatisfy(isPlain)
  }

  /// Whether a name is that of a removed recording.
  static func isRemoved(_ name: String) -> Bool {
    name.hasSuffix(removedEnding) && isOne(String(name.dropLast(removedEnding.count)))
  }
}
