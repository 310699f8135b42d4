import CPlatform
import Catalog
import Concurrency
import Demos
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
  /// Keeps the runs.
  private let runKeeper: RunKeeper?
  private let shelf: RecordingShelf?
  /// The run on the screen, on its way there.
  private var kept: KeptRun?
  /// How fast runs with delays go.
  private var speed = RunSpeed.normal
  private var hasDelays = false
  /// What is said of the run or the recording on the screen before its events.
  private var header = RecordingHeader()
  private var opening: RecordingOpening?
  private var recordingPath = ""
  private var comparand: Comparand?
  /// Whatever writes runs that a person saved.
  private var savers: [RunSaver] = []

  /// What is on its way to the loop from other threads: events from a run's drainer, and what
  /// whoever keeps the state has to say.
  private final class Mailbox: Sendable {
    let events = Guarded<[Event]>([])
    let news = Guarded<[RecordingNews]>([])
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
    shelf = kept == nil ? nil : try? RecordingShelf()
    runKeeper = shelf.map { RunKeeper($0) { tell(.warned($0)) } }
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
    case .speed(let speed):
      self.speed = speed
      if hasDelays { run?.setSpeed(speed) }
    case .listRuns(let purpose):
      // The run on the screen is not another run.
      let runs = (shelf?.list(withRemoved: true) ?? []).filter {
        purpose != .compare || $0.path != kept?.path
      }
      return .recentRuns(runs.map { RecentRun($0) }, purpose)
    case .removeRecording(let path): return move(path, isRemoved: true)
    case .restoreRecording(let path): return move(path, isRemoved: false)
    case .openRecording(let path): return open(path)
    case .compare(let run): return compare(run)
    case .save(let run): return save(run)
    case .quit, .suspend, .repaint, .copy: break
    }
    return nil
  }

  private mutating func begin(_ request: RunRequest) -> Message {
    closeRecording()
    let (mailbox, descriptor) = (mailbox, descriptor)
    header = .here(request)
    hasDelays = request.demo.hasDelays
    let kept = runKeeper?.run(header)
    self.kept = kept
    do {
      run = try LiveRun(.here(request, speed: hasDelays ? speed : .normal)) { events in
        kept?.write(events)
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

  // MARK: recordings

  /// Takes a kept run off the shelf, or puts it back.
  private func move(_ path: String, isRemoved: Bool) -> Message {
    do {
      if isRemoved { try shelf?.remove(path) } else { try shelf?.restore(path) }
      return .recordingMoved(path, isRemoved: isRemoved)
    } catch {
      return .warned("\(error)")
    }
  }

  /// Begins to show a recording; news of it come as messages.
  mutating func open(_ path: String) -> Message? {
    closeRecording()
    hasDelays = false
    kept = nil
    let (mailbox, descriptor) = (mailbox, descriptor)
    do {
      opening = try RecordingOpening(path) { news in
        mailbox.news.withLock { $0.append(news) }
        Self.wake(descriptor)
      }
      recordingPath = path
      return nil
    } catch {
      return .warned((error as? Failure)?.message ?? "\(error)")
    }
  }

  private mutating func closeRecording() {
    opening?.cancel()
    opening = nil
    mailbox.news.withLock { $0 = [] }
  }

  private mutating func compare(_ run: ComparedRun) -> Message? {
    let (mailbox, descriptor) = (mailbox, descriptor)
    do {
      comparand = try Comparand(run) { message in
        mailbox.notices.withLock { $0.append(message) }
        Self.wake(descriptor)
      }
      return nil
    } catch {
      return .warned((error as? Failure)?.message ?? "\(error)")
    }
  }

  private mutating func save(_ run: SavedRun) -> Message? {
    savers.removeAll { $0.wait(milliseconds: 0) }
    do {
      savers.append(
        try RunSaver(run, header: header) { [mailbox, descriptor] sentence, isGood in
          mailbox.notices.withLock { $0.append(isGood ? .told(sentence) : .warned(sentence)) }
          Self.wake(descriptor)
        })
      return nil
    } catch {
      return .warned((error as? Failure)?.message ?? "\(error)")
    }
  }

  /// Blocks until each run that a person saved is written, when nothing catches ^C any more; what
  /// takes long and what is left to complain of is told on standard error.
  func waitUntilSaved() {
    for saver in savers where !saver.wait(milliseconds: 500) {
      Finish.complain("\(saver.path) is being written; ^C leaves it as far as it is")
      _ = saver.wait()
    }
    for case .warned(let notice) in takeNotices() { Finish.complain(notice) }
  }

  /// So many events of a recording are taken in between two looks at the keys.
  private static let mostAtOnce = 8192

  /// What has been read of the recording since the last call, or a part of it where it is much.
  mutating func takeNews() -> [Message] {
    guard let opening else { return [] }
    let (news, hasMore) = mailbox.news.withLock { news in
      var count = 0
      var taken = 0
      while taken < news.count, count < Self.mostAtOnce {
        if case .events(let events, _, _) = news[taken] { count += events.count }
        taken += 1
      }
      defer { news.removeFirst(taken) }
      return (Array(news.prefix(taken)), taken < news.count)
    }
    if hasMore { Self.wake(descriptor) }
    return news.map { news in
      switch news {
      case .began(let header):
        self.header = header
        let isOwn = header.lessons.isEmpty || header.lessons == RecordingHeader.ownLessons
        return .recordingBegan(header, path: recordingPath, isOfTheseLessons: isOwn)
      case .events(let events, let read, let size):
        opening.taken(events.count)
        return .recorded(events, read: read, of: size)
      case .ended(let end): return .recordingEnded(end.complaint)
      case .refused(let reason): return .recordingEnded(reason)
      }
    }
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
