/// What is wrong with a document and where, in the form that editors jump to.
public struct Diagnostic: Sendable, Equatable {
  /// The document's name as it was given.
  public let file: String
  /// Line and column, both from 1; the column counts bytes.
  public let line: Int
  /// The byte in the line at which the trouble begins, from 1.
  public let column: Int
  /// What is wrong and what to do, without a full stop.
  public let message: String

  /// Points at a place in a document; without a column, at the beginning of the line.
  public init(file: String, line: Int, column: Int = 1, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }
}

extension Diagnostic: CustomStringConvertible {
  public var description: String { "\(file):\(line):\(column): \(message)" }
}
