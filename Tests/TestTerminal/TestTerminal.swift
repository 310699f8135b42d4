// A test of a program on a terminal uses both.
@_exported public import Pty

/// A program on a real pseudo-terminal, its output shown by a real terminal emulator, all inside
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

  /// A terminal without a program, for code inside the test process that opens `path` itself.
  public override init(columns: Int = 80, rows: Int = 24) throws(PtyError) {
    emulator = Emulator(columns: columns, rows: rows)
    try super.init(columns: columns, rows: rows)
  }

  // MARK: What the person does

  /// Types keys, as a terminal in keypad mode sends them.
  public func send(_ keys: TestKey...) {
    for key in keys { send(bytes: key.bytes) }
  }

  public override func resize(columns: Int, rows: Int) {
    super.resize(columns: columns, rows: rows)
    emulator.resize(columns: columns, rows: rows)
  }

  public override func answer(to output: [UInt8]) -> [UInt8] { emulator.show(output) }

  // MARK: What the person sees

  /// The rows of the screen, without trailing spaces.
  public var screen: [String] { emulator.lines }

  /// Whether a text stands in one row of the screen.
  public func contains(_ text: String) -> Bool {
    screen.contains { $0.contains(text) }
  }

  /// One cell of the screen.
  public func cell(x: Int, y: Int) -> TestCell { emulator.cell(x: x, y: y) }

  /// Where the cursor is, column and row from 0.
  public var cursor: (x: Int, y: Int) { emulator.cursor }
  public var isCursorVisible: Bool { emulator.isCursorVisible }
  public var isInAlternateScreen: Bool { emulator.isInAlternateScreen }
  /// Whether the program asked for mouse reports.
  public var wantsMouse: Bool { emulator.wantsMouse }

  /// Shows what the program writes until the condition holds or the time is over. Returns whether
  /// it holds.
  public func waitUntil(
    _ patience: Duration = TestTerminal.patience, _ condition: (TestTerminal) -> Bool
  ) -> Bool {
    wait(patience) { condition(self) }
  }
}
