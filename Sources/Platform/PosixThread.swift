import CPlatform
import Glibc

/// A raw pthread whose signals are blocked, so that the program's own thread gets them all.
public struct PosixThread: Sendable {
  private let thread: pthread_t

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// The new thread, or nil when the kernel gives no more.
  public static func start(_ run: @escaping @Sendable () -> Void) -> PosixThread? {
    let body = Unmanaged.passRetained(Body(run))
    var previous = sigset_t()
    lks_block_signals(&previous)
    defer { lks_restore_signals(&previous) }
    var thread = pthread_t()
    let status = pthread_create(&thread, nil, enter, body.toOpaque())
    guard status == 0 else {
      body.release()
      return nil
    }
    return PosixThread(thread: thread)
  }

  /// Waits until the thread has ended. A thread is joined or detached once.
  public func join() { pthread_join(thread, nil) }

  /// Lets the thread end without anyone waiting for it.
  public func detach() { pthread_detach(thread) }

  /// Starts a thread of the program's own, which belongs to no run and for which nobody waits.
  /// - Parameter name: what the kernel shows; such threads begin with `lockstep:`.
  /// - Returns: whether there is one; the kernel may give no more.
  public static func detach(named name: String, _ run: @escaping @Sendable () -> Void) -> Bool {
    let thread = start {
      lks_set_thread_name(name)
      run()
    }
    thread?.detach()
    return thread != nil
  }

  private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
    { argument in
      if let argument {
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
      }
      return nil
    }
}
