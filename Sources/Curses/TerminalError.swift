internal import Glibc

/// Why there is no full screen to draw on; the description says what to do, in one line.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Input or output is not a terminal.
  case notATerminal
  /// TERM is not set.
  case noTerminalType
  /// The terminal database does not know TERM's value.
  case unknownTerminalType(String)
  /// The terminal cannot place its cursor, as TERM=dumb.
  case cannotMoveCursor(String)
  /// ncurses could not work with the terminal.
  case refused(String)
  /// A system call failed.
  case system(call: String, errno: Int32)

  public var description: String {
    switch self {
    case .notATerminal:
      "the full screen needs a terminal on both input and output; do not redirect them"
    case .noTerminalType:
      "TERM is not set; set it to your terminal's type (as TERM=xterm-256color)"
    case .unknownTerminalType(let name):
      "the terminal type '\(name)' is not known here; set TERM=xterm-256color"
    case .cannotMoveCursor(let name):
      "the terminal type '\(name)' cannot place its cursor; use another terminal"
    case .refused(let name):
      "the terminal (type '\(name)') could not be opened; check TERM"
    case .system(let call, let errno):
      "\(call) failed: \(String(cString: strerror(errno))); close other programs and try again"
    }
  }
}
