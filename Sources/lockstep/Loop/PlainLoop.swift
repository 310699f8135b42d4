import CPlatform
import Curses
import Documents
import Glibc
import Plain
import Platform
import Screen
import Shell
import SystemPackage
import Tutor

// How a line reaches the user:
//
//   standard input ──lines───────▶ ┐
//   LoopSources ──messages───────▶ ├─ PlainTutor.take ─▶ lines ─▶ standard output
//   the kernel ──signals──pipe───▶ ┘          └─▶ effects ─▶ LoopSources
//
// Each line is written completely before the next one.

/// The plain tutor's loop. It waits for a line, an event or a signal, and prints what follows.
struct PlainLoop: ~Copyable {
  private var tutor: PlainTutor
  private var sources: LoopSources
  private var keyboard: PlainKeyboard
  private let input: Int32
  private var reader = PlainLineReader()
  /// A line that was read but not handled yet.
  private var nextLine: String?
  private var isInputEnded = false
  var output = PlainOutput()
  private let hasOnlyASCII: Bool
  private let recording: String?

  private var isOver = false
  private var ending: Signal?
  /// Whether the output ends with a prompt.
  private var isPromptShown = false

  /// How long a paused run must be silent before a prompt, in milliseconds.
  private static let silence: Int32 = 50

  /// - Parameters:
  ///   - input: the descriptor to read lines from.
  ///   - recording: the path of a recording to open first.
  init(
    tutor: PlainTutor, sources: consuming LoopSources, input: Int32 = 0, recording: String? = nil
  ) {
    self.recording = recording
    self.input = input
    self.tutor = tutor
    self.sources = sources
    keyboard = PlainKeyboard(input: input)
    hasOnlyASCII = !OutputText.isUTF8
  }

  /// Runs until the learner leaves or the input ends.
  /// - Parameter reason: why the tutor is plain, if the learner did not ask for it.
  /// - Returns: the number of the signal that ended the tutor, or nil.
  /// - Throws: `Failure` if the output cannot be written.
  consuming func run(reason: String?) throws -> Int32? {
    answer(tutor.begin(reason: reason, recording: recording))
    takeNews()
    while !isOver {
      takeLine()
      if isOver { break }
      prompt()
      waitForSomething()
      takeSignals()
      takeNews()
    }
    sources.stop()
    for notice in sources.notices() { take(.message(notice)) }
    if isPromptShown { output.write("\n", sources.relay) }
    keyboard.close()
    let (ending, failure) = (ending ?? output.ending, output.failure)
    sources.close()
    if let ending { return ending.number }
    switch failure {
    case nil: return nil
    // The reader has gone, as head does, or the terminal has.
    case Errno.brokenPipe?: return SIGPIPE
    case Errno.ioError?: return SIGHUP
    case let error?: throw Failure("standard output could not be written: \(error)")
    }
  }

  // MARK: Output

  private mutating func answer(_ answer: PlainAnswer) {
    say(answer.lines)
    for effect in answer.effects {
      if effect == .quit {
        isOver = true
      } else if let message = sources.perform(effect) {
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
    output.write(text, sources.relay)
    if output.failure != nil || output.ending != nil { isOver = true }
  }

  /// Shows a prompt when nothing more is to be printed.
  private mutating func prompt() {
    // While a run prints lines, typed text is shown only as a whole line. Otherwise it would appear
    // in the middle of them.
    keyboard.setEcho(tutor.isQuiet)
    guard keyboard.isTerminal, tutor.isQuiet, !isPromptShown, !isInputEnded else { return }
    if tutor.isBusy, !tutor.isLookingBack, !isSilent { return }
    write("> ")
    isPromptShown = true
  }

  /// Whether no event arrives for a moment.
  private var isSilent: Bool {
    var polled = pollfd(fd: sources.runner.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, Self.silence) == 0
  }

  // MARK: Input

  private mutating func take(_ input: PlainInput) {
    let given = tutor.handle(input)
    if case .interrupt = input, given.effects.contains(.quit) { ending = .interrupt }
    answer(given)
  }

  private mutating func tick() { take(.message(.tick(now: MonotonicClock.now()))) }

  /// A script's line waits until the run of the line before is over.
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
    let revents = sources.wait(
      for: wantsInput ? input : -1, until: isLineDue ? 0 : tutor.nextDeadline)
    if revents != 0 { readInput() }
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
    for signal in output.signals + sources.relay.drain() {
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

  private mutating func takeNews() {
    for message in sources.messages() { take(.message(message)) }
    if let deadline = tutor.nextDeadline, deadline <= MonotonicClock.now() { tick() }
  }

  // MARK: Terminal

  /// The columns of the output terminal, or nil if it is not a terminal.
  private static var width: Int? {
    guard isatty(1) == 1 else { return nil }
    var window = winsize()
    let known = ioctl(1, UInt(TIOCGWINSZ), &window) == 0
    let size = TerminalEnvironment.size(
      window: Size(columns: known ? Int(window.ws_col) : 0, rows: 0),
      terminfo: Size(columns: 80, rows: 24))
    return min(size.columns, TerminalEnvironment.current.sizeLimit(in: size).columns)
  }
}
