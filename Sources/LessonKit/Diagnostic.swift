/// What is wrong with a document and where, in the form that editors jump to.
public struct Diagnostic: Sendable, Equatable {
  /// How much a finding weighs.
  public enum Severity: String, Sendable, CaseIterable {
    /// A learner will meet something that does not work.
    case error
    /// Something that is likely meant otherwise.
    case warning
    /// Worth knowing, and often right as it is.
    case hint
  }

  /// The document's name as it was given.
  public let file: String
  /// Line and column, both from 1; the column counts bytes.
  public let line: Int
  /// The byte in the line at which the trouble begins, from 1.
  public let column: Int
  /// How much it weighs.
  public let severity: Severity
  /// What is wrong and what to do, without a full stop.
  public let message: String

  /// Points at a place in a document; without a column, at the beginning of the line.
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
  /// `file:line:column: message`, with the severity before the message where it is no error.
  public var description: String {
    let word = severity == .error ? "" : "\(severity.rawValue): "
    return "\(file):\(line):\(column): \(word)\(message)"
  }
}
