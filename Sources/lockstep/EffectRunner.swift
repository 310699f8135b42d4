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
  private let keeper: StateKeeper?

  /// What is on its way to the loop from other threads: events from a run's drainer, and what
  /// whoever keeps the state has to say.
  private final class Mailbox: Sendable {
    let events = Guarded<[Event]>([])
    let notices = Guarded<[Message]>([])
  }

  /// - Parameter kept: what earlier sessions left, to be told of, and added to.
  /// - Throws: `Failure` when there are no more file descriptors.
  init(_ kept: KeptState? = nil) throws {
    let descriptor = lks_eventfd()
    guard descriptor >= 0 else { throw Failure("no more file descriptors; close other programs") }
    self.descriptor = descriptor
    keeper = kept?.keeper
    let mailbox = mailbox
    let tell: @Sendable (Message) -> Void = { message in
      mailbox.notices.withLock { $0.append(message) }
      Self.wake(descriptor)
    }
    kept?.notice.map { tell(.warned($0)) }
    keeper?.tell { sentence, isGood in tell(isGood ? .told(sentence) : .warned(sentence)) }
  }

  /// Makes a descriptor readable.
  private static func wake(_ descriptor: Int32) {
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
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
    case .remember(let change): keeper?.keep(change)
    case .settings(let settings): keeper?.keep(settings)
    case .splits(let splits): keeper?.keep(splits)
    case .speed: break
    case .quit, .suspend, .repaint, .copy: break
    }
    return nil
  }

  private mutating func begin(_ request: RunRequest) -> Message {
    let (mailbox, descriptor) = (mailbox, descriptor)
    do {
      run = try LiveRun(.here(request)) { events in
        mailbox.events.withLock { $0.append(contentsOf: events) }
        Self.wake(descriptor)
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

  /// What a person should know of what is kept, since the last call.
  func takeNotices() -> [Message] {
    mailbox.notices.withLock { notices in
      defer { notices = [] }
      return notices
    }
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
