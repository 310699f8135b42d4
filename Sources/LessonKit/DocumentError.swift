/// Why a document is not read at all.
public enum DocumentError: Error, Sendable, Equatable {
  /// The document is longer than is safe to parse here; both sizes in bytes.
  case tooLarge(file: String, bytes: Int, limit: Int)
  /// The parser ran out of memory.
  case outOfMemory(file: String)
}

extension DocumentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooLarge(let file, let bytes, let limit):
      "\(file) has \(bytes) bytes, more than the \(limit) that a lesson may have; split it"
    case .outOfMemory(let file):
      "\(file) needs more memory to parse than there is"
    }
  }
}

/// How much of a document is taken before it could cost more than reading it is worth.
public struct DocumentLimits: Sendable, Equatable {
  /// The longest document, in bytes of UTF-8.
  public var bytes = 65_536
  /// The deepest nesting of the value tree; what lies deeper is kept as text.
  public var nesting = 32
  /// The most cells that the tables of one document may be completed to.
  public var cells = 20_000
  /// The most bytes that references to the document's link definitions may repeat: the parser
  /// copies a definition's address for each of them.
  public var referenceBytes = 8_388_608

  /// The limits that suit an ordinary lesson; change those that should differ.
  public init() {}
}
