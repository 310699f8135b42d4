import Glibc
import SystemPackage

/// Watches folders for files that are saved, added or removed (inotify).
struct DocumentWatch: ~Copyable {
  /// The descriptor to poll, or -1 if the kernel gives no watch.
  let descriptor: Int32
  /// Why something is not watched, or nil.
  private(set) var trouble: String?

  /// The names to watch in each folder, by the kernel's number of the watch.
  private var folders: [Int32: Wanted] = [:]

  private struct Wanted {
    /// Whether to watch all documents and folders in it.
    var hasDocuments = false
    /// Files that the user named, which may have any name.
    var names: Set<[UInt8]> = []
  }

  private static let mask =
    UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO) | UInt32(IN_MOVED_FROM) | UInt32(IN_CREATE)
    | UInt32(IN_DELETE) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_ATTRIB)
    | UInt32(bitPattern: Int32(IN_ONLYDIR))

  /// - Parameter isNeeded: false for a watch that never reports anything.
  init(isNeeded: Bool) {
    guard isNeeded else {
      descriptor = -1
      return
    }
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    if descriptor < 0 { trouble = String(cString: strerror(errno)) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Watches the folder of a file, and the folder of the file that a link leads to.
  mutating func add(file: FilePath) {
    add(name: file)
    let real = file.withPlatformString { realpath($0, nil) }
    guard let real else { return }
    defer { free(real) }
    add(name: FilePath(platformString: real))
  }

  private mutating func add(name file: FilePath) {
    guard let last = file.lastComponent else { return }
    let folder = file.removingLastComponent()
    guard let number = watch(folder.isEmpty ? "." : folder) else { return }
    folders[number, default: Wanted()].names.insert(NaturalOrder.bytes(last))
  }

  /// Watches all documents of a folder and the folders in it. Returns whether the watch is new.
  mutating func add(folder: FilePath) -> Bool {
    guard let number = watch(folder), folders[number]?.hasDocuments != true else { return false }
    folders[number, default: Wanted()].hasDocuments = true
    return true
  }

  private mutating func watch(_ folder: FilePath) -> Int32? {
    guard descriptor >= 0 else { return nil }
    let number = folder.withPlatformString { inotify_add_watch(descriptor, $0, Self.mask) }
    guard number < 0 else { return number }
    // Reading the documents reports a missing folder.
    if errno != ENOENT, errno != ENOTDIR { trouble = String(cString: strerror(errno)) }
    return nil
  }

  /// Takes all pending events. Returns whether one of them may concern a document.
  mutating func drain() -> Bool {
    guard descriptor >= 0 else { return false }
    var concerns = false
    withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        var events = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        while events.count >= 16 {
          let length = min(16 + Int(events.load(fromByteOffset: 12, as: UInt32.self)), events.count)
          let name = events[16..<length].prefix { $0 != 0 }
          if isConcerned(
            events.load(as: Int32.self), events.load(fromByteOffset: 4, as: UInt32.self),
            Array(name))
          {
            concerns = true
          }
          events = UnsafeRawBufferPointer(rebasing: events[length...])
        }
      }
    }
    return concerns
  }

  private mutating func isConcerned(_ number: Int32, _ mask: UInt32, _ name: [UInt8]) -> Bool {
    // The kernel has dropped events.
    if mask & UInt32(IN_Q_OVERFLOW) != 0 { return true }
    if mask & UInt32(IN_IGNORED) != 0 {
      folders[number] = nil
      return true
    }
    guard let wanted = folders[number] else { return false }
    if mask & (UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)) != 0 { return true }
    if wanted.names.contains(name) { return true }
    guard wanted.hasDocuments, name.first != UInt8(ascii: ".") else { return false }
    let text = String(decoding: name, as: UTF8.self)
    return mask & UInt32(IN_ISDIR) != 0
      || FilePath.Component(text).map { FolderWalk.isDocument($0) } ?? false
  }
}
