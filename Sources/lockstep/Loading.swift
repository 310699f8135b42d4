import CPlatform
import Engine
import Glibc

/// A value that is made on a thread of its own while the program does something else.
final class Loading<Value: Sendable>: Sendable {
  private let thread: Guarded<PosixThread.Handle?>
  private let outcome: Guarded<Result<Value, any Error>?>
  private let make: @Sendable () throws -> Value

  init(_ make: @escaping @Sendable () throws -> Value) {
    let outcome = Guarded<Result<Value, any Error>?>(nil)
    thread = Guarded(
      PosixThread.start {
        lks_set_thread_name("lockstep:load")
        let result = Result { try make() }
        outcome.withLock { $0 = result }
      })
    self.outcome = outcome
    self.make = make
  }

  /// The value, once it is made.
  /// - Throws: what making it threw.
  func value() throws -> Value {
    let thread = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    if let thread { pthread_join(thread, nil) }
    // Where the system gave no thread, it is made here.
    return try outcome.withLock { $0 }?.get() ?? make()
  }
}
