/// Why a document is not read at all.
public enum DocumentError: Error, Sendable, Equatable {
  /// The document is longer than what is taken of one; both sizes in bytes.
  case tooLarge(file: String, bytes: Int, limit: Int)
  /// The parser ran out of memory.
  case outOfMemory(file: String)
  /// The file holds something else than text: `what` names it, as in "a PNG picture".
  case notText(file: String, what: String)
}

extension DocumentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooLarge(let file, let bytes, let limit):
      "\(file) has \(ByteCount.text(bytes)), more than the \(ByteCount.text(limit)) "
        + "that are taken; split it"
    case .outOfMemory(let file):
      "\(file) needs more memory to parse than there is; split it"
    case .notText(let file, let what):
      "\(file) is \(what), not a document"
    }
  }
}
