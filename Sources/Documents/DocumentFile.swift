import CPlatform
import Catalog
import Glibc
import LessonKit
import Platform
public import SystemPackage

/// Why a document cannot be opened: a message for the user that says what, where and what to do.
public struct Unreadable: Error, Equatable {
  public let reason: String
  /// Whether the file does not exist. It may come back.
  public var isMissing = false

  public init(_ reason: String, isMissing: Bool = false) {
    self.reason = reason
    self.isMissing = isMissing
  }
}

extension Unreadable: CustomStringConvertible {
  public var description: String { reason }
}

/// Tells whether a file is the same and unchanged, without reading it.
public struct FileIdentity: Hashable, Sendable {
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

/// Reads files as documents: checks what a path is, opens it without waiting, reads up to a limit.
public enum DocumentFile {
  public enum Kind: Equatable {
    case file(FileIdentity)
    case folder
  }

  /// Whether a path leads to a file or to a folder.
  /// - Throws: `Unreadable` if it leads to something else or to nothing.
  public static func kind(of path: FilePath) throws(Unreadable) -> Kind {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0 else {
      throw failure(errno, at: path)
    }
    try refuseKernelFile(path)
    if status.st_mode & S_IFMT == S_IFDIR { return .folder }
    try refuseSpecial(status, path)
    return .file(FileIdentity(status))
  }

  /// Reads a file.
  /// - Parameter folder: an opened folder, which a link to the file must not leave.
  /// - Throws: `Unreadable` if it is no file, cannot be read, or has more bytes than the limit.
  public static func read(
    _ path: FilePath, in folder: FilePath? = nil, limit: Int, progress: ReadingProgress
  ) throws(Unreadable) -> (bytes: [UInt8], identity: FileIdentity) {
    let name = String(decoding: path)
    let file = try open(path, in: folder)
    let size = Int(file.status.st_size)
    guard size <= limit else {
      // What the file is says more than its size.
      var beginning = [UInt8](repeating: 0, count: DecodedText.telling)
      let got = Glibc.read(file.descriptor.number, &beginning, beginning.count)
      try checkBeginning(beginning.prefix(max(0, got)), name)
      throw Unreadable("\(DocumentError.tooLarge(file: name, bytes: size, limit: limit))")
    }
    let bytes = try readAll(
      file.descriptor.number, expecting: size, limit: limit, name: name, progress: progress)
    return (bytes, FileIdentity(file.status))
  }

  /// Reads the beginning of a file, at most `count` bytes.
  /// - Returns: the bytes and the size of the file.
  /// - Throws: `Unreadable` if it is no file or cannot be read.
  static func readBeginning(
    _ path: FilePath, in folder: FilePath?, count: Int
  ) throws(Unreadable) -> (bytes: [UInt8], size: Int) {
    let file = try open(path, in: folder)
    var bytes = [UInt8](repeating: 0, count: count)
    let got = Glibc.read(file.descriptor.number, &bytes, count)
    guard got >= 0 else { throw failure(errno, at: path) }
    return (Array(bytes.prefix(got)), Int(file.status.st_size))
  }

  private struct OpenFile: ~Copyable {
    let descriptor: Descriptor
    let status: stat
  }

  private static func open(
    _ path: FilePath, in folder: FilePath?
  ) throws(Unreadable) -> OpenFile {
    // Opening a device may do something, and opening a pipe concerns its writer. So check first.
    guard case .file = try kind(of: path) else {
      throw Unreadable("\(String(decoding: path)) is a folder")
    }
    let number: Int32
    if let folder {
      number = try FolderBoundary(folder).open(path)
    } else {
      let opened = path.withPlatformString {
        Glibc.open($0, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      }
      number = opened >= 0 ? opened : -errno
    }
    guard number >= 0 else { throw failure(-number, at: path) }
    let descriptor = Descriptor(number)
    var status = stat()
    guard fstat(number, &status) == 0 else { throw failure(errno, at: path) }
    // The path may lead to something else by now.
    try refuseSpecial(status, path)
    return OpenFile(descriptor: descriptor, status: status)
  }

  /// Reads a descriptor to its end.
  /// - Throws: `Unreadable` if it cannot be read or has more bytes than the limit.
  static func readAll(
    _ descriptor: Int32, expecting size: Int = 0, limit: Int, name: String,
    progress: ReadingProgress
  ) throws(Unreadable) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(limit, max(size, 65_535)) + 1)
    var count = 0
    var isChecked = false
    while true {
      if count == bytes.count {
        bytes += [UInt8](repeating: 0, count: min(max(1, limit + 1 - count), count))
      }
      let piece = min(bytes.count - count, isChecked ? 4_194_304 : DecodedText.telling)
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, piece)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw Unreadable("\(name) cannot be read: \(String(cString: strerror(errno)))")
      }
      if got == 0 { break }
      count += got
      if !isChecked, count >= DecodedText.telling {
        isChecked = true
        try checkBeginning(bytes[..<count], name)
      }
      progress.note("reading \(name): \(ByteCount.text(count))")
      guard count <= limit else {
        throw Unreadable(
          "\(name) is larger than the limit of \(ByteCount.text(limit)); split it")
      }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  // MARK: Refusals

  private static func checkBeginning(
    _ bytes: ArraySlice<UInt8>, _ name: String
  ) throws(Unreadable) {
    do throws(DocumentError) {
      try DecodedText.checkBeginning(Array(bytes.prefix(DecodedText.telling)), file: name)
    } catch {
      throw Unreadable("\(error)")
    }
  }

  private static func refuseKernelFile(_ path: FilePath) throws(Unreadable) {
    guard path.withPlatformString({ lks_is_kernel_file($0) }) == 1 else { return }
    throw Unreadable("\(String(decoding: path)) is a kernel file, not a document")
  }

  private static func refuseSpecial(_ status: stat, _ path: FilePath) throws(Unreadable) {
    let what =
      switch status.st_mode & S_IFMT {
      case S_IFREG: ""
      case S_IFIFO: "a pipe; to read from it: … | lockstep open -"
      case S_IFSOCK: "a socket, not a document"
      case S_IFCHR, S_IFBLK: "a device, not a document"
      default: "not a file; open a document or a folder"
      }
    if !what.isEmpty { throw Unreadable("\(String(decoding: path)) is \(what)") }
  }

  private static func failure(_ error: Int32, at path: FilePath) -> Unreadable {
    let name = String(decoding: path)
    switch error {
    case ENOENT, ENOTDIR:
      return Unreadable("\(name) does not exist\(hint(for: path))", isMissing: true)
    case EACCES, EPERM: return Unreadable("\(name): no permission to read it")
    case ELOOP: return Unreadable("\(name) is a link to itself")
    case ENAMETOOLONG: return Unreadable("\(name.prefix(60))… is too long for a path")
    case ENXIO: return Unreadable("\(name) is a socket, not a document")
    default:
      return Unreadable("\(name) cannot be read: \(String(cString: strerror(error)))")
    }
  }

  /// The most names of a folder to compare for a suggestion.
  private static let namesForHint = 5000

  /// A hint for a path that does not exist, such as a similar name.
  private static func hint(for path: FilePath) -> String {
    guard let last = path.lastComponent else { return "" }
    var folder = path.removingLastComponent()
    if folder.isEmpty { folder = "." }
    var status = stat()
    guard folder.withPlatformString({ stat($0, &status) }) == 0 else {
      return folder == path ? "" : hint(for: folder)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return "; \(String(decoding: folder)) is not a folder"
    }
    let names = (FolderEntries(folder, limit: namesForHint)?.names ?? []).map(\.string)
    if let link = names.first(where: { $0 == last.string }) {
      return "; \(link) is a broken link"
    }
    return Suggestion.closest(to: last.string, among: names).map { "; did you mean \($0)?" } ?? ""
  }
}
