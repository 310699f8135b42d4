internal import Glibc
public import Screen

/// What the environment says about the terminal, read in one place.
public struct TerminalEnvironment: Sendable {
  /// The largest screen that is drawn; what lies beyond stays empty.
  public static let maximumSize = Size(columns: 1000, rows: 500)

  private let variables: [String: String]

  /// The variables that count; all others are ignored.
  public static let names = [
    "TERM", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLORFGBG", "LINES", "COLUMNS",
    "LOCKSTEP_ASCII", "LOCKSTEP_REDUCED_MOTION", "LOCKSTEP_ACCESSIBLE",
    "LC_ALL", "LC_CTYPE", "LANG",
    "TERM_PROGRAM", "TMUX", "STY", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID", "VTE_VERSION",
  ]

  /// An environment of these variables.
  public init(_ variables: [String: String]) {
    self.variables = variables
  }

  /// The environment of this process.
  public static var current: TerminalEnvironment {
    var variables: [String: String] = [:]
    for name in names {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    return TerminalEnvironment(variables)
  }

  /// A variable's value; nil where it is not set or empty.
  subscript(name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The terminal's type, nil where it is not set or empty.
  public var type: String? { self["TERM"] }

  // MARK: Characters and movement

  /// Terminals whose fonts lack the round corners and the eighths of a block.
  var isLimitedToASCII: Bool {
    guard let type else { return true }
    return type == "linux" || type.hasPrefix("linux-") || type == "ansi"
      || type.hasPrefix("vt") && type.dropFirst(2).first?.isNumber == true
  }

  /// Whether LOCKSTEP_ASCII asks for ASCII symbols, or (with 0) refuses them; nil where it is empty.
  var asksForASCII: Bool? { flag("LOCKSTEP_ASCII") }
  /// Whether LOCKSTEP_REDUCED_MOTION asks for stillness, or (with 0) refuses it.
  var asksForReducedMotion: Bool? { flag("LOCKSTEP_REDUCED_MOTION") }

  /// Whether LOCKSTEP_ACCESSIBLE asks for lines of text instead of a picture.
  public var asksForLines: Bool { flag("LOCKSTEP_ACCESSIBLE") ?? false }

  /// Whether the name of the locale promises UTF-8: of those that are set the first counts, whether
  /// such a locale is installed here or not.
  public var namesUTF8: Bool {
    let name = (self["LC_ALL"] ?? self["LC_CTYPE"] ?? self["LANG"] ?? "").lowercased()
    return name.hasSuffix(".utf-8") || name.hasSuffix(".utf8")
  }

  private func flag(_ name: String) -> Bool? { self[name].map { $0 != "0" } }

  // MARK: Colours

  /// What is said about how many colours to use.
  enum ColorWish: Hashable {
    case unsaid
    case refused(reason: String)
    case atMost(ColorDepth, reason: String)
  }

  /// FORCE_COLOR counts before NO_COLOR; its numbers are levels: 0 none, 1 sixteen, more 256.
  var colorWish: ColorWish {
    switch self["FORCE_COLOR"] {
    case "0", "false": return .refused(reason: "because FORCE_COLOR refuses them")
    case "1": return .atMost(.colors16, reason: "because FORCE_COLOR asks for no more")
    case .some: return .unsaid
    case nil: break
    }
    return self["NO_COLOR"] == nil ? .unsaid : .refused(reason: "because NO_COLOR is set")
  }

  /// Whether the terminal can do more than a description of eight colours says.
  var promisesManyColors: Bool {
    let name = self["COLORTERM"]
    return name == "truecolor" || name == "24bit"
      || ["2", "3"].contains(self["FORCE_COLOR"] ?? "")
  }

  /// The background that COLORFGBG tells of: rxvt's convention, kept by others, of foreground and
  /// background as palette numbers. Nil where it tells nothing.
  var background: Theme.Background? {
    guard let last = self["COLORFGBG"]?.split(separator: ";").last, let color = Int(last) else {
      return nil
    }
    return color == 7 || color == 15 ? .light : .dark
  }

  // MARK: Size

  /// The size to draw: LINES and COLUMNS where they are sensible numbers, else the window's, else
  /// (where the window says 0) the terminal type's; never more than the largest screen.
  public func size(window: Size, terminfo: Size) -> Size {
    func choose(_ name: String, _ window: Int, _ terminfo: Int, _ limit: Int) -> Int {
      if let value = variables[name].flatMap({ Int($0) }), value > 0, value <= limit {
        return value
      }
      return min(limit, window > 0 ? window : max(1, terminfo))
    }
    let limit = Self.maximumSize
    return Size(
      columns: choose("COLUMNS", window.columns, terminfo.columns, limit.columns),
      rows: choose("LINES", window.rows, terminfo.rows, limit.rows))
  }
}
