/// The ASCII character that replaces a printable one on a terminal that shows only ASCII.
enum ASCIITwin {
  /// Sanitised text in ASCII. Each character keeps its width, so aligned text stays aligned.
  static func text(of safe: String) -> String {
    var output = ""
    var cells = CellIterator(safe)
    while let cell = cells.next() {
      let twin = cell.scalar == "\n" ? "\n" : Unicode.Scalar(cell.traits.twin)
      for _ in 0..<cell.columns { output.unicodeScalars.append(twin) }
    }
    return output
  }

  static func of(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    if let twin = table[scalar] { return twin }
    switch scalar.value {
    case 0x2000...0x200A: return " "
    case 0x2070, 0x2074...0x2079: return Unicode.Scalar(0x30 + scalar.value - 0x2070) ?? "?"
    case 0x2080...0x2089: return Unicode.Scalar(0x30 + scalar.value - 0x2080) ?? "?"
    // Symbols for control characters.
    case 0x2400...0x2426: return "^"
    case 0x2500...0x257F: return lines(scalar)
    case 0x2580...0x259F: return "#"
    // The blocks that contain Latin letters with diacritics.
    case 0xC0...0x24F, 0x1E00...0x1EFF, 0x2C60...0x2C7F: return letter(scalar) ?? "?"
    default: return "?"
    }
  }

  private static let table: [Unicode.Scalar: Unicode.Scalar] = [
    "\u{A0}": " ", "‘": "'", "’": "'", "“": "\"", "”": "\"", "«": "<", "»": ">", "‹": "<",
    "›": ">",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "~", "·": "-", "•": "*", "‣": "*",
    "◦": "*", "。": ".",
    "→": ">", "▴": "^", "◇": "+", "←": "<", "↑": "^", "↓": "v", "×": "x", "÷": "/", "µ": "u",
    "μ": "u", "▸": ">", "▶": ">", "◀": "<", "■": "#", "●": "*", "○": "o", "▒": "%", "░": "%",
    "▓": "%", "✓": "v",
    "‖": "|", "¦": "|", "„": "\"", "‚": "'", "′": "'", "″": "\"", "‒": "-", "―": "-", "⁃": "-",
    "∙": "*", "⋅": "-", "∗": "*", "∕": "/", "⁄": "/", "∶": ":", "⇒": ">", "⇐": "<", "⟶": ">",
    "⟵": "<", "↔": "-",
    "↳": ">", "✔": "v", "✘": "x", "◆": "*", "★": "*", "▪": "*", "□": "o", "▷": ">", "◁": "<",
    "△": "^", "▽": "v", "\u{202F}": " ", "\u{3000}": " ",
    "¹": "1", "²": "2", "³": "3", "ⁿ": "n", "⁺": "+", "⁻": "-", "₊": "+", "₋": "-",
    "⁼": "=", "₌": "=", "⁽": "(", "⁾": ")", "₍": "(", "₎": ")",
    "✗": "x", "▲": "^", "▼": "v", "◌": "o", "≤": "<", "≥": ">", "≠": "#", "≈": "~",
  ]

  private static func lines(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "─", "━", "┄", "┅", "┈", "┉", "╌", "╍", "═": "-"
    case "│", "┃", "┆", "┇", "┊", "┋", "╎", "╏", "║": "|"
    default: "+"
    }
  }

  /// The base letter of a Latin letter with a diacritic, from its Unicode name.
  private static func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard let name = scalar.properties.name else { return nil }
    let words = name.split(separator: " ")
    guard words.count > 3, words[0] == "LATIN", words[2] == "LETTER", words[3].count == 1,
      let letter = words[3].unicodeScalars.first
    else { return nil }
    return words[1] == "SMALL" ? letter.properties.lowercaseMapping.unicodeScalars.first : letter
  }
}
