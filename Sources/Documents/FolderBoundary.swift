import CPlatform
import Glibc
import Platform
import SystemPackage

/// Keeps what is read of an opened folder inside it, wherever links lead.
struct FolderBoundary {
  private let folder: FilePath
  /// The folder's path without links, or nil if there is no such folder.
  private let real: FilePath?

  init(_ folder: FilePath) {
    self.folder = folder
    real = Self.real(folder)
  }

  /// Whether a path leads to something outside the folder.
  func isLeft(by path: FilePath) -> Bool {
    guard let real, let target = Self.real(path) else { return false }
    return !target.starts(with: real)
  }

  /// The message about a link that leads out of the folder.
  func refusal(of path: FilePath) -> String {
    "\(String(decoding: path)) is a link that leads out of \(String(decoding: folder)), "
      + "so it is not opened"
  }

  /// Opens a file for reading. No link can be put in its way between the check and the opening.
  /// - Returns: the descriptor, or a negative errno.
  /// - Throws: `Unreadable` if the path leads out of the folder.
  func open(_ path: FilePath) throws(Unreadable) -> Int32 {
    guard let real, let target = Self.real(path) else { return -errno }
    var rest = target
    guard rest.removePrefix(real) else { throw Unreadable(refusal(of: path)) }
    let root = real.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard root >= 0 else { return -errno }
    let owner = Descriptor(root)
    let descriptor = rest.withPlatformString { lks_open_beneath(owner.number, $0) }
    switch -descriptor {
    case ELOOP, EXDEV: throw Unreadable(refusal(of: path))
    // Kernels before 5.6, and sandboxes that do not know the call.
    case ENOSYS, EPERM:
      let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC
      let plain = target.withPlatformString { Glibc.open($0, flags) }
      return plain >= 0 ? plain : -errno
    default: return descriptor
    }
  }

  private static func real(_ path: FilePath) -> FilePath? {
    guard let pointer = path.withPlatformString({ realpath($0, nil) }) else { return nil }
    defer { free(pointer) }
    return FilePath(platformString: pointer)
  }
}
