import CPlatform
import Catalog
import Glibc
import LessonKit
import SystemPackage

/// Why a document cannot be opened, as a sentence for the person: what, where, what to do.
struct Unreadable: Error, Equatable {
  let reason: String
  /// There is no such file: it may come back.
  var isMissing = false

  init(_ reason: String, isMissing: Bool = false) {
    self.reason = reason
    self.isMissing = isMissing
  }
}

extension Unreadable: CustomStringConvertible {
  var description: String { reason }
}

/// By what a file is known to be the same and unchanged, without reading it.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  private let size: Int64
  private let changes: [Int]

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    changes = [
      status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
    ]
  }
}

/// Files as documents: looked at before they are opened, opened without waiting, read to a limit.
enum DocumentFile {
  enum Kind: Equatable {
    case file(FileIdentity)
    case folder
  }

  /// What a path leads to.
  /// - Throws: `Unreadable` for what is neither a file nor a folder, and what is not there.
  static func kind(of path: FilePath) throws(Unreadable) -> Kind {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0 else {
      throw failure(errno, at: path)
    }
    try refuseKernelFile(path)
    if status.st_mode & S_IFMT == S_IFDIR { return .folder }
    try refuseSpecial(status, path)
    return .file(FileIdentity(status))
  }

  /// A file's bytes.
  /// - Throws: `Unreadable` when it is none, cannot be read, or has more bytes than the limit.
  static func read(
    _ path: FilePath, limit: Int, progress: ReadingProgress
  ) throws(Unreadable) -> (bytes: [UInt8], identity: FileIdentity) {
    let name = String(decoding: path)
    // Looked at first, because opening a device may do something, and a pipe has a writer.
    guard case .file = try kind(of: path) else { throw Unreadable("\(name) is a folder") }
    let descriptor = path.withPlatformString {
      open($0, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { throw failure(errno, at: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno, at: path) }
    // It may have become something else meanwhile.
    try refuseSpecial(status, path)
    let size = Int(status.st_size)
    guard size <= limit else {
      throw Unreadable("\(DocumentError.tooLarge(file: name, bytes: size, limit: limit))")
    }
    let bytes = try readAll(
      descriptor, expecting: size, limit: limit, name: name, progress: progress)
    return (bytes, FileIdentity(status))
  }

  /// Everything that a descriptor gives.
  /// - Throws: `Unreadable` when it cannot be read, or gives more bytes than the limit.
  static func readAll(
    _ descriptor: Int32, expecting size: Int = 0, limit: Int, name: String,
    progress: ReadingProgress
  ) throws(Unreadable) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(limit, max(size, 65_535)) + 1)
    var count = 0
    while true {
      if count == bytes.count {
        bytes += [UInt8](repeating: 0, count: min(max(1, limit + 1 - count), count))
      }
      let piece = min(bytes.count - count, 4_194_304)
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, piece)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw Unreadable("\(name) cannot be read: \(String(cString: strerror(errno)))")
      }
      if got == 0 { break }
      count += got
      progress.note("reading \(name): \(ByteCount.text(count))")
      guard count <= limit else {
        throw Unreadable(
          "\(name) has more than the \(ByteCount.text(limit)) that are taken; split it")
      }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  // MARK: What is refused

  private static func refuseKernelFile(_ path: FilePath) throws(Unreadable) {
    guard path.withPlatformString({ lks_is_kernel_file($0) }) == 1 else { return }
    throw Unreadable("\(String(decoding: path)) is made up by the kernel; it is not a document")
  }

  private static func refuseSpecial(_ status: stat, _ path: FilePath) throws(Unreadable) {
    let what =
      switch status.st_mode & S_IFMT {
      case S_IFREG: ""
      case S_IFIFO: "a pipe; to read from one: … | lockstep open -"
      case S_IFSOCK: "a socket, not a document"
      case S_IFCHR, S_IFBLK: "a device, not a document"
      default: "no file; open a document or a folder"
      }
    if !what.isEmpty { throw Unreadable("\(String(decoding: path)) is \(what)") }
  }

  private static func failure(_ error: Int32, at path: FilePath) -> Unreadable {
    let name = String(decoding: path)
    switch error {
    case ENOENT, ENOTDIR:
      return Unreadable("there is no \(name)\(hint(for: path))", isMissing: true)
    case EACCES, EPERM: return Unreadable("\(name) may not be read; look at its permissions")
    case ELOOP: return Unreadable("\(name) is a link that leads to itself")
    case ENAMETOOLONG: return Unreadable("\(name.prefix(60))… is too long for a path")
    case ENXIO: return Unreadable("\(name) is a socket, not a document")
    default:
      return Unreadable("\(name) cannot be read: \(String(cString: strerror(error)))")
    }
  }

  /// How many names of a folder are looked at for a suggestion.
  private static let namesForHint = 5000

  /// Which of the names beside it was probably meant.
  private static func hint(for path: FilePath) -> String {
    guard let last = path.lastComponent else { return "" }
    var folder = path.removingLastComponent()
    if folder.isEmpty { folder = "." }
    var status = stat()
    guard folder.withPlatformString({ stat($0, &status) }) == 0 else {
      return folder == path ? "" : hint(for: folder)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return "; \(String(decoding: folder)) is no folder"
    }
    let names = (FolderEntries(folder, limit: namesForHint)?.names ?? []).map(\.string)
    if let link = names.first(where: { $0 == last.string }) {
      return "; \(link) is a link that leads nowhere"
    }
    return Suggestion.closest(to: last.string, among: names).map { "; did you mean \($0)?" } ?? ""
  }
}

/// The names in a folder, without `.` and `..`.
struct FolderEntries {
  private(set) var names: [FilePath.Component] = []
  /// Whether the folder has more than were looked at.
  private(set) var isCut = false

  /// Nil when the folder cannot be read; `errno` says why.
  init?(_ folder: FilePath, limit: Int) {
    guard let stream = folder.withPlatformString({ opendir($0) }) else { return nil }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      guard names.count < limit else {
        isCut = true
        return
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          FilePath.Component(platformString: $0)
        }
      }
      if let name, name.kind == .regular { names.append(name) }
    }
  }
}
