internal import CPlatform
internal import CVTerm
internal import Glibc

/// Runs a program on a real pseudo-terminal and shows its output in a real terminal emulator, inside
/// the test process.
///
/// ```swift
/// let terminal = try TestTerminal(columns: 80, rows: 24, path: program, arguments: ["run"])
/// #expect(terminal.waitUntil { $0.contains("Lessons") })
/// terminal.send(.down, .text("q"))
/// #expect(terminal.waitForExit() == .exited(0))
/// ```
///
/// Nothing sleeps: `waitUntil` waits for output and checks its condition after each piece. The
/// program is killed and reaped when the object is destroyed. Use it from one thread only.
public final class TestTerminal {
  /// The default time limit, long enough that only a program that hangs reaches it.
  public static let timeLimit: Duration = .seconds(30)

  /// The process identifier of the program, or 0 if there is none.
  public let pid: Int32
  /// The program's output so far, as raw bytes.
  public private(set) var output: [UInt8] = []
  /// The settings of the terminal before the program started.
  public let modesBefore: TerminalModes

  /// The time just before the program started.
  public let started: ContinuousClock.Instant

  /// An empty home folder for the program, or nil if the test provides one.
  private let home: TemporaryFolder?
  private let pty: PseudoTerminal
  private let emulator: Emulator
  private let exitDescriptor: Int32
  private var status: ExitStatus?

  /// Starts a program in a new session with the pseudo-terminal as its controlling terminal.
  ///
  /// - Parameter environment: The full environment. Without HOME, the program gets a temporary home
  ///   folder.
  public init(
    columns: Int = 80, rows: Int = 24, path: String, arguments: [String] = [],
    environment: [String: String] = TestTerminal.environment
  ) throws(TestTerminalError) {
    let pty = try PseudoTerminal(columns: columns, rows: rows)
    self.pty = pty
    modesBefore = pty.modes
    emulator = Emulator(columns: columns, rows: rows)
    home = environment["HOME"] == nil ? try TemporaryFolder() : nil
    let environment = environment.merging(home.map { ["HOME": $0.path] } ?? [:]) { $1 }
    started = .now
    pid = try Self.spawn(pty.path, path, arguments, environment)
    exitDescriptor = lks_pidfd_open(pid)
    guard exitDescriptor >= 0 else {
      kill(pid, SIGKILL)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
      throw TestTerminalError(call: "pidfd_open", errno: -exitDescriptor)
    }
  }

  /// Makes a terminal without a program, for code in the test process that opens `path` itself.
  public init(columns: Int = 80, rows: Int = 24) throws(TestTerminalError) {
    pty = try PseudoTerminal(columns: columns, rows: rows)
    modesBefore = pty.modes
    emulator = Emulator(columns: columns, rows: rows)
    home = nil
    started = .now
    pid = 0
    exitDescriptor = -1
  }

  /// The path of the program's end of the terminal.
  public var path: String { pty.path }

  deinit {
    guard pid > 0 else { return }
    if status == nil {
      kill(pid, SIGKILL)
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }
    close(exitDescriptor)
  }

  /// A fixed environment that does not depend on the machine.
  public static let environment = [
    "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
    "SWIFT_BACKTRACE": "enable=no",
  ]

  // MARK: The user's actions

  /// Types keys, as a terminal in keypad mode sends them.
  public func send(_ keys: TestKey...) {
    for key in keys { send(bytes: key.bytes) }
  }

  /// Sends raw bytes.
  public func send(bytes: [UInt8]) {
    pty.send(bytes)
  }

  /// Changes the size of the window. The kernel sends SIGWINCH to the program.
  public func resize(columns: Int, rows: Int) {
    pty.resize(columns: columns, rows: rows)
    emulator.resize(columns: columns, rows: rows)
  }

  /// Sends a signal to the program, but not to its group.
  public func terminate(_ signal: Int32 = 15) {
    if pid > 0, status == nil { kill(pid, signal) }
  }

  /// Closes the window, so that the program's terminal hangs up. Later sends and reads do nothing.
  public func hangUp() {
    pty.hangUp()
  }

  // MARK: The screen

  /// The rows of the screen, without trailing spaces.
  public var screen: [String] { emulator.lines }

  /// Whether a row of the screen contains a text.
  public func contains(_ text: String) -> Bool {
    screen.contains { $0.contains(text) }
  }

  /// One cell of the screen.
  public func cell(x: Int, y: Int) -> TestCell { emulator.cell(x: x, y: y) }

  /// The cursor's position, with column and row from 0.
  public var cursor: (x: Int, y: Int) { emulator.cursor }
  public var isCursorVisible: Bool { emulator.isCursorVisible }
  public var isInAlternateScreen: Bool { emulator.isInAlternateScreen }
  /// Whether mouse reports are on.
  public var wantsMouse: Bool { emulator.wantsMouse }

  /// The current settings of the terminal, also after the program ends.
  public var modes: TerminalModes { pty.modes }

  // MARK: Waiting

  /// Shows the program's output until the condition is true or the time limit expires. Returns
  /// whether the condition is true.
  public func waitUntil(
    _ timeLimit: Duration = TestTerminal.timeLimit, _ condition: (TestTerminal) -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + timeLimit
    while !condition(self) {
      let left = deadline - .now
      let isOver = left <= .zero || status != nil
      if !pump(for: isOver ? .zero : left), isOver { return condition(self) }
    }
    return true
  }

  /// Shows the rest of the output and returns the exit status, or nil if the time limit expires.
  public func waitForExit(_ timeLimit: Duration = TestTerminal.timeLimit) -> ExitStatus? {
    _ = waitUntil(timeLimit) { $0.status != nil }
    while status != nil, pump(for: .zero) {}
    return status
  }

  /// The exit status if it is known, or nil while the program runs.
  public var exitStatus: ExitStatus? { status }

  /// Waits until the program writes or ends, or the time expires. Returns whether it wrote.
  private func pump(for time: Duration) -> Bool {
    let milliseconds = Int32(
      clamping: time.components.seconds * 1000
        + time.components.attoseconds / 1_000_000_000_000_000)
    // Round up, so that the last millisecond is spent waiting and not polling.
    var pollers = [
      pollfd(fd: pty.master, events: Int16(POLLIN), revents: 0),
      pollfd(fd: status == nil ? exitDescriptor : -1, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&pollers, 2, time > .zero ? milliseconds + 1 : 0) > 0 else { return false }
    let bytes = pollers[0].revents == 0 ? [] : pty.read()
    if !bytes.isEmpty {
      output += bytes
      pty.send(emulator.show(bytes))
    }
    if pollers[1].revents != 0 { reap() }
    return !bytes.isEmpty
  }

  private func reap() {
    var code: Int32 = 0
    guard waitpid(pid, &code, 0) == pid else { return }
    var number: Int32 = 0
    status = lks_wait_status(code, &number) != 0 ? .exited(number) : .signalled(number)
  }
}
