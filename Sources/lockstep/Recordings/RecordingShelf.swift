import Glibc
import SystemPackage
import Trace

/// The recent runs: a folder of recordings, named by when they began and by their demos, of which
/// the oldest go when there are too many.
///
/// Several instances of the program may use it at once. Whoever writes a recording has the lock of
/// its file, so that nobody takes it away meanwhile; files of other names are nobody's business.
struct RecordingShelf: Sendable {
  /// How many recordings there are at most.
  var greatestCount = 50
  /// How many bytes they have together at most, the one that is being written included.
  var greatestSize = 200 << 20
  /// How many bytes one of them has at most.
  var longestRecording = 64 << 20

  private let folder: StateFolder
  private let system: FileSystem

  /// The shelf below the state folder that the environment names.
  /// - Throws: `StateError.noFolder` where it names none.
  init(
    _ environment: (String) -> String? = StateFolder.environment, system: FileSystem = .real
  ) throws(StateError) {
    self.init(in: try StateFolder.state(environment), system: system)
  }

  /// The shelf below a state folder.
  init(in state: StateFolder, system: FileSystem = .real) {
    folder = state.folder("recordings")
    self.system = system
  }

  /// Begins to keep a run, and makes room for it.
  /// - Parameter tell: takes the sentence that says why the recording ends before the run does.
  /// - Throws: `StateError` where it cannot be kept.
  func begin(
    _ header: RecordingHeader, tell: @escaping @Sendable (String) -> Void
  ) throws(StateError) -> RecordingFile {
    let lock = try lock()
    // The room first: a disk that is full of old runs has some then.
    makeRoom()
    let (descriptor, path) = try create(for: header)
    // Whoever lists the runs just now shares the lock for a moment. Without it the run would be
    // listed as cut short, and could be taken away.
    try? StateLock.take(descriptor, path)
    withExtendedLifetime(lock) {}
    return RecordingFile(
      to: OutputFile(owning: FileDescriptor(rawValue: descriptor), name: path), header: header,
      limit: longestRecording, tell: tell)
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
        throw .system("could not be written", path, error)
      }
    }
    throw .system("could not be written", "\(folder.path)/\(name.text(1))", .fileExists)
  }

  /// The recordings, the newest first. Reads the beginning and the end of each, and no more.
  /// - Parameter withRemoved: whether those are among them that can be put back.
  func list(withRemoved: Bool = false) -> [KeptRecording] {
    let removed = withRemoved ? files(of: RecordingName.isRemoved) : []
    return (files(of: RecordingName.isOne) + removed).sorted { $0.began > $1.began }.map {
      KeptRecording(path: path(of: $0.recordingName), isRemoved: $0.isRemoved)
    }
  }

  /// The recording of that name; nil where there is none.
  func recording(named name: String) -> KeptRecording? {
    files(of: RecordingName.isOne).contains { $0.name == name }
      ? KeptRecording(path: path(of: name)) : nil
  }

  /// Takes a recording off the shelf; for an hour, or until the room is needed, it can be put back.
  /// - Throws: `StateError` where a living process writes it, or it cannot be moved.
  func remove(_ path: String) throws(StateError) {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    guard !Self.isWritten(path) else { throw .isWritten(path) }
    do throws(Errno) {
      try system.rename(path, path + RecordingName.removedEnding)
    } catch {
      throw .system("could not be removed", path, error)
    }
  }

  /// Puts a recording back that was removed.
  /// - Throws: `StateError` where it is gone for good, or another has its name by now.
  func restore(_ path: String) throws(StateError) {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    do throws(Errno) {
      // Nobody else makes one while the shelf is locked.
      guard access(path, F_OK) != 0 else { throw .fileExists }
      try system.rename(path + RecordingName.removedEnding, path)
    } catch {
      throw .system("could not be put back", path, error)
    }
  }

  /// A file of the shelf.
  private struct File {
    let name: String
    let size: Int
    /// When it was last written, and when its name was changed, in seconds; the first with
    /// nanoseconds behind it.
    let written: (Int, Int)
    let changed: Int

    var isRemoved: Bool { RecordingName.isRemoved(name) }
    /// Its name, or what it was before it was removed.
    var recordingName: String {
      isRemoved ? String(name.dropLast(RecordingName.removedEnding.count)) : name
    }
    /// What puts the runs in the order in which they began; those of one second in that in which
    /// they were written.
    var began: (Substring, Int, Int) { (RecordingName.moment(of: name), written.0, written.1) }
  }

  private func path(of name: String) -> String { "\(folder.path)/\(name)" }

  /// The files of such names, in no order.
  private func files(of isWanted: (String) -> Bool) -> [File] {
    guard let directory = opendir(folder.path) else { return [] }
    defer { closedir(directory) }
    var files: [File] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var status = stat()
      guard isWanted(name), lstat(path(of: name), &status) == 0,
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

  /// Takes the oldest away until one more recording has room, whatever it grows to. What was
  /// removed before goes first, and so many seconds later anyway.
  private func makeRoom(patience: Int = 3600) {
    let removed = files(of: RecordingName.isRemoved)
    // By when they were written and not by their names, which a clock that was once ahead would
    // have be the newest for good.
    let kept = files(of: RecordingName.isOne).sorted {
      ($0.written.0, $0.written.1, $0.name) < ($1.written.0, $1.written.1, $1.name)
    }
    var (count, size) = (kept.count, 0)
    // What is still being written may become as large as any.
    let living = Set(kept.map(\.name).filter { Self.isWritten(path(of: $0)) })
    func weight(_ file: File) -> Int {
      living.contains(file.name) ? max(file.size, longestRecording) : file.size
    }
    for file in removed + kept { size += weight(file) }
    func isFull() -> Bool { count >= greatestCount || size + longestRecording > greatestSize }
    func takeAway(_ file: File) {
      guard unlink(path(of: file.name)) == 0 else { return }
      size -= weight(file)
      if !file.isRemoved { count -= 1 }
    }
    for file in removed {
      let age = time(nil) - file.changed
      if age < 0 || age >= patience || isFull() { takeAway(file) }
    }
    for file in kept where isFull() && !living.contains(file.name) { takeAway(file) }
  }

  /// Whether a living process has the lock of a recording.
  private static func isWritten(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // Shared, as those who only list the runs have it.
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}

/// The name of a kept recording's file: `2026-11-25T14-05-00Z-producer-consumer.ndjson`, so that
/// the names' order is that of the runs.
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

  /// The name of the first, the second … run that began in one second.
  func text(_ count: Int) -> String { stem + (count > 1 ? "-\(count)" : "") + Self.ending }

  /// The part of a name that says when the run began.
  static func moment(of name: String) -> Substring { name.prefix(pattern.count - 1) }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Whether a file of that name is a kept recording.
  static func isOne(_ name: String) -> Bool {
    guard name.hasSuffix(ending), name.utf8.count > pattern.count + ending.utf8.count else {
      return false
    }
    return zip(name.utf8, pattern).allSatisfy { byte, wanted in
      wanted == UInt8(ascii: "d")
        ? byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") : byte == wanted
    } && name.utf8.dropFirst(pattern.count).dropLast(ending.utf8.count).allSatisfy(isPlain)
  }

  /// Whether a file of that name is a recording that was removed.
  static func isRemoved(_ name: String) -> Bool {
    name.hasSuffix(removedEnding) && isOne(String(name.dropLast(removedEnding.count)))
  }
}
