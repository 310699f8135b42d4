internal import Glibc
public import Screen

/// What the environment says about the terminal, read in one place.
public struct TerminalEnvironment: Sendable {
  /// The largest screen that is drawn; what lies beyond stays empty.
  public static let maximumSize = Size(columns: 1000, rows: 500)

  private let variables: [String: String]

  /// Only TERM, NO_COLOR, FORCE_COLOR, LINES and COLUMNS count.
  public init(_ variables: [String: String]) {
    self.variables = variables
  }

  /// The environment of this process.
  public static var current: TerminalEnvironment {
    var variables: [String: String] = [:]
    for name in ["TERM", "NO_COLOR", "FORCE_COLOR", "LINES", "COLUMNS"] {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    return TerminalEnvironment(variables)
  }

  /// The terminal's type, nil where it is not set or empty.
  public var type: String? {
    variables["TERM"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Terminals whose fonts lack the round corners and the eighths of a block.
  var isLimitedToASCII: Bool {
    guard let type else { return true }
    return type == "linux" || type.hasPrefix("vt1") || type.hasPrefix("vt2")
  }

  /// How many colours to use on a terminal that has `colors`: none with a NO_COLOR that is not
  /// empty, unless FORCE_COLOR (not empty, not 0) asks for them.
  public func colorDepth(colors: Int) -> ColorDepth {
    let forced = variables["FORCE_COLOR"] ?? ""
    if forced == "0" || forced == "false" { return .none }
    if forced.isEmpty, let refused = variables["NO_COLOR"], !refused.isEmpty { return .none }
    return ColorDepth(colors: colors)
  }

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
