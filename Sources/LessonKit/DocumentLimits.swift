/// How much of a document is taken before it could cost more than reading it is worth.
public struct DocumentLimits: Sendable, Equatable {
  /// The longest document that is parsed, in bytes of UTF-8.
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

  /// For documents that a person opens: what is longer than this is shown as it stands.
  public static var opened: DocumentLimits {
    var limits = DocumentLimits()
    limits.bytes = 4_194_304
    limits.cells = 60_000
    return limits
  }
}
