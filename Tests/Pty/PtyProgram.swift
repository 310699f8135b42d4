internal import CPlatform
internal import Glibc

/// A program on a real pseudo-terminal.
///
/// Nothing sleeps: `wait` waits for the program's bytes and checks again after each piece. The
/// program is killed and reaped when the object ends. Belongs to one thread.
open class PtyProgram {
  /// Only a program that hangs takes this long.
  public static let patience: Duration = .seconds(30)

  /// The program's process; 0 where there is none.
  public let pid: Int32
  /// Everything the program has written so far, as raw bytes.
  public private(set) var output: [UInt8] = []
  /// The settings of the terminal before the program started.
  public let modesBefore: TerminalModes

  /// The moment just before the program was started.
  public let started: ContinuousClock.Instant

  /// The program's home, unless the environment names one: a new, empty folder.
  private let home: TemporaryFolder?
  private let pty: PseudoTerminal
  private let exitDescriptor: Int32
  private var status: ExitStatus?

  /// Starts a program as the leader of a new session that has the pseudo-terminal for its
  /// controlling terminal.
  ///
  /// - Parameter environment: The whole environment; `PtyProgram.environment` is a pinned one.
  ///   Where it names no HOME, the program has a fresh one, which goes with the terminal.
  public init(
    columns: Int = 80, rows: Int = 24, path: String, arguments: [String] = [],
    environment: [String: String] = PtyProgram.environment
  ) throws(PtyError) {
    let pty = try PseudoTerminal(columns: columns, rows: rows)
    self.pty = pty
    modesBefore = pty.modes
    home = environment["HOME"] == nil ? try TemporaryFolder() : nil
    let environment = environment.merging(home.map { ["HOME": $0.path] } ?? [:]) { $1 }
    started = .now
    pid = try Self.spawn(pty.path, path, arguments, environment)
    exitDescriptor = lks_pidfd_open(pid)
    guard exitDescriptor >= 0 else {
      kill(pid, SIGKILL)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
      throw PtyError(call: "pidfd_open", errno: -exitDescriptor)
    }
  }

  /// A terminal without a program, for code inside the test process that opens `path` itself.
  public init(columns: Int = 80, rows: Int = 24) throws(PtyError) {
    pty = try PseudoTerminal(columns: columns, rows: rows)
    modesBefore = pty.modes
    home = nil
    started = .now
    pid = 0
    exitDescriptor = -1
  }

  /// The file that is the program's end of the terminal.
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

  /// An environment that says nothing about the machine the test runs on.
  public static let environment = [
    "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
    "SWIFT_BACKTRACE": "enable=no",
  ]

  // MARK: To the program

  /// Sends bytes as they are.
  public func send(bytes: [UInt8]) {
    pty.send(bytes)
  }

  /// Gives the window another size; the kernel tells the program with SIGWINCH.
  open func resize(columns: Int, rows: Int) {
    pty.resize(columns: columns, rows: rows)
  }

  /// Sends a signal to the program alone.
  public func terminate(_ signal: Int32 = 15) {
    if pid > 0, status == nil { kill(pid, signal) }
  }

  /// Closes the window: the program's terminal hangs up. Nothing can be sent or read afterwards.
  public func hangUp() {
    pty.hangUp()
  }

  // MARK: From the program

  /// The settings of the terminal now; they can be read after the program's end too.
  public var modes: TerminalModes { pty.modes }

  /// Returns the bytes that the terminal sends back when it has received `output`. A subclass that
  /// emulates a terminal overrides this.
  open func answer(to output: [UInt8]) -> [UInt8] { [] }

  /// Reads what the program writes until the condition holds or the time is over. Returns whether
  /// it holds.
  public func wait(
    _ patience: Duration = PtyProgram.patience, until condition: () -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + patience
    while !condition() {
      let left = deadline - .now
      let isOver = left <= .zero || status != nil
      if !pump(for: isOver ? .zero : left), isOver { return condition() }
    }
    return true
  }

  /// Reads what the program still writes and returns how it ended, or nil where it did not in time.
  public func waitForExit(_ patience: Duration = PtyProgram.patience) -> ExitStatus? {
    _ = wait(patience) { status != nil }
    while status != nil, pump(for: .zero) {}
    return status
  }

  /// How the program ended, as far as is known; nil while it runs.
  public var exitStatus: ExitStatus? { status }

  /// Waits for the program to write, end, or neither. Returns whether it wrote something.
  private func pump(for time: Duration) -> Bool {
    let milliseconds = Int32(
      clamping: time.components.seconds * 1000
        + time.components.attoseconds / 1_000_000_000_000_000)
    // Rounded up, so that the last millisecond is waited for and not spun through.
    var pollers = [
      pollfd(fd: pty.master, events: Int16(POLLIN), revents: 0),
      pollfd(fd: status == nil ? exitDescriptor : -1, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&pollers, 2, time > .zero ? milliseconds + 1 : 0) > 0 else { return false }
    let bytes = pollers[0].revents == 0 ? [] : pty.read()
    if !bytes.isEmpty {
      output += bytes
      pty.send(answer(to: bytes))
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
