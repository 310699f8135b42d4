import CPlatform
import Glibc

/// A pthread. It blocks all signals, so that only the program's first thread receives them. It has an
/// alternate signal stack, so that the terminal can be restored after a stack overflow.
public final class PosixThread: Sendable {
  /// The thread, until it is joined.
  private let thread: Guarded<pthread_t?>

  private final class Body {
    let name: String
    let run: @Sendable () -> Void

    init(_ name: String, _ run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }

  private init(_ thread: pthread_t) { self.thread = Guarded(thread) }

  deinit { if let thread = take() { pthread_detach(thread) } }

  /// Starts a thread. It goes on if the returned object is released.
  /// - Parameter name: the name that the kernel shows. The names of threads that do not belong to a
  ///   run begin with `lockstep:`.
  /// - Returns: the thread, or nil if the system has no more threads.
  public static func start(named name: String, _ run: @escaping @Sendable () -> Void)
    -> PosixThread?
  {
    let body = Unmanaged.passRetained(Body(name, run))
    var previous = sigset_t()
    lks_block_signals(&previous)
    defer { lks_restore_signals(&previous) }
    var thread = pthread_t()
    guard pthread_create(&thread, nil, enter, body.toOpaque()) == 0 else {
      body.release()
      return nil
    }
    return PosixThread(thread)
  }

  /// Waits until the thread has ended. Only the first call waits.
  public func join() { if let thread = take() { pthread_join(thread, nil) } }

  private func take() -> pthread_t? { thread.withLock { $0.take() } }

  private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
    { argument in
      lks_with_alternate_stack(
        { argument in
          guard let argument else { return }
          let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
          lks_set_thread_name(body.name)
          body.run()
        }, argument)
      return nil
    }
}
