import CPlatform
import Glibc

/// Starts raw pthreads whose signals are blocked, so that the program's own thread gets them all.
enum PosixThread {
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

  private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
    { argument in
      if let argument {
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
      }
      return nil
    }
}
