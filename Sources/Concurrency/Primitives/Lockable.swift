/// A lock that a condition can use.
public protocol Lockable: AnyObject, Sendable {
  /// Waits until the lock is free, and acquires it.
  /// - Throws: `RunStopped` if the run is being stopped, or the wait would last forever. Then the
  ///   lock is not held.
  func acquire() throws(RunStopped)

  /// Releases the lock once.
  /// - Throws: `RaisedException` where Python raises a RuntimeError. Then nothing has happened.
  func release() throws(RaisedException)

  /// Releases the lock once if the calling actor holds it; after a body that may have lost the lock.
  /// - Returns: whether it was held.
  @discardableResult
  func releaseIfHeld() -> Bool

  /// How many times the calling actor holds the lock, or 0.
  var depthHeld: Int { get }
}

extension Lockable {
  /// Runs a body while the lock is held, like Python's `with`. A body that throws may have lost the
  /// lock, for example in a wait that was stopped.
  public func withLock<Result>(_ body: () throws -> Result) throws -> Result {
    try acquire()
    let result: Result
    do {
      result = try body()
    } catch {
      releaseIfHeld()
      throw error
    }
    try release()
    return result
  }
}

/// An object whose state is plain bits, so that all processes of a run can share it.
public protocol ShareableObject: Sendable {
  associatedtype State: BitwiseCopyable & Sendable

  var traced: Traced<State> { get }
  init(_ traced: Traced<State>)
}

extension ShareableObject {
  /// Finds a shared object by its handle.
  /// - Throws: `RaisedException` if the word is not a handle.
  public static func attached(_ handle: String, in run: Run) throws -> Self {
    Self(try .attached(handle, in: run))
  }

  /// A word by which another process finds the object, or nil if it belongs to this process.
  public var handle: String? { traced.handle }
}
