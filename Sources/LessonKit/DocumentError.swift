/// The reason why a document cannot be read.
public enum DocumentError: Error, Sendable, Equatable {
  /// The document is larger than the limit. Both sizes are in bytes.
  case tooLarge(file: String, bytes: Int, limit: Int)
  /// The parser ran out of memory.
  case outOfMemory(file: String)
  /// The file is not text. `kind` is what it is, such as "a PNG picture".
  case notText(file: String, kind: String)
}

extension DocumentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooLarge(let file, let bytes, let limit):
      "\(file) has \(ByteCount.text(bytes)), more than the limit of \(ByteCount.text(limit)); "
        + "split it"
    case .outOfMemory(let file):
      "there is not enough memory to parse \(file); split it"
    case .notText(let file, let kind):
      "\(file) is \(kind), not a document"
    }
  }
}
