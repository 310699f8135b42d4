/// Makes any text safe to display: it cannot control the terminal, hide, or reverse other text.
///
/// Control characters become visible symbols. Invisible and unassigned characters become their
/// code points, such as `‹U+202E›`. Two kinds of invisible characters are parts of words, and are not
/// named: joiners stay between letters of scripts that need them, and marks that only guide a
/// program, such as a soft hyphen, are dropped. All text in cells and all headless output goes
/// through here.
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

  /// Makes a text safe for lines in ASCII. Unlike `displaySafe`, it spells out the ellipsis, because a
  /// replacement of one column would read as something else.
  public static func asciiText(_ text: String, newlines: Newlines = .kept) -> String {
    if isPlainASCII(text) { return text }
    var spelled = ""
    for character in text { spelled += character == "…" ? "..." : String(character) }
    return displaySafe(spelled, newlines: newlines, glyphs: .ascii)
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

  /// Whether a character joins its neighbours or keeps them apart.
  static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x200C || scalar.value == 0x200D
  }

  /// Whether a character only selects text or emoji form. It would break the column count.
  static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFE0E || scalar.value == 0xFE0F
  }

  /// Whether a character selects a form of the one before it in Chinese, Japanese, Mongolian or
  /// mathematics. Terminals show the usual form.
  fileprivate static func isOtherSelector(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xFE00...0xFE0D, 0x180B...0x180D, 0x180F, 0xE0100...0xE01EF: true
    default: false
    }
  }

  /// Whether a character guides a program that sets a text, and is no sign of its own: where a word
  /// may or may not break, and which direction it has. Between words, a direction could reorder the
  /// line.
  fileprivate static func isGuide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x34F, 0x61C, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF: true
    default: false
    }
  }

  /// Whether a joiner beside a character can change its form. That is so in Arabic and Indic scripts
  /// and those related to them.
  fileprivate static func isJoinable(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x600 else { return false }
    switch scalar.properties.generalCategory {
    case .otherLetter, .nonspacingMark, .spacingMark, .modifierLetter: return true
    default: return false
    }
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
    /// Whether the base has a selector of its form.
    private var hasSelector = false
    /// The number of tags after the base.
    private var tags = 0

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
      if Sanitizer.isGuide(scalar) { return }
      if Sanitizer.isVariationSelector(scalar) || Sanitizer.isOtherSelector(scalar) {
        return selector(scalar)
      }
      if Sanitizer.isJoiner(scalar) { return joiner(scalar, next: next) }
      // The flags of some countries spell their names in invisible tags.
      if base == "\u{1F3F4}", (0xE0030...0xE007F).contains(scalar.value), tags < 7 {
        tags += 1
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

    /// Keeps the selector of an emoji's form. Only one selector is accepted, because many could hide
    /// a message.
    private mutating func selector(_ scalar: Unicode.Scalar) {
      guard base != nil, base != " ", !hasSelector else { return named(scalar) }
      hasSelector = true
      if Sanitizer.isVariationSelector(scalar) { output.append(scalar) }
    }

    /// Keeps a joiner inside a word or an emoji, and drops any other.
    private mutating func joiner(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) {
      guard let base, let next else { return }
      if Sanitizer.isPictograph(base), Sanitizer.isPictograph(next) {
        if scalar == Sanitizer.zeroWidthJoiner { output.append(scalar) }
      } else if Sanitizer.isJoinable(base), Sanitizer.isJoinable(next) {
        mark(scalar)
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
      tags = 0
      hasSelector = false
      base = scalar
    }
  }
}
