internal import Glibc

/// The reason why the full screen cannot open. The description is one line and says what to do.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Input or output is not a terminal.
  case notATerminal
  /// TERM is not set.
  case noTerminalType
  /// Terminfo has no entry for TERM.
  case unknownTerminalType(String)
  /// The terminal cannot move its cursor, as with TERM=dumb.
  case cannotMoveCursor(String)
  /// ncurses could not open the terminal.
  case refused(String)
  /// A system call failed.
  case system(call: String, errno: Int32)

  public var description: String {
    switch self {
    case .notATerminal:
      "the full screen needs a terminal for both input and output; do not redirect them"
    case .noTerminalType:
      "TERM is not set; set it to your terminal's type, such as xterm-256color"
    case .unknownTerminalType(let name):
      "the terminal type '\(name)' is unknown here; try TERM=xterm-256color"
    case .cannotMoveCursor(let name):
      "the terminal type '\(name)' cannot move its cursor; use another terminal"
    case .refused(let name):
      "the terminal (type '\(name)') could not be opened; check TERM"
    case .system(let call, let errno):
      "\(call) failed: \(String(cString: strerror(errno))); close other programs and try again"
    }
  }
}
