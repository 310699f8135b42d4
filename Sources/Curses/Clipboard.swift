internal import Screen

/// What became of a text that was sent to the terminal's clipboard.
public enum CopyOutcome: Hashable, Sendable {
  /// The terminal takes such texts by itself.
  case taken
  /// It was sent, but whether the terminal takes it is for its owner's settings to say.
  case offered
  /// Nothing was sent: it is longer than terminals take.
  case tooLong
  /// Nothing was sent: the terminal has no clipboard.
  case noClipboard
}

/// The control sequence (xterm's OSC 52) by which a terminal takes a text into its clipboard.
enum Clipboard {
  /// Of the encoded text; many terminals drop longer ones without a word.
  static let limit = 74_994

  /// How far a terminal can be trusted to take a text.
  enum Reach: Hashable {
    case none, perhaps, certain
  }

  /// - Parameter hasCapability: Whether the terminal's description has `Ms`, the extension by which
  ///   tmux and others tell of it.
  static func reach(_ environment: TerminalEnvironment, hasCapability: Bool) -> Reach {
    let type = environment.type ?? ""
    // What the program inside of them sends goes to the outer terminal where their settings, by
    // default not set so, allow it.
    if environment["TMUX"] != nil { return .perhaps }
    // GNU screen keeps it from the outer terminal.
    if environment["STY"] != nil { return .none }
    if environment["KITTY_WINDOW_ID"] != nil || environment["ALACRITTY_WINDOW_ID"] != nil {
      return .certain
    }
    switch environment["TERM_PROGRAM"] {
    case "WezTerm", "ghostty", "vscode", "rio": return .certain
    case "iTerm.app", "tmux": return .perhaps
    case "Apple_Terminal": return .none
    default: break
    }
    if certainTypes.contains(where: { type.hasPrefix($0) }) { return .certain }
    if type.hasPrefix("tmux") || type.hasPrefix("screen") { return .perhaps }
    // These call themselves xterm, whose description has the capability, and do without it.
    if environment["VTE_VERSION"] != nil { return .none }
    return hasCapability ? .perhaps : .none
  }

  private static let certainTypes = [
    "xterm-kitty", "alacritty", "foot", "wezterm", "ghostty", "xterm-ghostty", "contour", "rio",
  ]

  /// The sequence for a text; nil where it would be too long. Nothing in the text can end it early:
  /// the text is in base64.
  static func sequence(for text: String) -> String? {
    let encoded = base64(text.utf8)
    return encoded.utf8.count <= limit ? "\u{1B}]52;c;\(encoded)\u{7}" : nil
  }

  /// RFC 4648's base64, with padding.
  static func base64(_ bytes: some Collection<UInt8>) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    var rest = bytes[...]
    while !rest.isEmpty {
      let group = rest.prefix(3)
      rest = rest.dropFirst(3)
      let number = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        let isPadding = place > group.count
        output.append(isPadding ? UInt8(ascii: "=") : alphabet[number >> (18 - 6 * place) & 63])
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
