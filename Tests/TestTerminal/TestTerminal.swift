// A test of a program on a terminal uses both.
@_exported public import Pty

/// Runs a program on a real pseudo-terminal and shows its output in a real terminal emulator, inside
/// the test process.
///
/// ```swift
/// let terminal = try TestTerminal(columns: 80, rows: 24, path: program, arguments: ["run"])
/// #expect(terminal.waitUntil { $0.contains("Lessons") })
/// terminal.send(.down, .text("q"))
/// #expect(terminal.waitForExit() == .exited(0))
/// ```
public final class TestTerminal: PtyProgram {
  private let emulator: Emulator

  /// Starts a program as `PtyProgram` does.
  public override init(
    columns: Int = 80, rows: Int = 24, path: String, arguments: [String] = [],
    environment: [String: String] = TestTerminal.environment
  ) throws(PtyError) {
    emulator = Emulator(columns: columns, rows: rows)
    try super.init(
      columns: columns, rows: rows, path: path, arguments: arguments, environment: environment)
  }

  /// Makes a terminal without a program, for code inside the test process that opens `path` itself.
  public override init(columns: Int = 80, rows: Int = 24) throws(PtyError) {
    emulator = Emulator(columns: columns, rows: rows)
    try super.init(columns: columns, rows: rows)
  }

  // MARK: The user's actions

  /// Types keys, as a terminal in keypad mode sends them.
  public func send(_ keys: TestKey...) {
    for key in keys { send(bytes: key.bytes) }
  }

  public override func resize(columns: Int, rows: Int) {
    super.resize(columns: columns, rows: rows)
    emulator.resize(columns: columns, rows: rows)
  }

  public override func answer(to output: [UInt8]) -> [UInt8] { emulator.show(output) }

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

  /// Shows the program's output until the condition is true or the time limit expires. Returns
  /// whether the condition is true.
  public func waitUntil(
    _ timeLimit: Duration = TestTerminal.timeLimit, _ condition: (TestTerminal) -> Bool
  ) -> Bool {
    wait(timeLimit) { condition(self) }
  }
}
