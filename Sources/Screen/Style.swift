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
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = Flags(rawValue: 1)
    public static let italic = Flags(rawValue: 2)
    public static let underline = Flags(rawValue: 4)
    public static let reverse = Flags(rawValue: 8)
  }

  public var role: Role
  /// What is added to the look of the role.
  public var flags: Flags

  public init(_ role: Role = .text, _ flags: Flags = []) {
    self.role = role
    self.flags = flags
  }

  /// The same meaning with more emphasis.
  public func adding(_ flags: Flags) -> Style { Style(role, self.flags.union(flags)) }

  public static let text = Style(.text)
  public static let muted = Style(.muted)
  public static let heading = Style(.heading)
  public static let strong = Style(.strong)
  public static let emphasis = Style(.emphasis)
  public static let link = Style(.link)
  public static let code = Style(.code)
  public static let keyword = Style(.keyword)
  public static let string = Style(.string)
  public static let comment = Style(.comment)
  public static let number = Style(.number)
  public static let function = Style(.function)
  public static let question = Style(.question)
  public static let border = Style(.border)
  public static let focusBorder = Style(.focusBorder)
  public static let title = Style(.title)
  public static let key = Style(.key)
  public static let notice = Style(.notice)
  public static let success = Style(.success)
  public static let warning = Style(.warning)
  public static let failure = Style(.failure)
  public static let selection = Style(.selection)
  public static let lit = Style(.lit)
  /// The colour by which an actor is known in every pane.
  public static func actor(_ number: Int) -> Style { Style(.actor(number)) }
}
