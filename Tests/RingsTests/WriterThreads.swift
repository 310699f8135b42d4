import Glibc
import Testing

/// Threads that do something with a run's memory while the test's own thread does something else.
struct WriterThreads {
  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  private var threads: [pthread_t] = []

  mutating func start(_ body: @escaping @Sendable () -> Void) throws {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(Body(body)).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, argument)
    try #require(status == 0)
    threads.append(thread)
  }

  func join() { for thread in threads { pthread_join(thread, nil) } }
}
