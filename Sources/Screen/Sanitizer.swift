/// Makes any text safe to display: it cannot control the terminal, hide, or reverse other text.
///
/// Control characters become visible symbols. Invisible and unassigned characters become their
/// code points, such as `‹U+202E›`. All text in cells and all headless output goes through here.
public enum Sanitizer {
  /// The treatment of "\n" and "\r\n": keep them, or replace them by a visible symbol.
  public enum Newlines: Sendable {
    case kept, visible
  }

  /// The columns from one tab stop to the next.
  static let tabWidth = 4

  /// Makes all characters of a text visible. The function is idempotent. With ASCII glyphs the
  /// result is pure ASCII.
  public static func displaySafe(
    _ text: String, newlines: Newlines = .kept, glyphs: Glyphs = .unicode
  ) -> String {
    if isPlainASCII(text) { return text }
    let safe = isPlain(text) ? text : cleaned(text, newlines)
    return glyphs.isASCII ? ASCIITwin.text(of: safe) : safe
  }

  private static func cleaned(_ text: String, _ newlines: Newlines) -> String {
    var writer = Writer(newlines: newlines)
    let scalars = Array(text.unicodeScalars)
    for index in scalars.indices {
      writer.append(scalars[index], next: index + 1 < scalars.count ? scalars[index + 1] : nil)
    }
    return String(writer.output)
  }

  /// Whether each character makes a cell of its own. Such a text is already safe.
  static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar.value < 0x7F
        ? scalar.value >= 0x20 : CharacterTable.traits(of: scalar).isPlain
    }
  }

  /// Whether each byte is a printable ASCII character. Such a text needs no further check.
  static func isPlainASCII(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  static let zeroWidthJoiner: Unicode.Scalar = "\u{200D}"

  /// Whether a character only selects text or emoji form. It would break the column count.
  static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFE0E || scalar.value == 0xFE0F
  }

  static func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && CharacterTable.traits(of: scalar).isPictograph
  }

  /// Whether a character is a skin tone, which modifies the emoji before it.
  static func isEmojiModifier(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x1F3FB && scalar.value <= 0x1F3FF
  }
}

extension Sanitizer {
  /// A text that is safe to paste elsewhere, such as into a shell. It keeps tabs, turns line ends
  /// into "\n", and drops all other control characters.
  public static func pasteSafe(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r": output.append("\n")
      case "\t": output.append(scalar)
      default:
        if scalar.properties.generalCategory != .control { output.append(scalar) }
      }
      previous = scalar
    }
    return String(output)
  }
}

extension Sanitizer {
  private struct Writer {
    let newlines: Newlines
    var output = String.UnicodeScalarView()
    private var column = 0
    private var marks = 0
    /// The last character with a width. Combining marks attach to it.
    private var base: Unicode.Scalar?

    init(newlines: Newlines) {
      self.newlines = newlines
    }

    mutating func append(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) {
      switch scalar.value {
      case 0x20..<0x7F:
        place(scalar, columns: 1)
      case 0x0A where newlines == .kept:
        output.append(scalar)
        base = nil
        column = 0
      case 0x0D where newlines == .kept && next == "\n":
        break
      case 0x09:
        let spaces = Sanitizer.tabWidth - column % Sanitizer.tabWidth
        for _ in 0..<spaces { place(" ", columns: 1) }
      case 0..<0x20, 0x7F:
        control(scalar)
      default:
        other(scalar, next: next)
      }
    }

    private mutating func control(_ scalar: Unicode.Scalar) {
      let picture = scalar.value == 0x7F ? 0x2421 : 0x2400 + scalar.value
      place(Unicode.Scalar(picture) ?? "?", columns: 1)
      base = nil
    }

    private mutating func other(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) {
      if Sanitizer.isVariationSelector(scalar) {
        if base == nil || base == " " { named(scalar) } else { output.append(scalar) }
        return
      }
      if scalar == Sanitizer.zeroWidthJoiner, let base, Sanitizer.isPictograph(base), let next,
        Sanitizer.isPictograph(next)
      {
        output.append(scalar)
        return
      }
      let traits = CharacterTable.traits(of: scalar)
      if traits.isInvisible { return named(scalar) }
      switch traits.columns {
      case ..<0: named(scalar)
      case 0: mark(scalar)
      case let columns: place(scalar, columns: columns)
      }
    }

    private mutating func mark(_ scalar: Unicode.Scalar) {
      if base == nil { place("\u{25CC}", columns: 1) }
      guard marks < Cell.maximumMarks else { return }
      marks += 1
      output.append(scalar)
    }

    private mutating func named(_ scalar: Unicode.Scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      for scalar in "‹U+\(padded)›".unicodeScalars { place(scalar, columns: 1) }
      base = nil
    }

    private mutating func place(_ scalar: Unicode.Scalar, columns: Int) {
      output.append(scalar)
      column += columns
      marks = 0
      base = scalar
    }
  }
}
