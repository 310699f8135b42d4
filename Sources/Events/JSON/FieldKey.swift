/// A name as one number, so that the fields, kinds and words of a line are told apart by a
/// comparison each.
///
/// Names of up to 16 bytes are exact; a longer one is none of this schema.
struct FieldKey: Equatable, BitwiseCopyable, Sendable {
  static let greatestCount = 16

  private var high: UInt64 = 0
  private var low: UInt64 = 0
  /// Of all bytes, so that a longer name is never taken for its end.
  private(set) var count = 0

  init() {}

  init(_ name: String) {
    for byte in name.utf8 { append(byte) }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    high = high &<< 8 | low &>> 56
    low = low &<< 8 | UInt64(byte)
    count &+= 1
  }

  /// A number that differs between most names.
  var hash: UInt64 {
    ((low ^ high) &* 0x9E37_79B9_7F4A_7C15) >> 32
  }
}

/// Numbers by names: a closed vocabulary, looked up without making a string.
struct KeyTable: Sendable {
  private var keys: [FieldKey]
  /// Negative where the place is free.
  private var values: [Int16]
  private let mask: Int

  init(_ names: some Collection<(name: String, value: UInt8)>) {
    var capacity = 8
    while capacity < names.count * 4 { capacity *= 2 }
    keys = Array(repeating: FieldKey(), count: capacity)
    values = Array(repeating: -1, count: capacity)
    mask = capacity - 1
    for (name, value) in names {
      let key = FieldKey(name)
      precondition(key.count <= FieldKey.greatestCount, "\(name) is too long for a key")
      var place = Int(key.hash) & mask
      while values[place] >= 0 { place = (place + 1) & mask }
      keys[place] = key
      values[place] = Int16(value)
    }
  }

  /// The number of a name; nil for one that is not in the table.
  subscript(key: FieldKey) -> UInt8? {
    var place = Int(key.hash) & mask
    while values[place] >= 0 {
      if keys[place] == key { return UInt8(truncatingIfNeeded: values[place]) }
      place = (place + 1) & mask
    }
    return nil
  }
}
