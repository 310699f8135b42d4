import CPlatform
import Catalog
public import Concurrency
import Demos
public import Engine
public import Events
import Glibc
import Platform
import Synchronization

/// A run that keeps its events, so that a test can wait for them.
///
/// `@unchecked Sendable`: the pointer never changes and points to an atomic.
public final class RecordedRun: @unchecked Sendable {
  /// The longest wait of a test in seconds. Only a run that hangs reaches it.
  private static let patience = 60.0

  private let recorder = Recorder()
  public let live: LiveRun

  /// Starts a demo from a command such as `factorial last=5`.
  public init(
    _ command: String, workerPath: String = TestBundle.worker, speed: RunSpeed = .normal
  ) throws {
    let recorder = recorder
    let configuration = try Self.configuration(command, workerPath: workerPath, speed: speed)
    live = try LiveRun(configuration) { recorder.take($0) }
  }

  /// Starts a demo that is paused before its first operation.
  public init(pausedBefore command: String) throws {
    let recorder = recorder
    let configuration = try Self.configuration(
      command, workerPath: TestBundle.worker, speed: .normal)
    let body = DemoBodies.body(of: configuration.request.demo.id)
    let gate = EventGate()
    live = try LiveRun(
      configuration,
      body: { run in
        gate.wait()
        try body(run)
      }, deliver: { recorder.take($0) })
    live.pause()
    gate.open()
    try wait(for: .runPause)
  }

  /// Starts a run with a body.
  public init(
    workerPath: String = TestBundle.worker, speed: RunSpeed = .normal,
    body: @escaping @Sendable (Run) throws -> Void
  ) throws {
    let recorder = recorder
    let configuration = try Self.configuration(
      "producer-consumer", workerPath: workerPath, speed: speed)
    live = try LiveRun(configuration, body: body) { recorder.take($0) }
  }

  /// Runs a demo and returns all its events.
  @discardableResult
  public static func events(
    of command: String, workerPath: String = TestBundle.worker, speed: RunSpeed = .normal
  ) throws -> [Event] {
    try RecordedRun(command, workerPath: workerPath, speed: speed).finish()
  }

  private static func configuration(_ command: String, workerPath: String, speed: RunSpeed) throws
    -> RunConfiguration
  {
    let request = try RunRequest(
      words: command.split(separator: " ").map(String.init), in: DemoCatalog(cores: 2))
    return RunConfiguration(
      request: request, listing: try TestBundle.listing(request.demo.listing),
      workerPath: workerPath, version: "test", cores: 2, speed: speed)
  }

  /// Waits for the run's end and returns all its events.
  @discardableResult
  public func finish() throws -> [Event] {
    try wait("the run's end") { $0.last?.kind == .runFinish }
    live.wait()
    return events
  }

  public var events: [Event] { recorder.events }

  /// Waits until a condition on the events so far is true.
  @discardableResult
  public func wait(_ what: String, until condition: ([Event]) -> Bool) throws -> [Event] {
    let end = MonotonicClock.now() + UInt64(Self.patience * 1e9)
    while true {
      let ticket = recorder.ticket
      let events = recorder.events
      if condition(events) { return events }
      let now = MonotonicClock.now()
      guard now < end else {
        live.stop()
        throw TimedOut(what: what, tail: events.suffix(12).map { "\($0.kind) \($0.actor)" })
      }
      recorder.sleep(ticket, nanoseconds: Int64(end - now))
    }
  }

  /// Waits for an event of a kind after the first `count` events.
  @discardableResult
  public func wait(for kind: EventKind, after count: Int = 0) throws -> Event {
    let find = { (events: [Event]) in events.dropFirst(count).first { $0.kind == kind } }
    let events = try wait("\(kind)") { find($0) != nil }
    guard let event = find(events) else { throw TimedOut(what: "\(kind)", tail: []) }
    return event
  }

  public struct TimedOut: Error {
    let what: String
    let tail: [String]
  }
}

/// Passes the events from the run's thread to the test's thread.
private final class Recorder: @unchecked Sendable {
  private let kept = Guarded<[Event]>([])
  private let word = UnsafeMutablePointer<Atomic<UInt32>>.allocate(capacity: 1)

  init() { word.initialize(to: Atomic(0)) }
  deinit { word.deallocate() }

  func take(_ batch: [Event]) {
    kept.withLock { $0 += batch }
    word.pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
    _ = lks_futex_wake(word, .max)
  }

  var events: [Event] { kept.withLock { $0 } }
  var ticket: UInt32 { word.pointee.load(ordering: .sequentiallyConsistent) }

  func sleep(_ ticket: UInt32, nanoseconds: Int64) {
    _ = lks_futex_wait(word, ticket, nanoseconds)
  }
}

/// The files that tests need.
public enum TestBundle {
  /// The program, which is beside the test bundle.
  public static let worker: String = {
    var path = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &path, path.count)
    let bundle = String(
      decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return bundle.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/lockstep"
  }()

  /// The lines of a demo's listing.
  public static func listing(_ name: String) throws -> [String] {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    guard let text = read("\(root)/Lessons/\(name)") else { throw NoListing(name: name) }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Thrown if a listing does not exist.
  public struct NoListing: Error { let name: String }

  public static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
