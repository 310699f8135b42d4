import CPlatform
import Curses
import Engine
import Glibc
import Rings
import Screen
import SystemPackage
import Tutor

// How a line comes to the person:
//
//   standard input ──lines───────▶ ┐
//   LoopSources ──messages───────▶ ├─ PlainTutor.take ─▶ lines ─▶ standard output
//   the kernel ──signals──pipe───▶ ┘          └─▶ effects ─▶ LoopSources
//
// A line is complete before the next begins, wherever they come from.

/// The loop of plain mode: waits for a line, an event or a signal, and says what follows.
struct PlainLoop: ~Copyable {
  private var tutor: PlainTutor
  private var sources: LoopSources
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

  /// How long a paused run must be silent before a prompt is shown, in milliseconds.
  private static let silence: Int32 = 50

  /// - Parameters:
  ///   - input: where lines come from.
  ///   - recording: the path of a recording that is opened first.
  init(
    tutor: PlainTutor, sources: consuming LoopSources, input: Int32 = 0, recording: String? = nil
  ) {
    self.recording = recording
    self.input = input
    self.tutor = tutor
    self.sources = sources
    keyboard = PlainKeyboard(input: input)
    hasOnlyASCII = !Self.hasUTF8
  }

  /// Runs until the learner leaves or no more lines come.
  /// - Parameter reason: why the tutor is plain, where the learner would wonder.
  /// - Returns: the number of the signal that ended the tutor, if one did.
  /// - Throws: `Failure` when the output could not be written.
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

  // MARK: saying

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

  /// Asks a person for a line once nothing more is said by itself.
  private mutating func prompt() {
    // While a run is said, a typed line is not shown before it is complete: it would be in the middle
    // of another.
    keyboard.setEcho(tutor.isQuiet)
    guard keyboard.isTerminal, tutor.isQuiet, !isPromptShown, !isInputEnded else { return }
    if tutor.isBusy, !tutor.isLookingBack, !isSilent { return }
    write("> ")
    isPromptShown = true
  }

  /// Whether no event comes for a moment.
  private var isSilent: Bool {
    var polled = pollfd(fd: sources.runner.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, Self.silence) == 0
  }

  // MARK: input and news

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
