import Catalog
import Demos
import Engine
import Events
import Glibc
import Platform
import Recordings
import RunViews
import Shell
import StateFiles
import Tutor

/// Runs the model's effects on the engine and on files. Nothing else starts a run.
struct EffectRunner {
  private let mailbox: Mailbox
  private var run: LiveRun?
  /// Whether a pause has been requested but not reached.
  private(set) var isPausing = false
  /// Whether the next operations of a paused run are still to be told.
  private(set) var awaitsNext = false
  private let stateWriter: StateWriter?
  /// Records the runs.
  private let recorder: RunRecorder?
  private let shelf: RecordingShelf?
  /// The recording of the run on the screen.
  private var recording: RunRecording?
  /// The speed of runs with delays.
  private var speed = RunSpeed.normal
  private var hasDelays = false
  /// The header of the run or the recording on the screen.
  private var header = RecordingHeader()
  private var loader: RecordingLoader?
  private var recordingPath = ""
  private var comparison: ComparisonLoader?
  /// The threads that save runs to files.
  private var savers: [RunSaver] = []

  /// What other threads send to the loop: events from a run's drainer, pieces of a recording, and
  /// messages.
  private final class Mailbox: Sendable {
    let events = Guarded<[Event]>([])
    let news = Guarded<[RecordingNews]>([])
    let notices = Guarded<[Message]>([])
    /// Set when something arrives.
    let signal: PollSignal

    init() throws {
      guard let signal = PollSignal() else { throw Failure.noDescriptors }
      self.signal = signal
    }

    func add(_ message: Message) {
      notices.withLock { $0.append(message) }
      signal.set()
    }
  }

  /// The descriptor to poll for events and messages.
  var descriptor: Int32 { mailbox.signal.descriptor }

  /// - Parameter saved: the state of earlier sessions, which this session changes.
  /// - Throws: `Failure` if no file descriptor is left.
  init(_ saved: SavedState? = nil) throws {
    let mailbox = try Mailbox()
    self.mailbox = mailbox
    stateWriter = saved?.writer
    shelf = saved == nil ? nil : try? RecordingShelf()
    recorder = shelf.map { RunRecorder($0) { mailbox.add(.warning($0)) } }
    saved?.notice.map { mailbox.add(.warning($0)) }
    stateWriter?.onMessage { text, isGood in mailbox.add(isGood ? .notice(text) : .warning(text)) }
  }

  /// Runs an effect.
  /// - Returns: a message for the model, or nil.
  mutating func perform(_ effect: Effect) -> Message? {
    switch effect {
    case .start(let request):
      return begin(request)
    case .pause:
      isPausing = run != nil
      awaitsNext = isPausing
      run?.pause()
    case .resume:
      isPausing = false
      awaitsNext = false
      run?.resume()
    case .step:
      run?.step()
      awaitsNext = run != nil
    case .stop: stop()
    case .remember(let change): stateWriter?.save(change)
    case .settings(let settings): stateWriter?.save(settings)
    case .splits(let splits): stateWriter?.save(splits)
    case .speed(let speed):
      self.speed = speed
      if hasDelays { run?.setSpeed(speed) }
    case .listRuns(let purpose):
      // The run on the screen is not another run.
      let runs = (shelf?.list(withRemoved: true) ?? []).filter {
        purpose != .compare || $0.path != recording?.path
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
    let mailbox = mailbox
    header = .here(request)
    hasDelays = request.demo.hasDelays
    let recording = recorder?.run(header)
    self.recording = recording
    do {
      run = try LiveRun(.here(request, speed: hasDelays ? speed : .normal)) { events in
        recording?.write(events)
        mailbox.events.withLock { $0.append(contentsOf: events) }
        mailbox.signal.set()
      }
      return .runBegan(request)
    } catch {
      return .runRefused("\(error)")
    }
  }

  /// The events since the last call. The last event of a run releases it.
  mutating func takeEvents() -> [Event] {
    mailbox.signal.clear()
    let events = mailbox.events.withLock { events in
      defer { events = [] }
      return events
    }
    if events.contains(where: { $0.kind == .runPause || $0.kind == .runFinish }) {
      isPausing = false
    }
    if events.last?.kind == .runFinish {
      awaitsNext = false
      // The model may start the next run after this, so nothing of this one may be left.
      run?.wait()
      run = nil
    }
    return events
  }

  // MARK: recordings

  /// Removes a recording, or puts it back.
  private func move(_ path: String, isRemoved: Bool) -> Message {
    do {
      if isRemoved { try shelf?.remove(path) } else { try shelf?.restore(path) }
      return .recordingMoved(path, isRemoved: isRemoved)
    } catch {
      return .warning("\(error)")
    }
  }

  /// Starts to read a recording. Its pieces come as messages.
  mutating func open(_ path: String) -> Message? {
    closeRecording()
    hasDelays = false
    recording = nil
    let mailbox = mailbox
    do {
      loader = try RecordingLoader(path) { news in
        mailbox.news.withLock { $0.append(news) }
        mailbox.signal.set()
      }
      recordingPath = path
      return nil
    } catch {
      return .warning((error as? Failure)?.message ?? "\(error)")
    }
  }

  private mutating func closeRecording() {
    loader?.cancel()
    loader = nil
    mailbox.news.withLock { $0 = [] }
  }

  private mutating func compare(_ run: ComparedRun) -> Message? {
    do {
      comparison = try ComparisonLoader(run) { [mailbox] outcome in
        switch outcome {
        case .compared(let other): mailbox.add(.comparison(other))
        case .refused(let reason): mailbox.add(.warning(reason))
        }
      }
      return nil
    } catch {
      return .warning((error as? Failure)?.message ?? "\(error)")
    }
  }

  private mutating func save(_ run: SavedRun) -> Message? {
    savers.removeAll { $0.wait(milliseconds: 0) }
    do {
      savers.append(
        try RunSaver(run, header: header) { [mailbox] sentence, isGood in
          mailbox.add(isGood ? .notice(sentence) : .warning(sentence))
        })
      return nil
    } catch {
      return .warning((error as? Failure)?.message ?? "\(error)")
    }
  }

  /// Writes progress and settings to their files, and prints a failure.
  func flushState() { stateWriter?.flush().map(Finish.warn) }

  /// Blocks until all saved runs are written. Nothing catches ^C by then. Prints long waits and the
  /// remaining messages on standard error.
  func waitUntilSaved() {
    for saver in savers where !saver.wait(milliseconds: 500) {
      Finish.warn("\(saver.path) is still being written; ^C stops and leaves it incomplete")
      _ = saver.wait()
    }
    for case .warning(let notice) in takeNotices() { Finish.warn(notice) }
  }

  /// The most events of a recording to take before the loop checks the keys again.
  private static let mostAtOnce = 8192

  /// The pieces of the recording since the last call, up to a limit.
  mutating func takeNews() -> [Message] {
    guard let loader else { return [] }
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
    if hasMore { mailbox.signal.set() }
    return news.map { news in
      switch news {
      case .waits(let message): return .notice(message)
      case .began(let header):
        self.header = header
        let isOwn = header.lessons.isEmpty || header.lessons == RecordingHeader.ownLessons
        return .recordingBegan(header, path: recordingPath, isOfTheseLessons: isOwn)
      case .events(let events, let read, let size):
        loader.taken(events.count)
        return .recorded(events, read: read, of: size)
      case .ended(let end): return .recordingEnded(end.complaint)
      case .refused(let reason): return .recordingEnded(reason)
      }
    }
  }

  /// The messages for the user since the last call.
  func takeNotices() -> [Message] {
    mailbox.notices.withLock { notices in
      defer { notices = [] }
      return notices
    }
  }

  /// The actors that still compute and so delay a pause.
  var computing: [ActorID] { run?.computing ?? [] }

  /// What the actors of a paused run do next, once after each pause and step, when the run is at
  /// rest.
  mutating func takeNext() -> NextOperations? {
    guard awaitsNext, let next = run?.next else { return nil }
    awaitsNext = false
    return next
  }

  mutating func stop() {
    awaitsNext = false
    isPausing = false
    run?.stop()
  }

  /// Blocks until the run has ended completely.
  func waitUntilGone() { run?.wait() }
}
