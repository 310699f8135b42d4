/// The meaning of a piece of text. A `Theme` decides how it looks.
public struct Style: Hashable, Sendable {
  /// The kind of a text. A theme derives its colour from it.
  public enum Role: Hashable, Sendable {
    case text, muted, heading, strong, emphasis, link
    case code, keyword, string, comment, number, function
    case question, border, focusBorder, title
    /// A key name in the footer and the help.
    case key
    case notice, success, warning, failure
    case selection
    /// The latest change, highlighted for a moment.
    case lit
    /// A thread or process, by its number from 0: A, B, C …
    case actor(Int)
  }

  /// The attributes of a text besides its colour.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// One bit for each flag.
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Bold text.
    public static let bold = Flags(rawValue: 1)
    /// Italic text, if the terminal supports it.
    public static let italic = Flags(rawValue: 2)
    /// Underlined text.
    public static let underline = Flags(rawValue: 4)
    /// Foreground and background swapped.
    public static let reverse = Flags(rawValue: 8)
  }

  /// The kind of the text. The theme derives the colour from it.
  public var role: Role
  /// Attributes in addition to those of the role.
  public var flags: Flags

  /// Makes a style from a role and extra attributes.
  public init(_ role: Role = .text, _ flags: Flags = []) {
    self.role = role
    self.flags = flags
  }

  /// The same meaning with more emphasis.
  public func adding(_ flags: Flags) -> Style { Style(role, self.flags.union(flags)) }

  /// Ordinary text, in the terminal's own foreground.
  public static let text = Style(.text)
  /// Text that matters less than its surroundings.
  public static let muted = Style(.muted)
  /// The heading of a section.
  public static let heading = Style(.heading)
  /// Important words, in bold.
  public static let strong = Style(.strong)
  /// Stressed words, in italics.
  public static let emphasis = Style(.emphasis)
  /// A link, underlined.
  public static let link = Style(.link)
  /// Source code among ordinary text.
  public static let code = Style(.code)
  /// In source code, a keyword.
  public static let keyword = Style(.keyword)
  /// In source code, a string literal.
  public static let string = Style(.string)
  /// In source code, a comment.
  public static let comment = Style(.comment)
  /// In source code, a number literal.
  public static let number = Style(.number)
  /// In source code, the name of a function.
  public static let function = Style(.function)
  /// A question to the reader.
  public static let question = Style(.question)
  /// The border of a pane without focus.
  public static let border = Style(.border)
  /// The border of the pane with the focus, in bold so that it is visible without colour.
  public static let focusBorder = Style(.focusBorder)
  /// The title in the top border of a pane.
  public static let title = Style(.title)
  /// A key name in the footer and the help.
  public static let key = Style(.key)
  /// A notice for the reader, underlined.
  public static let notice = Style(.notice)
  /// A success or a true statement.
  public static let success = Style(.success)
  /// A warning, in bold.
  public static let warning = Style(.warning)
  /// A failure or a false statement, bold and underlined.
  public static let failure = Style(.failure)
  /// The selected row of a list, in reverse.
  public static let selection = Style(.selection)
  /// The latest change, highlighted for a moment.
  public static let lit = Style(.lit)
  /// The colour of an actor, the same in every pane.
  public static func actor(_ number: Int) -> Style { Style(.actor(number)) }
}
