/// Why a line of JSON is not an event: the problem and its place.
public struct EventLineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The problem with the line.
  public enum Problem: Equatable, Sendable {
    /// JSON or the schema needs something else here.
    case expected(String)
    /// The line ends within a string or within its object.
    case unfinished
    /// A control character in a string that is not escaped.
    case controlCharacter
    case badEscape
    /// Arrays and objects are nested deeper than `EventLineScanner.maxDepth`.
    case tooDeep
    /// The number is not an integer or does not fit the field.
    case outOfRange(field: String)
    /// A required header field is missing.
    case missing(field: String)
  }

  /// What is wrong.
  public let problem: Problem
  /// The position of the byte, from 1.
  public let column: Int

  public var description: String {
    let what =
      switch problem {
      case .expected(let what): "expected \(what)"
      case .unfinished: "the line ends too early"
      case .controlCharacter: "a control character in a string must be escaped"
      case .badEscape: "unknown escape"
      case .tooDeep: "arrays and objects are nested too deeply"
      case .outOfRange(let field): "\(field) is out of range"
      case .missing(let field): "the event has no \(field)"
      }
    return "column \(column): \(what)"
  }
}
