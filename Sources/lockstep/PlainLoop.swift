import CPlatform
import Curses
import Glibc
import Screen
import SystemPackage
import Trace
import Tutor

// How a line comes to the person:
//
//   standard input ──lines────────────▶ ┐
//   a run ──events──eventfd──────────▶  ├─ poll ─▶ PlainTutor.take ─▶ lines ─▶ standard output
//   the disk ──saved──inotify────────▶  │                └─▶ effects ─▶ EffectRunner
//   the kernel ──signals──pipe───────▶  ┘
//
// A line is written whole before the next begins, whoever it comes from.

/// The plain tutor's one loop: waits for a line, an event or a signal, and says what follows.
struct PlainLoop: ~Copyable {
  private var tutor: PlainTutor
  private var runner: EffectRunner
  let relay: SignalRelay
  private var documents: LiveDocuments
  private var keyboard: PlainKeyboard
  private let input: Int32
  private var reader = PlainLineReader()
  /// A line that was read and not yet taken.
  private var nextLine: String?
  private var isInputEnded = false
  var output = PlainOutput()
  private let hasOnlyASCII: Bool
  private let recording: String?

  private var isOver = false
  private var ending: Signal?
  /// Whether a prompt stands at the end of what was written, with no line end after it.
  private var isPromptShown = false

  /// How often a run that is being paused is asked who still computes, and how long a paused run
  /// must be silent before a prompt is shown, in milliseconds.
  private static let pauseTime: Int32 = 50

  /// - Parameters:
  ///   - input: where lines come from.
  ///   - recording: the path of a recording that is shown at once.
  init(
    tutor: PlainTutor, runner: EffectRunner, relay: consuming SignalRelay,
    documents: consuming LiveDocuments, input: Int32 = 0, recording: String? = nil
  ) {
    self.recording = recording
    self.input = input
    self.tutor = tutor
    self.runner = runner
    self.relay = relay
    self.documents = documents
    keyboard = PlainKeyboard(input: input)
    hasOnlyASCII = !Self.hasUTF8
  }

  /// Runs until the learner leaves or no more lines come.
  /// - Parameter reason: why the tutor is plain, where the learner would wonder.
  /// - Returns: the number of the signal that ended the tutor, if one did.
  /// - Throws: `Failure` when the output could not be written.
  consuming func run(reason: String?) throws -> Int32? {
    answer(tutor.begin(reason: reason, recording: recording))
    takeNotices()
    while !isOver {
      takeLine()
      if isOver { break }
      prompt()
      waitForSomething()
      takeSignals()
      takeEvents()
      takeTime()
    }
    runner.stop()
    takeNotices()
    if isPromptShown { output.write("\n", relay) }
    keyboard.close()
    runner.waitUntilGone()
    let (ending, failure) = (ending ?? output.ending, output.failure)
    relay.close()
    runner.waitUntilSaved()
    if let ending { return ending.number }
    switch failure {
    case nil: return nil
    // The reader has gone, as head does, or the terminal has.
    case Errno.brokenPipe?: return SIGPIPE
    case Errno.ioError?: return SIGHUP
    case let error?: throw Failure("standard output could not be written: \(error)")
    }
  }

  // MARK: saying

  private mutating func answer(_ answer: PlainAnswer) {
    say(answer.lines)
    for effect in answer.effects {
      if effect == .quit {
        isOver = true
      } else if let message = runner.perform(effect) {
        take(.message(message))
      }
    }
  }

  private mutating func say(_ lines: [SpokenLine]) {
    guard !lines.isEmpty else { return }
    let page = PlainPage(width: Self.width, isASCII: hasOnlyASCII || tutor.isASCII)
    write((isPromptShown ? "\n" : "") + page.text(of: lines))
    isPromptShown = false
  }

  private mutating func write(_ text: String) {
    output.write(text, relay)
    if output.failure != nil || output.ending != nil { isOver = true }
  }

  /// Asks a person for a line once nothing more is said by itself.
  private mutating func prompt() {
    // While a run is told, what is typed is not shown before its line is whole: it would stand in
    // the middle of what is told.
    keyboard.setEcho(tutor.isQuiet)
    guard keyboard.isTerminal, tutor.isQuiet, !isPromptShown, !isInputEnded else { return }
    if tutor.isBusy, !tutor.isLookingBack, !isSilent { return }
    write("> ")
    isPromptShown = true
  }

  /// Whether no event comes for a moment.
  private var isSilent: Bool {
    var polled = pollfd(fd: runner.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, Self.pauseTime) == 0
  }

  // MARK: taking things in

  private mutating func take(_ input: PlainInput) {
    let given = tutor.take(input)
    if case .interrupt = input, given.effects.contains(.quit) { ending = .interrupt }
    answer(given)
  }

  private mutating func tick() { take(.message(.tick(now: MonotonicClock.now()))) }

  /// A script's line waits until what the line before began is over.
  private var mayTakeLine: Bool { keyboard.isTerminal || !tutor.isBusy }

  private mutating func takeLine() {
    guard mayTakeLine else { return }
    if nextLine == nil { nextLine = reader.next() }
    guard let line = nextLine else {
      if isInputEnded { take(.endOfInput) }
      return
    }
    nextLine = nil
    if keyboard.isTerminal {
      isPromptShown = false
      if !keyboard.isEchoing { write("> " + page.safe(PlainTutor.shown(line)) + "\n") }
    }
    tick()
    take(.line(line))
  }

  private var page: PlainPage {
    PlainPage(width: nil, isASCII: hasOnlyASCII || tutor.isASCII)
  }

  private mutating func waitForSomething() {
    if nextLine == nil { nextLine = reader.next() }
    let isLineDue = mayTakeLine && (nextLine != nil || isInputEnded)
    let wantsInput = mayTakeLine && nextLine == nil && !isInputEnded
    var polled = [
      pollfd(fd: wantsInput ? input : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: relay.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: runner.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: documents.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&polled, nfds_t(polled.count), isLineDue ? 0 : timeout)
    if polled[0].revents != 0 { readInput() }
  }

  /// Milliseconds until something must be done by itself: -1 for never.
  private var timeout: Int32 {
    let pause = runner.isPausing ? Self.pauseTime : -1
    let deadlines = [documents.deadline, tutor.nextDeadline].compactMap { $0 }
    guard let deadline = deadlines.min() else { return pause }
    let now = MonotonicClock.now()
    let rest = deadline <= now ? 0 : Int32(clamping: (deadline - now + 999_999) / 1_000_000)
    return pause < 0 ? rest : min(pause, rest)
  }

  private mutating func readInput() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &buffer, buffer.count)
    if count > 0 {
      reader.append(buffer[..<count])
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      reader.end()
      isInputEnded = true
    }
  }

  private mutating func takeSignals() {
    for signal in output.signals + relay.drain() {
      switch signal {
      case .interrupt: take(.interrupt)
      case .terminate, .hangUp, .quit:
        ending = signal
        isOver = true
      case .stop:
        keyboard.setEcho(true)
        kill(getpid(), SIGSTOP)
        isPromptShown = false
      case .windowChange, .continued: break
      }
    }
    output.signals = []
  }

  private mutating func takeNotices() {
    for notice in runner.takeNotices() { take(.message(notice)) }
  }

  private mutating func takeEvents() {
    let events = runner.takeEvents()
    takeNotices()
    if let message = documents.take() { take(.message(message)) }
    let news = runner.takeNews()
    if !news.isEmpty { tick() }
    for message in news { take(.message(message)) }
    guard !events.isEmpty else { return }
    tick()
    take(.message(.events(events)))
  }

  private mutating func takeTime() {
    if runner.isPausing { take(.message(.computing(runner.computing))) }
    if let deadline = tutor.nextDeadline, deadline <= MonotonicClock.now() { tick() }
  }

  // MARK: the terminal

  /// The columns of the terminal that is written to; nil where it is none.
  private static var width: Int? {
    guard isatty(1) == 1 else { return nil }
    var window = winsize()
    let known = ioctl(1, UInt(TIOCGWINSZ), &window) == 0
    let size = TerminalEnvironment.current.size(
      window: Size(columns: known ? Int(window.ws_col) : 0, rows: 0),
      terminfo: Size(columns: 80, rows: 24))
    return size.columns
  }

  /// Whether the locale's characters are UTF-8. A locale that is not installed here still says so
  /// in its name. The full screen goes further and takes another locale where this one is not, since
  /// terminals draw UTF-8 all the same; whoever reads lines may take the locale by its word.
  private static var hasUTF8: Bool {
    if setlocale(LC_CTYPE, "") != nil {
      return String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8"
    }
    return TerminalEnvironment.current.namesUTF8
  }
}
