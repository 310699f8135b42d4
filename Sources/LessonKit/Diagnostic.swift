/// A problem at a place in a document, in the format that editors can jump to.
public struct Diagnostic: Sendable, Equatable {
  /// The severity of a problem.
  public enum Severity: String, Sendable, CaseIterable {
    /// Something does not work for the learner.
    case error
    /// Something is probably a mistake.
    case warning
    /// Something is worth knowing but often right.
    case hint
  }

  /// The name of the document, as given.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column in bytes, from 1.
  public let column: Int
  /// The severity of the problem.
  public let severity: Severity
  /// The problem and what to do, without a full stop.
  public let message: String

  /// Makes a diagnostic, by default for the start of a line.
  public init(
    file: String, line: Int, column: Int = 1, severity: Severity = .warning, message: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.severity = severity
    self.message = message
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: message`, with the severity before the message unless it is an error.
  public var description: String {
    let word = severity == .error ? "" : "\(severity.rawValue): "
    return "\(file):\(line):\(column): \(word)\(message)"
  }
}
