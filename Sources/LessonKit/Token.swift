/// A part of a line of code with one style.
public struct Token: Sendable, Equatable {
  /// The kind of a token. A theme gives it a colour.
  public enum Kind: Sendable, Equatable, CaseIterable {
    case keyword, builtin, string, comment, number
    /// A name where it is defined or called.
    case function
    case `operator`
    /// Other names, spaces, and text that is not Python.
    case plain
  }

  /// The characters of the token.
  public let text: String
  /// The kind of the token.
  public let kind: Kind

  /// Makes a token.
  public init(_ text: String, _ kind: Kind) {
    self.text = text
    self.kind = kind
  }
}
