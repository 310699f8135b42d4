public import CPlatform
public import Synchronization

/// A value that several threads share, behind the standard library's lock, in a box that closures
/// can hold. The lock is held for one call.
///
/// The thread sanitizer does not see into the standard library's `Mutex`; here it is told of it,
/// so that it reports real races and no others.
public final class Guarded<Value: ~Copyable>: Sendable {
  @usableFromInline let mutex: Mutex<Value>

  /// Takes the value over; from now on it is reached through the lock only.
  @inlinable
  public init(_ value: consuming sending Value) { mutex = Mutex(value) }

  /// Runs the body while no other thread uses the value.
  @inlinable
  public func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    try mutex.withLock { value throws(Failure) in
      lks_lock_acquired(address)
      defer { lks_lock_released(address) }
      return try body(&value)
    }
  }

  /// Runs the body unless another thread uses the value just now; nil then.
  @inlinable
  public func withLockIfAvailable<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result? {
    try mutex.withLockIfAvailable { value throws(Failure) in
      lks_lock_acquired(address)
      defer { lks_lock_released(address) }
      return try body(&value)
    }
  }

  @inlinable
  var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
}
