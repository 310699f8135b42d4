import Engine
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
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
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
    let removed = withRemoved ? names(isWanted: RecordingName.isRemoved) : []
    let all =
      names().map { (name: $0, isRemoved: false) }
      + removed.map { ($0.dropLast(RecordingName.removedEnding.count), true) }
      .map { (String($0), $1) }
    return all.sorted { $0.name > $1.name }.map {
      KeptRecording(path: "\(folder.path)/\($0.name)", isRemoved: $0.isRemoved)
    }
  }

  /// The recording of that name; nil where there is none.
  func recording(named name: String) -> KeptRecording? {
    names().contains(name) ? KeptRecording(path: "\(folder.path)/\(name)") : nil
  }

  /// Takes a recording off the shelf; for an hour, or until the room is needed, it can be put back.
  /// - Throws: `StateError` where a living process writes it, or it cannot be moved.
  func remove(_ path: String) throws(StateError) {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    guard !Self.isWritten(path) else { throw .busy(path) }
    do throws(Errno) {
      try system.rename(path, path + RecordingName.removedEnding)
    } catch {
      throw .system("could not be removed", path, error)
    }
  }

  /// Puts a recording back that was removed.
  /// - Throws: `StateError` where it is gone for good.
  func restore(_ path: String) throws(StateError) {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    do throws(Errno) {
      try system.rename(path + RecordingName.removedEnding, path)
    } catch {
      throw .system("could not be put back", path, error)
    }
  }

  /// The names of the recordings, in no order.
  private func names(isWanted: (String) -> Bool = RecordingName.isOne) -> [String] {
    guard let directory = opendir(folder.path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if isWanted(name), Self.size("\(folder.path)/\(name)") != nil { names.append(name) }
    }
    return names
  }

  /// Takes the oldest away until one more recording has room, whatever it grows to. What was
  /// removed before goes first, and so many seconds later anyway.
  private func makeRoom(patience: Int = 3600) {
    for name in names(isWanted: RecordingName.isRemoved) {
      var status = stat()
      let path = "\(folder.path)/\(name)"
      guard lstat(path, &status) == 0 else { continue }
      let age = time(nil) - status.st_ctim.tv_sec
      if age < 0 || age >= patience || isFull { unlink(path) }
    }
    for name in names().sorted() {
      guard isFull else { return }
      let path = "\(folder.path)/\(name)"
      if !Self.isWritten(path) { unlink(path) }
    }
  }

  private var isFull: Bool {
    let kept = names()
    let all = kept + names(isWanted: RecordingName.isRemoved)
    let size = all.reduce(0) { $0 + (Self.size("\(folder.path)/\($1)") ?? 0) }
    return kept.count >= greatestCount || size + longestRecording > greatestSize
  }

  /// The size of a file; nil for what is none.
  private static func size(_ path: String) -> Int? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Whether a living process has the lock of a recording.
  private static func isWritten(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
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
