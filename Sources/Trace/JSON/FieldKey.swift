/// A field's name as one number, so that a line's keys are told apart by a comparison each.
///
/// Names of up to 15 bytes are exact; a longer one is no field of this schema.
struct FieldKey: Equatable, Sendable {
  private var packed: UInt128 = 0
  private var count: UInt128 = 0

  init() {}

  init(_ name: String) {
    for byte in name.utf8 { append(byte) }
  }

  mutating func append(_ byte: UInt8) {
    count += 1
    packed = count > 15 ? .max : packed << 8 | UInt128(byte)
  }

  static func == (left: FieldKey, right: FieldKey) -> Bool {
    left.packed == right.packed && left.count == right.count
  }

  static let seq = FieldKey("seq")
  static let time = FieldKey("t")
  static let pid = FieldKey("pid")
  static let tid = FieldKey("tid")
  static let actor = FieldKey("actor")
  static let kind = FieldKey("kind")
  static let object = FieldKey("object")
  static let line = FieldKey("line")
  static let cores = FieldKey("cores")
}
