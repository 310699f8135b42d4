/// The ASCII character that stands for a printable one where only ASCII can be shown.
enum ASCIITwin {
  static func of(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if let twin = table[scalar] { return twin }
    switch scalar.value {
    case 0x2500...0x257F: return lines(scalar)
    case 0x2580...0x259F: return "#"
    default: return letter(scalar) ?? "?"
    }
  }

  private static let table: [Unicode.Scalar: Unicode.Scalar] = [
    "\u{A0}": " ", "‘": "'", "’": "'", "“": "\"", "”": "\"", "«": "<", "»": ">", "‹": "<",
    "›": ">", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "~", "·": "-", "•": "*",
    "→": ">", "←": "<", "↑": "^", "↓": "v", "×": "x", "÷": "/", "µ": "u", "μ": "u", "▸": ">",
    "▶": ">", "◀": "<", "■": "#", "●": "*", "○": "o", "▒": "%", "░": "%", "▓": "%", "✓": "v",
    "✗": "x", "▲": "^", "▼": "v", "◌": "o", "≤": "<", "≥": ">", "≠": "#", "≈": "~",
  ]

  private static func lines(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "─", "━", "┄", "┅", "┈", "┉", "╌", "╍", "═": "-"
    case "│", "┃", "┆", "┇", "┊", "┋", "╎", "╏", "║": "|"
    default: "+"
    }
  }

  /// The plain letter of a Latin letter with a mark, taken from its Unicode name.
  private static func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard let name = scalar.properties.name else { return nil }
    let words = name.split(separator: " ")
    guard words.count > 3, words[0] == "LATIN", words[2] == "LETTER", words[3].count == 1,
      let letter = words[3].unicodeScalars.first
    else { return nil }
    return words[1] == "SMALL" ? letter.properties.lowercaseMapping.unicodeScalars.first : letter
  }
}
