public import CPlatform
public import Synchronization

/// A value that several threads share, protected by a lock. It is a class, so that closures can
/// capture it.
///
/// The thread sanitizer does not see the lock of the standard library's `Mutex`. So each call reports
/// the lock to the sanitizer, which then reports only real races.
public final class Guarded<Value: ~Copyable>: Sendable {
  @usableFromInline let mutex: Mutex<Value>

  @inlinable
  public init(_ value: consuming sending Value) { mutex = Mutex(value) }

  /// Runs a body with exclusive access to the value.
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

  /// Runs a body with exclusive access to the value, or returns nil if another thread has it.
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
