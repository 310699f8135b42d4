import CPlatform
import Glibc

/// A signal that wakes a thread in `poll`. Any thread can set it, and it stays set until it is
/// cleared.
public struct PollSignal: ~Copyable, Sendable {
  private let owned: Descriptor

  /// Creates a signal that is not set. Nil if the system has no more descriptors.
  public init?() {
    let number = lks_eventfd()
    guard number >= 0 else { return nil }
    owned = Descriptor(number)
  }

  /// The descriptor to poll, which is readable while the signal is set.
  public var descriptor: Int32 { owned.number }

  public func set() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
  }

  public func clear() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
  }

  /// Waits until the signal is set.
  /// - Parameter milliseconds: the longest wait, or a negative number for no limit.
  /// - Returns: whether the signal is set.
  @discardableResult
  public func wait(milliseconds: Int32 = -1) -> Bool {
    while true {
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&polled, 1, milliseconds)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }
}
