internal import CPlatform
internal import Glibc

/// A program on a real pseudo-terminal.
///
/// Nothing sleeps: `wait` waits for output and checks its condition after each piece. The program is
/// killed and reaped when the object is destroyed. Use it from one thread only.
open class PtyProgram {
  /// The default time limit, long enough that only a program that hangs reaches it.
  public static let timeLimit: Duration = .seconds(120)

  /// The process identifier of the program, or 0 if there is none.
  public let pid: Int32
  /// The program's output so far, as raw bytes.
  public private(set) var output: [UInt8] = []
  /// The settings of the terminal before the program started.
  public let modesBefore: TerminalModes

  /// The speed of the terminal, or nil if it reads as fast as it can.
  public var bytesPerSecond: Int? { didSet { slowSince = (.now, 0) } }
  /// Since when the terminal is slow, and the bytes that it has read since then.
  private var slowSince = (ContinuousClock.now, 0)

  /// The time just before the program started.
  public let started: ContinuousClock.Instant

  /// An empty home folder for the program, or nil if the test provides one.
  private let home: TemporaryFolder?
  private let pty: PseudoTerminal
  private let exitDescriptor: Int32
  private var status: ExitStatus?

  /// Starts a program in a new session with the pseudo-terminal as its controlling terminal.
  ///
  /// - Parameter environment: The full environment. Without HOME, the program gets a temporary home
  ///   folder.
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

  /// Makes a terminal without a program, for code in the test process that opens `path` itself.
  public init(columns: Int = 80, rows: Int = 24) throws(PtyError) {
    pty = try PseudoTerminal(columns: columns, rows: rows)
    modesBefore = pty.modes
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

  // MARK: To the program

  /// Sends raw bytes.
  public func send(bytes: [UInt8]) {
    pty.send(bytes)
  }

  /// Sends bytes in pieces. Each is sent after the program has read the one before. Returns whether
  /// it has read all of them within the time limit.
  public func send(pieces: [[UInt8]], _ timeLimit: Duration = PtyProgram.timeLimit) -> Bool {
    let deadline = ContinuousClock.now + timeLimit
    for piece in pieces {
      pty.send(piece)
      // The kernel hands the bytes over a moment after they are written.
      _ = pump(for: .milliseconds(1))
      while pty.unreadBytes > 0 {
        guard status == nil, .now < deadline else { return false }
        _ = pump(for: .milliseconds(1))
      }
    }
    return true
  }

  /// Changes the size of the window. The kernel sends SIGWINCH to the program.
  open func resize(columns: Int, rows: Int) {
    pty.resize(columns: columns, rows: rows)
  }

  /// Sends a signal to the program, but not to its group.
  public func terminate(_ signal: Int32 = 15) {
    if pid > 0, status == nil { kill(pid, signal) }
  }

  /// Closes the window, so that the program's terminal hangs up. Later sends and reads do nothing.
  public func hangUp() {
    pty.hangUp()
  }

  // MARK: From the program

  /// The current settings of the terminal, also after the program ends.
  public var modes: TerminalModes { pty.modes }

  /// Returns the bytes that the terminal sends back when it has received `output`. A subclass that
  /// emulates a terminal overrides this.
  open func answer(to output: [UInt8]) -> [UInt8] { [] }

  /// Reads output until the condition is true or the time limit expires. Returns whether the
  /// condition is true.
  public func wait(
    _ timeLimit: Duration = PtyProgram.timeLimit, until condition: () -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + timeLimit
    while !condition() {
      let left = deadline - .now
      let isOver = left <= .zero || status != nil
      // The condition may become true without output.
      if !pump(for: isOver ? .zero : min(left, .milliseconds(50))), isOver { return condition() }
    }
    return true
  }

  /// Reads the rest of the output and returns the exit status, or nil if the time limit expires.
  public func waitForExit(_ timeLimit: Duration = PtyProgram.timeLimit) -> ExitStatus? {
    _ = wait(timeLimit) { status != nil }
    while status != nil, pump(for: .zero) {}
    return status
  }

  /// The number of bytes that were sent and that the program has not read.
  public var unreadBytes: Int { pty.unreadBytes }

  /// Fills the terminal's queue, so that the program's next write blocks until something is read.
  public func fill() { pty.fill() }

  /// Waits for the end of the program without reading its output. Returns nil if the time limit
  /// expires.
  public func waitForExitUnread(_ timeLimit: Duration) -> ExitStatus? {
    var poller = pollfd(fd: exitDescriptor, events: Int16(POLLIN), revents: 0)
    guard status == nil else { return status }
    if poll(&poller, 1, Int32(clamping: Int64(timeLimit / .milliseconds(1)))) > 0 { reap() }
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
    let most = allowance
    if most <= 0 { pollers[0].fd = -1 }
    let patience = most <= 0 ? min(5, milliseconds) : milliseconds
    guard poll(&pollers, 2, time > .zero ? patience + 1 : 0) > 0 else { return false }
    let bytes = pollers[0].revents == 0 ? [] : pty.read(most)
    slowSince.1 += bytes.count
    if !bytes.isEmpty {
      output += bytes
      pty.send(answer(to: bytes))
    }
    if pollers[1].revents != 0 { reap() }
    return !bytes.isEmpty
  }

  /// How many bytes the terminal may read now.
  private var allowance: Int {
    guard let bytesPerSecond else { return 65_536 }
    let time = (ContinuousClock.now - slowSince.0) / .seconds(1)
    return Int(time * Double(bytesPerSecond)) - slowSince.1
  }

  private func reap() {
    var code: Int32 = 0
    guard waitpid(pid, &code, 0) == pid else { return }
    var number: Int32 = 0
    status = lks_wait_status(code, &number) != 0 ? .exited(number) : .signalled(number)
  }
}
