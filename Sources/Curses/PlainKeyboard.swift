internal import CNcurses
internal import CPlatform
internal import Glibc

/// Line input for the plain mode, with control over the terminal's echo.
public struct PlainKeyboard {
  /// Whether the input is a terminal and not a script.
  public let isTerminal: Bool
  /// Whether the terminal shows typed characters.
  public private(set) var isEchoing = true
  /// The settings to restore, or nil if this value never changes any.
  private let saved: termios?

  private let input: Int32

  /// Reads the settings of the input. `close()` restores them.
  public init(input: Int32 = 0) {
    self.input = input
    isTerminal = isatty(input) == 1
    var modes = termios()
    // Output that goes elsewhere cannot mix with the echo, so the echo stays on.
    guard isTerminal, isatty(1) == 1, tcgetattr(input, &modes) == 0 else {
      saved = nil
      return
    }
    saved = modes
    // Restore the terminal after a crash too, and do not wait for a terminal that does not read.
    _ = lks_guard_arm(input, &modes, "", 0)
  }

  /// Turns the echo of typed characters on or off.
  public mutating func setEcho(_ isOn: Bool) {
    guard var modes = saved, isOn != isEchoing else { return }
    if !isOn { modes.c_lflag &= ~tcflag_t(ECHO) }
    tcsetattr(input, TCSANOW, &modes)
    isEchoing = isOn
  }

  /// Restores the terminal's settings.
  public mutating func close() {
    guard saved != nil else { return }
    setEcho(true)
    lks_guard_disarm()
  }
}
