import CPlatform
import Catalog
import Curses
import Glibc
import Screen
import Trace
import Tutor

// How an event comes to the screen:
//
//   a thread of the run ──ring──▶ drainer ──▶ Mailbox ──eventfd──▶ ┐
//   the terminal ──keys──────────────────────────────────────────▶ ├─ poll ─▶ update ─▶ effects
//   the kernel ──signals──pipe───────────────────────────────────▶ ┤            │
//   the disk ──saved documents──inotify──────────────────────────▶ ┘            │
//                                                          render ◀─────────────┘
//                                                             └─▶ Frame ─▶ Terminal
//
// Nothing else calls `update`; nothing else starts a run.

/// The tutor's one loop: waits for something to happen, lets the model take it in, does what the
/// model asks for, and draws when something changed.
struct EventLoop: ~Copyable {
  private var terminal: Terminal
  private let relay: SignalRelay
  private var model: Model
  private var runner: EffectRunner
  private var documents: LiveDocuments
  /// What the learner is to know first.
  private let notice: String?
  /// The recording that is shown at once.
  private let recording: String?
  private var isOver = false
  private var ending: Signal?
  /// What was said about the look, and the settings that are in force.
  private var wishes: LookWishes
  private var settings: Settings
  private var needsDrawing = true
  /// Whether what needs drawing comes from the person, and not from what moves by itself.
  private var isHurried = true
  private var lastDrawn: UInt64 = 0

  /// At most 60 frames a second.
  private static let frameTime: UInt64 = 16_666_667
  /// How often a run that is being paused is asked who still computes, in ns.
  private static let pausePolling: UInt64 = 50_000_000

  init(
    terminal: consuming Terminal, relay: consuming SignalRelay, runner: EffectRunner,
    documents: consuming LiveDocuments, model: Model, wishes: LookWishes, notice: String? = nil,
    recording: String? = nil
  ) {
    self.terminal = terminal
    self.relay = relay
    self.model = model
    self.runner = runner
    self.wishes = wishes
    settings = model.settings
    self.documents = documents
    self.notice = notice
    self.recording = recording
  }

  /// Runs until the learner leaves.
  /// - Returns: the signal that ended the tutor, if one did.
  mutating func run() -> Signal? {
    // What is to be kept of the beginning can wait for the first picture, and not the other way.
    let first = update(&model, .tick(now: MonotonicClock.now()))
    if let notice { take(.warned(notice)) }
    if let recording { perform(.openRecording(recording)) }
    drawIfDue()
    for effect in first { perform(effect) }
    while !isOver {
      drawIfDue()
      waitForSomething()
      takeSignals()
      takeInputs()
      takeEvents()
      takeDocuments()
      takeTime()
    }
    return ending
  }

  /// Gives the terminal back, then waits until nothing of a run is left and what was saved is
  /// written.
  consuming func close() {
    runner.stop()
    terminal.close()
    runner.waitUntilGone()
    relay.close()
    runner.waitUntilSaved()
  }

  private mutating func take(_ message: Message) {
    let effects = update(&model, message)
    needsDrawing = true
    if !message.comesByItself { isHurried = true }
    for effect in effects { perform(effect) }
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .quit: isOver = true
    case .suspend:
      terminal.suspend()
      take(.resized(terminal.size))
    case .repaint: terminal.invalidate()
    case .copy(let text, let what):
      take(.told(Copy(text, called: what).notice(terminal.copy(text))))
    case .settings(let settings):
      apply(settings)
      if let message = runner.perform(effect) { take(message) }
    case .start, .pause, .resume, .step, .stop, .speed, .remember, .splits, .listRuns,
      .openRecording, .compare, .save, .removeRecording, .restoreRecording:
      if let message = runner.perform(effect) { take(message) }
    }
  }

  /// Has the terminal look as the settings say, at once.
  private mutating func apply(_ settings: Settings) {
    wishes.change(from: LookChoices(self.settings), to: LookChoices(settings))
    self.settings = settings
    terminal.apply(wishes, takesMouse: settings.takesMouse)
    if terminal.glyphs != model.glyphs { take(.glyphs(terminal.glyphs)) }
  }

  // MARK: Waiting

  private mutating func waitForSomething() {
    var polled = [
      pollfd(fd: terminal.inputDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: relay.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: runner.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: documents.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&polled, nfds_t(polled.count), timeout())
    let hangUp = Int32(POLLHUP) | Int32(POLLERR) | Int32(POLLNVAL)
    if Int32(polled[0].revents) & hangUp != 0, terminal.isGone {
      ending = .hangUp
      isOver = true
    }
  }

  /// Milliseconds until something must be done by itself: -1 for never.
  private func timeout() -> Int32 {
    var next = model.nextDeadline
    if let deadline = documents.deadline { next = min(next ?? .max, deadline) }
    if needsDrawing { next = min(next ?? .max, drawingDue) }
    if runner.isPausing { next = min(next ?? .max, MonotonicClock.now() + Self.pausePolling) }
    guard let next else { return -1 }
    let now = MonotonicClock.now()
    return next <= now ? 0 : Int32(clamping: (next - now + 999_999) / 1_000_000)
  }

  /// When the next picture may be drawn.
  private var drawingDue: UInt64 {
    lastDrawn + max(Self.frameTime, isHurried ? 0 : model.leastRest)
  }

  private mutating func drawIfDue() {
    let now = MonotonicClock.now()
    guard needsDrawing, now >= drawingDue else { return }
    let drawing = Drawing(model)
    terminal.draw(drawing.frame, cursor: drawing.cursor)
    lastDrawn = now
    needsDrawing = false
    isHurried = false
  }

  // MARK: Taking things in

  private mutating func takeSignals() {
    for signal in relay.drain() {
      switch signal {
      case .windowChange: take(.resized(terminal.resize()))
      case .continued:
        terminal.reclaim()
        take(.resized(terminal.size))
      case .stop:
        terminal.suspend()
        take(.resized(terminal.size))
      case .interrupt, .terminate, .hangUp, .quit:
        ending = signal
        isOver = true
      }
    }
  }

  private mutating func takeInputs() {
    for input in terminal.inputs() {
      take(.tick(now: MonotonicClock.now()))
      take(.input(input))
      if isOver { return }
    }
  }

  private mutating func takeEvents() {
    let events = runner.takeEvents()
    for notice in runner.takeNotices() { take(notice) }
    let news = runner.takeNews()
    if !news.isEmpty { take(.tick(now: MonotonicClock.now())) }
    for message in news { take(message) }
    guard !events.isEmpty else { return }
    take(.tick(now: MonotonicClock.now()))
    take(.events(events))
  }

  private mutating func takeDocuments() {
    guard let message = documents.take() else { return }
    take(.tick(now: MonotonicClock.now()))
    take(message)
  }

  private mutating func takeTime() {
    let now = MonotonicClock.now()
    if runner.isPausing { take(.computing(runner.computing)) }
    if let deadline = model.nextDeadline, deadline <= now { take(.tick(now: now)) }
  }
}
