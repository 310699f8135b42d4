import CPlatform
import Catalog
import Engine
import Glibc
import Trace
import Tutor

/// Does what the model asks of the engine. Nobody else starts a run.
struct EffectRunner {
  /// Becomes readable when events have come.
  let descriptor: Int32
  private let mailbox = Mailbox()
  private var run: LiveRun?
  /// A pause was asked for and is not reached yet.
  private(set) var isPausing = false

  /// Events on their way from a run's drainer to the loop.
  private final class Mailbox: Sendable {
    let events = Guarded<[Event]>([])
  }

  /// - Throws: `Failure` when there are no more file descriptors.
  init() throws {
    descriptor = lks_eventfd()
    guard descriptor >= 0 else { throw Failure("no more file descriptors; close other programs") }
  }

  /// - Returns: what the model is to know of it.
  mutating func perform(_ effect: Effect) -> Message? {
    switch effect {
    case .start(let request):
      return begin(request)
    case .pause:
      isPausing = run != nil
      run?.pause()
    case .resume:
      isPausing = false
      run?.resume()
    case .step: run?.step()
    case .stop: stop()
    case .quit, .suspend, .repaint, .remember, .settings, .splits, .copy: break
    }
    return nil
  }

  private mutating func begin(_ request: RunRequest) -> Message {
    let (mailbox, descriptor) = (mailbox, descriptor)
    do {
      run = try LiveRun(.here(request)) { events in
        mailbox.events.withLock { $0.append(contentsOf: events) }
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
      }
      return .runBegan(request)
    } catch {
      return .runRefused("\(error)")
    }
  }

  /// The events that have come since the last call; with the last of them a run is let go of.
  mutating func takeEvents() -> [Event] {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
    let events = mailbox.events.withLock { events in
      defer { events = [] }
      return events
    }
    if events.contains(where: { $0.kind == .runPause || $0.kind == .runFinish }) {
      isPausing = false
    }
    if events.last?.kind == .runFinish {
      // Nothing of it may be left when the model, told of its end, asks for the next.
      run?.wait()
      run = nil
    }
    return events
  }

  /// The actors that keep a pause from being reached.
  var computing: [ActorID] { run?.computing ?? [] }

  mutating func stop() {
    isPausing = false
    run?.stop()
  }

  /// Blocks until nothing of a run is left.
  func waitUntilGone() { run?.wait() }
}
