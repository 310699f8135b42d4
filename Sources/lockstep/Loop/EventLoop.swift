import CPlatform
import Catalog
import Curses
import Documents
import Glibc
import Platform
import Screen
import Tutor

// How an event reaches the screen:
//
//   a thread of the run ──ring──▶ drainer ──▶ Mailbox ──▶ LoopSources ─▶ ┐
//   the terminal ──keys────────────────────────────────────────────────▶ ├─ update ─▶ effects
//   the kernel ──signals──pipe─────────────────────────────────────────▶ ┘     │
//                                                            render ◀──────────┘
//                                                               └─▶ Frame ─▶ Terminal
//
// Nothing else calls `update`; nothing else starts a run.

/// The tutor's loop. It waits for input, events and signals, updates the model, runs the effects, and
/// draws when something has changed.
struct EventLoop: ~Copyable {
  private var terminal: Terminal
  private var sources: LoopSources
  private var model: Model
  /// The message to show first.
  private let notice: String?
  /// The path of a recording to open first.
  private let recording: String?
  private var isOver = false
  private var ending: Signal?
  /// The look that the command line asked for, and the current settings.
  private var preferences: LookPreferences
  private var settings: Settings
  private var needsDrawing = true
  /// Whether the user caused the change to draw.
  private var isHurried = true
  private var lastDrawn: UInt64 = 0

  /// At most 60 frames a second.
  private static let frameTime: UInt64 = 16_666_667

  init(
    terminal: consuming Terminal, sources: consuming LoopSources, model: Model,
    preferences: LookPreferences, notice: String? = nil, recording: String? = nil
  ) {
    self.terminal = terminal
    self.sources = sources
    self.model = model
    self.preferences = preferences
    settings = model.settings
    self.notice = notice
    self.recording = recording
  }

  /// Runs until the learner leaves.
  /// - Returns: the signal that ended the tutor, or nil.
  mutating func run() -> Signal? {
    // Draw first. Saving the start's state can wait.
    let first = update(&model, .tick(now: MonotonicClock.now()))
    if let notice { take(.warning(notice)) }
    if let recording { perform(.openRecording(recording)) }
    drawIfDue()
    for effect in first { perform(effect) }
    while !isOver {
      drawIfDue()
      // Drawing and reading find out that the terminal is gone.
      guard !terminal.isGone else { return .hangUp }
      waitForSomething()
      takeSignals()
      takeInputs()
      takeNews()
    }
    return ending
  }

  /// Restores the terminal, then waits until the run has ended and saved runs are written.
  consuming func close() {
    sources.stop()
    terminal.close()
    sources.close()
  }

  private mutating func take(_ message: Message) {
    let effects = update(&model, message)
    needsDrawing = true
    if !message.isFromRunOrClock { isHurried = true }
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
      take(.notice(Copy(text, called: what).notice(terminal.copy(text))))
    case .settings(let settings):
      apply(settings)
      if let message = sources.perform(effect) { take(message) }
    case .start, .pause, .resume, .step, .stop, .speed, .remember, .splits, .listRuns,
      .openRecording, .compare, .save, .removeRecording, .restoreRecording:
      if let message = sources.perform(effect) { take(message) }
    }
  }

  /// Applies the settings to the terminal.
  private mutating func apply(_ settings: Settings) {
    preferences.change(from: LookChoices(self.settings), to: LookChoices(settings))
    self.settings = settings
    terminal.apply(preferences, takesMouse: settings.takesMouse)
    if terminal.glyphs != model.glyphs { take(.glyphs(terminal.glyphs)) }
  }

  // MARK: Waiting

  private mutating func waitForSomething() {
    var deadline = model.nextDeadline
    if needsDrawing { deadline = min(deadline ?? .max, drawingDue) }
    if let due = terminal.inputDeadline { deadline = min(deadline ?? .max, due) }
    _ = sources.wait(for: terminal.inputDescriptor, until: deadline)
  }

  /// The earliest time of the next drawing.
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

  // MARK: Input

  private mutating func takeSignals() {
    for signal in sources.relay.drain() {
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
    // To read in the background would stop a program that is about to end.
    guard !isOver, !SignalRelay.isEnding else { return }
    for input in terminal.inputs(at: MonotonicClock.now()) {
      take(.tick(now: MonotonicClock.now()))
      take(.input(input))
      if isOver { return }
    }
  }

  private mutating func takeNews() {
    for message in sources.messages() { take(message) }
    let now = MonotonicClock.now()
    if let deadline = model.nextDeadline, deadline <= now { take(.tick(now: now)) }
  }
}
