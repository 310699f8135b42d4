internal import Screen

/// The result of a copy to the terminal's clipboard.
public enum CopyOutcome: Hashable, Sendable {
  /// The text was sent to a terminal that accepts it by default.
  case copied
  /// The text was sent, but the terminal may ignore it, depending on its settings.
  case sent
  /// Nothing was sent, because the text is longer than terminals accept.
  case tooLong
  /// Nothing was sent, because the terminal has no clipboard.
  case noClipboard
}

/// The control sequence (xterm's OSC 52) that copies a text to the terminal's clipboard.
enum Clipboard {
  /// The most bytes of encoded text. Many terminals silently drop longer text.
  static let limit = 74_994

  /// Whether a terminal supports the sequence.
  enum Support: Hashable {
    case none, possible, certain
  }

  /// - Parameter hasCapability: Whether the terminfo entry has `Ms`, an extension from tmux for this
  ///   sequence.
  static func support(_ environment: TerminalEnvironment, hasCapability: Bool) -> Support {
    let type = environment.type ?? ""
    // tmux passes the sequence to the outer terminal only if its settings allow it. The default
    // does not.
    if environment["TMUX"] != nil { return .possible }
    // GNU screen does not pass the sequence to the outer terminal.
    if environment["STY"] != nil { return .none }
    if environment["KITTY_WINDOW_ID"] != nil || environment["ALACRITTY_WINDOW_ID"] != nil {
      return .certain
    }
    switch environment["TERM_PROGRAM"] {
    case "WezTerm", "ghostty", "vscode", "rio": return .certain
    case "iTerm.app", "tmux": return .possible
    case "Apple_Terminal": return .none
    default: break
    }
    if certainTypes.contains(where: { type.hasPrefix($0) }) { return .certain }
    if type.hasPrefix("tmux") || type.hasPrefix("screen") { return .possible }
    // VTE terminals use the terminfo entry of xterm, which has the capability, but lack it.
    if environment["VTE_VERSION"] != nil { return .none }
    return hasCapability ? .possible : .none
  }

  private static let certainTypes = [
    "xterm-kitty", "alacritty", "foot", "wezterm", "ghostty", "xterm-ghostty", "contour", "rio",
  ]

  /// The sequence for a text, or nil if it is too long. The text is in base64, so that nothing in it
  /// can end the sequence early.
  static func sequence(for text: String) -> String? {
    let encoded = base64(text.utf8)
    return encoded.utf8.count <= limit ? "\u{1B}]52;c;\(encoded)\u{7}" : nil
  }

  /// Base64 of RFC 4648, with padding.
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
