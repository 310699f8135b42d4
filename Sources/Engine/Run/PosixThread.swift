import CPlatform
import Glibc

/// Starts raw pthreads whose signals are blocked, so that the program's own thread gets them all.
public enum PosixThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// The new thread, or nil when the kernel gives no more.
  static func start(_ run: @escaping @Sendable () -> Void) -> pthread_t? {
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
    return thread
  }

  /// Starts a thread of the program's own, which belongs to no run and for which nobody waits.
  /// - Parameter name: what the kernel shows; such threads begin with `lockstep:`.
  /// - Returns: whether there is one; the kernel may give no more.
  public static func detach(named name: String, _ run: @escaping @Sendable () -> Void) -> Bool {
    let thread = start {
      lks_set_thread_name(name)
      run()
    }
    guard let thread else { return false }
    pthread_detach(thread)
    return true
  }

  private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
    { argument in
      if let argument {
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
      }
      return nil
    }
}
