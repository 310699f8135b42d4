internal import CNcurses
internal import CPlatform
internal import Glibc

/// The terminal that lines are typed at: whether there is one, and whether it shows what is typed.
public struct PlainKeyboard {
  /// Whether a person types, and not a script.
  public let isTerminal: Bool
  /// Whether what is typed is seen at once.
  public private(set) var isEchoing = true
  /// The settings to give back; nil where nothing is ever changed.
  private let saved: termios?

  private let input: Int32

  /// Looks at where lines come from; what it finds there is given back by `close()`.
  public init(input: Int32 = 0) {
    self.input = input
    isTerminal = isatty(input) == 1
    var modes = termios()
    // Where what is told goes elsewhere, it cannot stand in the middle of what is typed.
    guard isTerminal, isatty(1) == 1, tcgetattr(input, &modes) == 0 else {
      saved = nil
      return
    }
    saved = modes
    // A crash gives the terminal back as well, and a terminal that nobody reads is not waited for.
    _ = lks_guard_arm(input, &modes, "", 0)
  }

  /// Shows what is typed, or not.
  public mutating func setEcho(_ isOn: Bool) {
    guard var modes = saved, isOn != isEchoing else { return }
    if !isOn { modes.c_lflag &= ~tcflag_t(ECHO) }
    tcsetattr(input, TCSANOW, &modes)
    isEchoing = isOn
  }

  /// Gives the terminal back as it was.
  public mutating func close() {
    guard saved != nil else { return }
    setEcho(true)
    lks_guard_disarm()
  }
}
