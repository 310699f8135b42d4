/// How wide a text is likely to be, and as much of it as fits.
///
/// Nobody knows which font a viewer has; the widths are those of DejaVu Sans, which is wider than
/// what most have.
enum PictureText {
  /// In pixels, at a font's size in pixels.
  static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + share($1) } * size
  }

  /// How much of the font's size a character takes.
  private static func share(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "'", ".", ",", ":", ";", "|", "!", " ", "·": 0.34
    case "f", "t", "r", "(", ")", "[", "]", "/", "-": 0.42
    case "m", "M", "w", "W", "@", "%", "=", "<", ">", "+", "×", "…": 0.98
    case "A"..."Z", "0"..."9", "_", "#", "&", "?": 0.68
    default: scalar.value < 0x300 ? 0.62 : scalar.value < 0x1100 ? 0.7 : 1.1
    }
  }

  /// The text where it fits, and else its beginning up to the end of a word, with an ellipsis.
  static func fitted(_ text: String, width limit: Double, size: Double) -> String {
    guard width(text, size: size) > limit else { return text }
    var kept = ""
    var used = width("…", size: size)
    for character in text {
      used += width(String(character), size: size)
      if used > limit { break }
      kept.append(character)
    }
    let isWhole = text.dropFirst(kept.count).first.map(isGap) ?? true
    if !isWhole, let gap = kept.lastIndex(where: isGap),
      kept.distance(from: kept.startIndex, to: gap) * 2 > kept.count
    {
      kept = String(kept[..<gap])
    }
    while let last = kept.last, isGap(last) || last == "," { kept.removeLast() }
    return kept + "…"
  }

  private static func isGap(_ character: Character) -> Bool { character == " " }

  /// The text in lines of whole words; what does not fit into so many ends with an ellipsis.
  static func wrapped(_ text: String, width limit: Double, size: Double, lines most: Int)
    -> [String]
  {
    var lines: [String] = []
    var line = ""
    let words = text.split(separator: " ").map(String.init)
    for (index, word) in words.enumerated() {
      let longer = line.isEmpty ? word : line + " " + word
      if line.isEmpty || width(longer, size: size) <= limit {
        line = longer
        continue
      }
      if lines.count + 1 == most {
        line = ([line] + words[index...]).joined(separator: " ")
        break
      }
      lines.append(fitted(line, width: limit, size: size))
      line = word
    }
    if !line.isEmpty { lines.append(fitted(line, width: limit, size: size)) }
    return lines
  }
}
