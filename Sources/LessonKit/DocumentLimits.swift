/// Limits for a document, so that a hostile one cannot use too much time or memory.
public struct DocumentLimits: Sendable, Equatable {
  /// The largest document that is parsed, in bytes of UTF-8.
  public var bytes = 65_536
  /// The deepest nesting of blocks. Deeper content becomes text.
  public var nesting = 32
  /// The most cells in the tables of one document, including the empty ones that complete rows.
  public var cells = 20_000
  /// The most bytes for link references. The parser copies the definition's address for each one.
  public var referenceBytes = 8_388_608

  /// Makes the limits for an ordinary lesson.
  public init() {}

  /// The limits for documents that a user opens. Larger ones are shown verbatim.
  public static var opened: DocumentLimits {
    var limits = DocumentLimits()
    limits.bytes = 4_194_304
    limits.cells = 60_000
    return limits
  }
}
