internal import CNcurses
internal import Glibc
internal import Screen

extension Terminal {
  /// Bracketed paste. A terminal that does not know a mode ignores it.
  private static let pasteOn = "\u{1B}[?2004h"
  /// Mouse reports, also while a button is held.
  private static let mouseOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"
  static let modesOff = "\u{1B}[?2004l" + mouseOff

  static func modesOn(takesMouse: Bool) -> String { takesMouse ? pasteOn + mouseOn : pasteOn }

  /// Gives the screen back as it was, for good or for a while.
  static func leave(_ output: Int32) {
    send(modesOff, to: output)
    endwin()
    // Some terminals bring back, with the old screen, a cursor that was hidden as they left it.
    guard let shown = lks_capability("cnorm") else { return }
    let bytes = CrashGuard.withoutPadding(String(cString: shown))
    send(String(decoding: bytes, as: UTF8.self), to: output)
  }

  /// The terminal's type, after making sure that ncurses can work with it.
  static func checkedType(
    _ environment: TerminalEnvironment, input: Int32, output: Int32
  ) throws(TerminalError) -> String {
    guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
    guard let type = environment.type else { throw .noTerminalType }
    guard let known = describedType(environment, output: output) else {
      throw .unknownTerminalType(type)
    }
    guard lks_capability("cup") != nil else { throw .cannotMoveCursor(type) }
    return known
  }

  /// The type whose description is read from the terminal database: TERM's, or the one of 256
  /// colours beside it where the terminal promises so many. Nil where TERM's is not known.
  static func describedType(_ environment: TerminalEnvironment, output: Int32) -> String? {
    guard let type = environment.type else { return nil }
    var status: Int32 = 0
    guard setupterm(type, output, &status) == OK else { return nil }
    guard environment.promisesManyColors, case 8..<256 = tigetnum("colors") else { return type }
    let richer = type + "-256color"
    if setupterm(richer, output, &status) == OK { return richer }
    return setupterm(type, output, &status) == OK ? type : nil
  }

  /// What the terminal of this process can show, for a report; nothing is drawn.
  public static func abilities(
    _ environment: TerminalEnvironment = .current, output: Int32 = 1
  ) -> TerminalAbilities {
    let isKnown = describedType(environment, output: output) != nil
    return TerminalAbilities(
      colors: isKnown ? Int(tigetnum("colors")) : 0, hasUTF8: lks_take_utf8_locale() != 0)
  }

  /// A stream of ncurses' own on the descriptor; it is never closed, for that would close the
  /// descriptor too.
  static func stream(_ descriptor: Int32, _ mode: String) -> UnsafeMutablePointer<FILE>? {
    fdopen(descriptor, mode)
  }

  /// ncurses' screen. Where the type's description knows no size (as the Linux console's), ncurses
  /// must ask the window after all.
  static func newScreen(
    _ type: String, _ writing: UnsafeMutablePointer<FILE>, _ reading: UnsafeMutablePointer<FILE>
  ) -> OpaquePointer? {
    use_tioctl(false)
    if let screen = newterm(type, writing, reading) { return begun(screen) }
    use_tioctl(true)
    return newterm(type, writing, reading).map(begun)
  }

  /// Leaves ncurses' screen and takes it again before anything is on it: until then, ncurses writes
  /// after each move of the cursor, a hundred times for a frame, and a frame is to come in one piece.
  /// Colours come after it, for with them ncurses would take back those a person has set.
  private static func begun(_ screen: OpaquePointer) -> OpaquePointer {
    endwin()
    doupdate()
    return screen
  }

  /// How many colours can be drawn with.
  static func startColors() -> Int {
    guard has_colors() else { return 0 }
    start_color()
    use_default_colors()
    return Int(lks_colors())
  }

  static func configure(_ keys: UnsafeMutablePointer<WINDOW>) {
    raw()
    noecho()
    nonl()
    typeahead(-1)
    set_escdelay(25)
    keypad(keys, true)
    nodelay(keys, true)
    // Mouse reports are decoded here: ncurses merges those that come together.
    keyok(KEY_MOUSE, false)
    define_key("\u{1B}[200~", InputDecoder.pasteBegin)
    define_key("\u{1B}[201~", InputDecoder.pasteEnd)
  }

  /// Writes a control sequence past ncurses, whose output is flushed after each `doupdate`.
  static func send(_ sequence: String, to descriptor: Int32) {
    let bytes = Array(sequence.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      sent += count
    }
  }
}
