import Catalog
import Concurrency
import Platform
import Trace

/// A thread fails while it holds a lock, and all threads that want this lock wait forever. Another
/// thread does the same but uses `with`, and no thread is stuck.
enum AbandonedLockDemo: DemoBody {
  enum Line: String, ListingLine {
    case acquire = "bare_lock.acquire()"
    case raise = #"raise ValueError("failed while it held bare_lock")"#
    case with = "with with_lock:"
    case raiseInside = #"raise ValueError("failed inside with")"#
    case want = "with lock:"
    case got = #"print(f"{threading.current_thread().name} has the lock")"#
    case startHolder = #"start(fail_holding, name="holder")"#
    case startWith = #"start(fail_using_with, name="with-holder")"#
    case held = "while not bare_lock.locked():"
    case startStuck =
      #"stuck = [start(want, bare_lock, name=f"waiter-{n}") for n in range(1, waiters + 1)]"#
    case startFine =
      #"fine = [start(want, with_lock, name=f"with-waiter-{n}") for n in range(1, waiters + 1)]"#
    case join = "thread.join(timeout=1)"
    case stillWaits = #"print(f"{thread.name} still waits: {thread.is_alive()}")"#
  }

  /// The wait of a thread for a lock.
  private struct Wait: Sendable {
    /// The time that it waited, in ns.
    var length: Int64 = 0
    var hasLock = false
  }

  /// A thread that wants a lock, and its wait.
  private struct Seeker: Sendable {
    let thread: ActorThread
    let wait: Guarded<Wait>
  }

  static func run(_ run: Run) throws {
    let hold = run.arguments.nanoseconds("hold")
    let bare = Lock("bare_lock", in: run)
    let with = Lock("with_lock", in: run)
    run.at(Line.startHolder)
    let holder = try run.thread("holder") {
      run.at(Line.acquire)
      try bare.acquire()
      do {
        try run.sleep(hold)
      } catch {
        // A stopped run releases the lock, because the thread has not failed.
        bare.releaseIfHeld()
        throw error
      }
      run.at(Line.raise)
      throw run.raise(
        .valueError("failed while it held bare_lock"))
    }
    run.at(Line.startWith)
    let other = try run.thread("with-holder") {
      run.at(Line.with)
      try with.withLock {
        try run.sleep(hold)
        run.at(Line.raiseInside)
        throw run.raise(.valueError("failed inside with"))
      }
    }
    run.at(Line.held)
    while try !bare.isHeld() { try run.sleep(1_000_000) }
    run.at(Line.startStuck)
    let stuck = try seekers("waiter", of: bare, run)
    run.at(Line.startFine)
    let fine = try seekers("with-waiter", of: with, run)
    let waits = try (stuck + fine).map { try outcome(of: $0, run) }
    for thread in [holder, other] { try thread.join() }
    try conclude(waits.prefix(stuck.count), waits.suffix(fine.count), run)
  }

  private static func seekers(_ role: String, of lock: Lock, _ run: Run) throws -> [Seeker] {
    try (1...run.arguments.integer("waiters")).map { number in
      let name = "\(role)-\(number)"
      let wait = Guarded(Wait())
      let thread = try run.thread(name) { try want(lock, name, wait, run) }
      return Seeker(thread: thread, wait: wait)
    }
  }

  private static func want(
    _ lock: Lock, _ name: String, _ wait: Guarded<Wait>, _ run: Run
  ) throws {
    let began = run.now()
    // A thread whose wait is ended by the run has waited, too.
    defer { wait.withLock { if !$0.hasLock { $0.length = Int64(run.now() - began) } } }
    run.at(Line.want)
    try lock.withLock {
      let length = Int64(run.now() - began)
      wait.withLock { $0 = Wait(length: length, hasLock: true) }
      run.at(Line.got)
      try run.output("\(name) has the lock")
    }
  }

  private static func outcome(of seeker: Seeker, _ run: Run) throws -> Wait {
    run.at(Line.join)
    try seeker.thread.join()
    let wait = seeker.wait.withLock { $0 }
    run.at(Line.stillWaits)
    let name = seeker.thread.name
    try run.output(
      wait.hasLock
        ? "\(name) had the lock after \(ValueText.duration(wait.length))"
        : "\(name) never had the lock: the run ended its wait after "
          + ValueText.duration(wait.length))
    try run.measure("\(name): waited", wait.length, unit: "ns")
    return wait
  }

  private static func conclude(
    _ bare: ArraySlice<Wait>, _ with: ArraySlice<Wait>, _ run: Run
  ) throws {
    let row = { (name: String, waits: ArraySlice<Wait>) in
      [
        name, "\(waits.count { !$0.hasLock }) of \(waits.count)",
        ValueText.duration(waits.map(\.length).max() ?? 0),
      ]
    }
    try run.conclude(
      "The holder ended without a release: every thread that wanted its lock was stuck.",
      [
        ["", "stuck", "longest wait"], row("bare_lock (acquire)", bare),
        row("with_lock (with)", with),
      ])
  }
}
