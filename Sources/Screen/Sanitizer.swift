/// Makes any text safe to display: nothing in it can steer a terminal, hide, or turn text round.
///
/// Control characters become visible signs, and invisible or unassigned ones are named, as
/// `‹U+202E›`. Every text that reaches a cell passes here, and so must headless output.
public enum Sanitizer {
  /// What becomes of "\n" (and "\r\n").
  public enum Newlines: Sendable {
    case kept, visible
  }

  /// Tab stops are this many columns apart.
  public static let tabWidth = 4

  /// The text with everything made visible that is not plainly printable. Applying it twice
  /// changes nothing more. With ASCII glyphs the result is ASCII only.
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

  /// Whether each character makes a cell by itself: such a text is safe as it is.
  static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar.value < 0x7F
        ? scalar.value >= 0x20 : CharacterTable.traits(of: scalar).isPlain
    }
  }

  /// Whether each byte is a printable ASCII character: such a text needs no further look.
  static func isPlainASCII(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  static let zeroWidthJoiner: Unicode.Scalar = "\u{200D}"

  /// A choice between text and emoji form: changes no meaning, and would break the columns.
  static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFE0E || scalar.value == 0xFE0F
  }

  static func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && CharacterTable.traits(of: scalar).isPictograph
  }

  /// A skin colour, which follows the emoji that it changes.
  static func isEmojiModifier(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x1F3FB && scalar.value <= 0x1F3FF
  }
}

extension Sanitizer {
  private struct Writer {
    let newlines: Newlines
    var output = String.UnicodeScalarView()
    private var column = 0
    private var marks = 0
    /// The last character that takes a column, on which marks may stand.
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
