/// What a piece of text means; a `Theme` decides how that looks.
public struct Style: Hashable, Sendable {
  /// What a text is, from which a theme makes its colour.
  public enum Role: Hashable, Sendable {
    case text, muted, heading, strong, emphasis, link
    case code, keyword, string, comment, number, function
    case question, border, focusBorder, title
    /// The name of a key in the footer and the help.
    case key
    case notice, success, warning, failure
    case selection
    /// What changed last, lit for a moment.
    case lit
    /// A thread or process, by its number from 0: A, B, C …
    case actor(Int)
  }

  /// What a text has beside its colour.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// One bit for each flag.
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Heavier strokes.
    public static let bold = Flags(rawValue: 1)
    /// Slanted letters, where the terminal has them.
    public static let italic = Flags(rawValue: 2)
    /// A line below the text.
    public static let underline = Flags(rawValue: 4)
    /// Foreground and background exchanged.
    public static let reverse = Flags(rawValue: 8)
  }

  /// What the text is; the theme makes its colour from this.
  public var role: Role
  /// What is added to the look of the role.
  public var flags: Flags

  /// Makes a style from what a text is and, where that is not enough, what to add to its look.
  public init(_ role: Role = .text, _ flags: Flags = []) {
    self.role = role
    self.flags = flags
  }

  /// The same meaning with more emphasis.
  public func adding(_ flags: Flags) -> Style { Style(role, self.flags.union(flags)) }

  /// Ordinary text, in the terminal's own foreground.
  public static let text = Style(.text)
  /// What matters less than the text around it.
  public static let muted = Style(.muted)
  /// The heading of a section.
  public static let heading = Style(.heading)
  /// Words of importance, in bold.
  public static let strong = Style(.strong)
  /// Words that are stressed, in italics.
  public static let emphasis = Style(.emphasis)
  /// A link, underlined.
  public static let link = Style(.link)
  /// Source code among ordinary text.
  public static let code = Style(.code)
  /// In source code, a word reserved by the language.
  public static let keyword = Style(.keyword)
  /// In source code, a string literal.
  public static let string = Style(.string)
  /// In source code, what the compiler skips.
  public static let comment = Style(.comment)
  /// In source code, a number literal.
  public static let number = Style(.number)
  /// In source code, the name of a function.
  public static let function = Style(.function)
  /// A question put to the reader.
  public static let question = Style(.question)
  /// The lines around a pane without focus.
  public static let border = Style(.border)
  /// The lines around the pane that gets the keys, bold so that it stands out without colour too.
  public static let focusBorder = Style(.focusBorder)
  /// The title in the top edge of a pane.
  public static let title = Style(.title)
  /// The name of a key in the footer and the help.
  public static let key = Style(.key)
  /// Something the reader should notice, underlined.
  public static let notice = Style(.notice)
  /// What went well or holds.
  public static let success = Style(.success)
  /// What may go wrong or needs care, in bold.
  public static let warning = Style(.warning)
  /// What went wrong or does not hold, bold and underlined.
  public static let failure = Style(.failure)
  /// The selected row of a list, in reverse.
  public static let selection = Style(.selection)
  /// What changed last, lit for a moment.
  public static let lit = Style(.lit)
  /// The colour by which an actor is known in every pane.
  public static func actor(_ number: Int) -> Style { Style(.actor(number)) }
}
