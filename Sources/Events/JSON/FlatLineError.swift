/// Why a line is no event: what is wrong with it, and where.
public struct FlatLineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong with the line.
  public enum Problem: Equatable, Sendable {
    /// Something else stands here than JSON has in this place.
    case expected(String)
    /// A string without its end, or the line ends before its object does.
    case unfinished
    /// A control character that a string may not hold as it is.
    case controlCharacter
    case badEscape
    /// More than `FlatLineScanner.greatestDepth` arrays and objects in one another.
    case tooDeep
    /// The number has no integer form or does not fit the field.
    case outOfRange(field: String)
    /// A header field that every event has, and this one has not.
    case missing(field: String)
  }

  /// What keeps the line from being an event.
  public let problem: Problem
  /// The byte, from 1.
  public let column: Int

  public var description: String {
    let what =
      switch problem {
      case .expected(let what): "expected \(what)"
      case .unfinished: "the line ends too early"
      case .controlCharacter: "a control character in a string must be escaped"
      case .badEscape: "no such escape"
      case .tooDeep: "too many arrays and objects in one another"
      case .outOfRange(let field): "\(field) is out of range"
      case .missing(let field): "the event has no \(field)"
      }
    return "column \(column): \(what)"
  }
}
