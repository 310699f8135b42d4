/// What a condition can be over: a lock that knows whether the calling actor holds it.
public protocol Lockable: AnyObject, Sendable {
  /// Waits until the lock is free, then holds it.
  /// - Throws: `RunStopped` when the run is being stopped, or the wait would last for ever; the
  ///   lock is not held then.
  func acquire() throws(RunStopped)

  /// Lets the lock go once.
  /// - Throws: `RaisedException` where Python raises a RuntimeError; nothing has happened then.
  func release() throws(RaisedException)

  /// Lets the lock go once if the calling actor holds it: for the way out of a body that may have
  /// lost it. Returns whether it was held.
  @discardableResult
  func releaseIfHeld() -> Bool

  /// How many times the calling actor holds the lock; 0 where it does not.
  var depthHeld: Int { get }
}

extension Lockable {
  /// Holds the lock while the body runs, and lets it go whatever happens, as `with` does. A body
  /// that ends with an error may have lost the lock: in a wait that was stopped, say.
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

/// An object whose state is bits and nothing else, so that it serves the threads of one process
/// and, from the run's memory, all processes of the run.
public protocol ShareableObject: Sendable {
  associatedtype State: BitwiseCopyable & Sendable

  var traced: Traced<State> { get }
  init(_ traced: Traced<State>)
}

extension ShareableObject {
  /// The object that another process of the run made with `shared`.
  /// - Throws: `RaisedException` for a word that is no handle.
  public static func attached(_ handle: String, in run: Run) throws -> Self {
    Self(try .attached(handle, in: run))
  }

  /// By what another process finds the object, as one word; nil for one of this process's own.
  public var handle: String? { traced.handle }
}
