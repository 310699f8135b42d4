internal import CNcurses
internal import CPlatform
internal import Glibc
internal import Screen

extension Terminal {
  /// Turns on bracketed paste. Terminals ignore unknown modes.
  private static let pasteOn = "\u{1B}[?2004h"
  /// Turns on mouse reports, including drags.
  private static let mouseOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"
  static let modesOff = "\u{1B}[?2004l" + mouseOff

  static func modesOn(takesMouse: Bool) -> String { takesMouse ? pasteOn + mouseOn : pasteOn }

  /// Leaves the full screen and restores the previous one, also from a background process group.
  static func leave(_ output: Int32) {
    var mask = sigset_t()
    lks_block_terminal_output(&mask)
    defer { lks_restore_signals(&mask) }
    send(modesOff, to: output)
    endwin()
    // Some terminals restore a hidden cursor together with the old screen.
    guard let shown = lks_capability("cnorm") else { return }
    let bytes = CrashGuard.withoutPadding(String(cString: shown))
    send(String(decoding: bytes, as: UTF8.self), to: output)
  }

  /// The terminal's type. Throws if ncurses cannot work with it.
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

  /// The type with the best terminfo entry: that of TERM, or its 256-colour variant if the terminal
  /// promises that many colours. Nil if terminfo has no entry for TERM.
  static func describedType(_ environment: TerminalEnvironment, output: Int32) -> String? {
    guard let type = environment.type else { return nil }
    var status: Int32 = 0
    guard setupterm(type, output, &status) == OK else { return nil }
    guard environment.promisesManyColors, case 8..<256 = tigetnum("colors") else { return type }
    let richer = type + "-256color"
    if setupterm(richer, output, &status) == OK { return richer }
    return setupterm(type, output, &status) == OK ? type : nil
  }

  /// The capabilities of this process's terminal, for a report. Draws nothing.
  public static func capabilities(
    _ environment: TerminalEnvironment = .current, output: Int32 = 1
  ) -> TerminalCapabilities {
    let isKnown = describedType(environment, output: output) != nil
    return TerminalCapabilities(
      colors: isKnown ? Int(tigetnum("colors")) : 0, hasUTF8: lks_set_utf8_locale() != 0)
  }

  /// Makes the ncurses screen. If the terminfo entry has no size, as for the Linux console, ncurses
  /// must ask the window.
  static func newScreen(
    _ type: String, _ writing: UnsafeMutablePointer<FILE>, _ reading: UnsafeMutablePointer<FILE>
  ) -> OpaquePointer? {
    use_tioctl(false)
    if let screen = newterm(type, writing, reading) { return buffered(screen) }
    use_tioctl(true)
    return newterm(type, writing, reading).map(buffered)
  }

  /// Makes ncurses buffer its output by leaving the screen and entering it again.
  ///
  /// Until then ncurses writes after each cursor move, a hundred times per frame. This must happen
  /// before `startColors`, or ncurses would reset the colours that the user has set.
  private static func buffered(_ screen: OpaquePointer) -> OpaquePointer {
    endwin()
    doupdate()
    return screen
  }

  /// Turns on colours and returns how many there are.
  static func startColors() -> Int {
    guard has_colors() else { return 0 }
    start_color()
    use_default_colors()
    return Int(lks_colors())
  }

  /// Makes keys raw. `InputDecoder` decodes them.
  static func configure(_ window: UnsafeMutablePointer<WINDOW>) {
    raw()
    noecho()
    nonl()
    typeahead(-1)
    // The terminal sends the keys of its terminfo entry only in keypad mode.
    keypad(window, true)
  }

  /// Writes a control sequence directly. ncurses has no pending output after `doupdate`.
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
