internal import Glibc
public import Screen

/// The environment variables that affect the terminal.
public struct TerminalEnvironment: Sendable {
  /// The largest screen that is drawn. The area beyond it stays empty.
  static let maximumSize = Size(columns: 1000, rows: 500)

  private let variables: [String: String]

  /// The names of the variables. All others are ignored.
  public static let names =
    [
      "TERM", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLORFGBG", "LINES", "COLUMNS",
      "LOCKSTEP_ASCII", "LOCKSTEP_REDUCED_MOTION", "LOCKSTEP_ACCESSIBLE",
      "TERM_PROGRAM", "TMUX", "STY", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID", "VTE_VERSION",
    ] + LocaleName.variables

  /// Makes an environment from variables.
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

  /// The value of a variable, or nil if it is unset or empty.
  subscript(name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The terminal's type, or nil if TERM is unset or empty.
  public var type: String? { self["TERM"] }

  // MARK: Characters and motion

  /// Whether the terminal's font lacks round corners and block eighths.
  var isLimitedToASCII: Bool {
    guard let type else { return true }
    return type == "linux" || type.hasPrefix("linux-") || type == "ansi"
      || type.hasPrefix("vt") && type.dropFirst(2).first?.isNumber == true
  }

  /// Whether the terminal draws an emoji sequence in one pair of columns. Most terminals, and those
  /// inside others such as tmux, draw each picture of it in columns of its own.
  var joinsEmoji: Bool {
    guard self["TMUX"] == nil, self["STY"] == nil, let type else { return false }
    let name = type.hasPrefix("xterm-") ? type.dropFirst("xterm-".count) : type[...]
    return ["kitty", "ghostty", "foot", "contour", "wezterm"].contains { kind in
      name == kind || name.hasPrefix(kind + "-")
    }
  }

  /// Whether the terminal forms letters by the joiners between them, as Persian needs.
  var joinsLetters: Bool {
    joinsEmoji || (self["VTE_VERSION"] != nil && self["TMUX"] == nil && self["STY"] == nil)
  }

  /// Whether LOCKSTEP_ASCII asks for ASCII symbols: 0 means no, other values yes, unset nil.
  var asksForASCII: Bool? { flag("LOCKSTEP_ASCII") }
  /// Whether LOCKSTEP_REDUCED_MOTION asks for less motion: 0 means no, other values yes, unset nil.
  var asksForReducedMotion: Bool? { flag("LOCKSTEP_REDUCED_MOTION") }

  /// Whether LOCKSTEP_ACCESSIBLE asks for the plain text mode instead of the full screen.
  public var asksForPlainText: Bool { flag("LOCKSTEP_ACCESSIBLE") ?? false }

  /// Whether the locale is C or POSIX, by choice.
  var choosesPlainC: Bool { LocaleName { self[$0] }.isPlainC }

  private func flag(_ name: String) -> Bool? { self[name].map { $0 != "0" } }

  // MARK: Colours

  /// A request for a number of colours.
  enum ColorRequest: Hashable {
    case unspecified
    case refused(reason: String)
    case atMost(ColorDepth, reason: String)
  }

  /// The request from FORCE_COLOR or NO_COLOR. FORCE_COLOR has precedence; its values are levels:
  /// 0 is none, 1 is 16 colours, more is 256.
  var colorRequest: ColorRequest {
    switch self["FORCE_COLOR"] {
    case "0", "false": return .refused(reason: "because FORCE_COLOR refuses them")
    case "1": return .atMost(.colors16, reason: "because FORCE_COLOR limits them")
    case .some: return .unspecified
    case nil: break
    }
    return self["NO_COLOR"] == nil ? .unspecified : .refused(reason: "because NO_COLOR is set")
  }

  /// Whether the terminal promises more colours than an eight-colour terminfo entry.
  var promisesManyColors: Bool {
    let name = self["COLORTERM"]
    return name == "truecolor" || name == "24bit"
      || ["2", "3"].contains(self["FORCE_COLOR"] ?? "")
  }

  /// The background from COLORFGBG, or nil if it is unknown. The variable comes from rxvt and holds
  /// the palette indices of foreground and background.
  var background: Theme.Background? {
    guard let last = self["COLORFGBG"]?.split(separator: ";").last, let color = Int(last) else {
      return nil
    }
    return color == 7 || color == 15 ? .light : .dark
  }

  // MARK: Size

  /// The size of the terminal: that of the window, or of terminfo if the window reports 0. It is at
  /// most `maximumSize`.
  public static func size(window: Size, terminfo: Size) -> Size {
    func choose(_ window: Int, _ terminfo: Int, _ limit: Int) -> Int {
      min(limit, window > 0 ? window : max(1, terminfo))
    }
    return Size(
      columns: choose(window.columns, terminfo.columns, maximumSize.columns),
      rows: choose(window.rows, terminfo.rows, maximumSize.rows))
  }

  /// The largest screen that LINES and COLUMNS allow in a terminal of this size.
  ///
  /// They can make the screen smaller than the terminal. A value that is not smaller is a shell's
  /// record of the window, which a resize makes wrong, so it sets no limit.
  public func sizeLimit(in terminal: Size) -> Size {
    func limit(_ name: String, _ size: Int, _ maximum: Int) -> Int {
      guard let value = self[name].flatMap({ Int($0) }), value > 0, value < size else {
        return maximum
      }
      return value
    }
    return Size(
      columns: limit("COLUMNS", terminal.columns, Self.maximumSize.columns),
      rows: limit("LINES", terminal.rows, Self.maximumSize.rows))
  }
}
