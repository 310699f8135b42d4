/// The characters of an output that no content may bring in.
enum OutputBytes {
  /// Texts that try to control a terminal, to hide or to turn round.
  static let attacks = [
    "\u{1B}]0;stolen\u{07}", "\u{1B}[31m", "\u{9B}31m", "\u{9D}0;x\u{9C}", "\u{7F}\u{08}\u{0D}",
    "\u{202E}turned\u{2066}round", "\u{85}\u{2028}next",
  ]

  static var attack: String { attacks.joined(separator: "x") }

  /// The forbidden characters of a text: all controls but the newline, and marks of direction.
  static func forbidden(in text: String) -> [String] {
    text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
      default: false
      }
    }.map { "U+" + String($0.value, radix: 16) }
  }
}
