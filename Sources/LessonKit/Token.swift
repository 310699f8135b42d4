/// A stretch of one line of code that is shown in one style.
public struct Token: Sendable, Equatable {
  /// What a stretch of code is, for a theme to colour.
  public enum Kind: Sendable, Equatable, CaseIterable {
    case keyword, builtin, string, comment, number
    /// A name where it is defined or called.
    case function
    case `operator`
    /// Other names, spaces, and whatever is not Python.
    case plain
  }

  /// The characters of the stretch, exactly as they stand in the line.
  public let text: String
  /// What the stretch is, which decides its colour.
  public let kind: Kind

  /// A stretch of code and what it is.
  public init(_ text: String, _ kind: Kind) {
    self.text = text
    self.kind = kind
  }
}
