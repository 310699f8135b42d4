import Glibc
import SystemPackage
import Trace

/// The right to change what is kept, which one instance of the program has at a time. It is given
/// back with the value, and by the kernel when the program ends in whatever way.
struct StateLock: ~Copyable {
  private let descriptor: Int32

  /// How long, in nanoseconds, another instance is waited for: far longer than it takes to write.
  static let patience: UInt64 = 400_000_000
  /// From one look at the lock to the next, in microseconds.
  private static let interval: UInt32 = 2_000

  /// Waits until no other instance has the lock.
  /// - Throws: `StateError.busy` when one holds it for too long, and others when there can be no
  ///   such file.
  init(_ path: String, patience: UInt64 = Self.patience) throws(StateError) {
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
      // Somebody has cleared the folder meanwhile: this file locks nothing any more.
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
      throw .system("could not be written", path, error)
    }
  }

  /// Waits until an open file's lock is had.
  /// - Parameter deadline: on the monotonic clock; nil for when the patience is over.
  /// - Throws: `StateError.busy` when another has it for too long, and others where it cannot be had.
  static func take(
    _ descriptor: Int32, _ path: String, until deadline: UInt64? = nil
  ) throws(StateError) {
    let deadline = deadline ?? MonotonicClock.now() + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: break
      // There are file systems without locks; what is kept there is still replaced whole.
      case ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL: return
      default: throw .system("could not be locked", path, Errno(rawValue: errno))
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
