import Glibc
import Platform
import SystemPackage

/// A lock that lets only one instance of the program change the state files. The value's end releases
/// it, and so does the kernel when the program ends.
public struct StateLock: ~Copyable {
  private let descriptor: Int32

  /// The longest wait for another instance, in nanoseconds: far longer than a write takes.
  public static let patience: UInt64 = 400_000_000
  /// The time between two attempts, in microseconds.
  private static let interval: UInt32 = 2_000

  /// Waits for the lock.
  /// - Throws: `StateError.busy` if another instance holds it for too long, other errors if the file
  ///   cannot be created.
  public init(_ path: String, patience: UInt64 = Self.patience) throws(StateError) {
    let deadline = MonotonicClock.now() + patience
    while true {
      let descriptor = try Self.open(path)
      do throws(StateError) {
        try Self.take(descriptor, path, until: deadline)
      } catch {
        close(descriptor)
        throw error
      }
      if Self.isStill(descriptor, path) {
        self.descriptor = descriptor
        return
      }
      // The file was deleted meanwhile, so this lock protects nothing.
      close(descriptor)
      guard MonotonicClock.now() < deadline else { throw .busy(path) }
      usleep(Self.interval)
    }
  }

  deinit { close(descriptor) }

  private static func open(_ path: String) throws(StateError) -> Int32 {
    let flags = O_RDWR | O_CREAT | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC
    do throws(Errno) {
      return try FileSystem.check { Glibc.open(path, flags, 0o600) }
    } catch {
      throw .system("cannot be written", path, error)
    }
  }

  /// Waits for the lock of an open file.
  /// - Parameter deadline: on the monotonic clock; by default after `patience`.
  /// - Throws: `StateError.busy` if another process holds it for too long, other errors if it cannot
  ///   be locked.
  public static func take(
    _ descriptor: Int32, _ path: String, until deadline: UInt64? = nil
  ) throws(StateError) {
    let deadline = deadline ?? MonotonicClock.now() + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: break
      // Some file systems have no locks. Files are still replaced as a whole there.
      case ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL: return
      default: throw .system("cannot be locked", path, Errno(rawValue: errno))
      }
      guard MonotonicClock.now() < deadline else { throw .busy(path) }
      usleep(interval)
    }
  }

  private static func isStill(_ descriptor: Int32, _ path: String) -> Bool {
    var own = stat()
    var named = stat()
    return fstat(descriptor, &own) == 0 && stat(path, &named) == 0 && own.st_ino == named.st_ino
      && own.st_dev == named.st_dev
  }
}
