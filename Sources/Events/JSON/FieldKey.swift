/// A name packed into two integers, so that names of fields, kinds and words compare quickly.
///
/// Exact up to 16 bytes. No name of this schema is longer.
struct FieldKey: Equatable, BitwiseCopyable, Sendable {
  static let maxCount = 16

  private var high: UInt64 = 0
  private var low: UInt64 = 0
  /// The length of the name, which keeps a longer name from matching its last 16 bytes.
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

  var hash: UInt64 {
    ((low ^ high) &* 0x9E37_79B9_7F4A_7C15) >> 32
  }
}

/// A hash table from names to numbers, looked up without creating a string.
struct KeyTable: Sendable {
  private var keys: [FieldKey]
  /// Negative if the place is free.
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
      precondition(key.count <= FieldKey.maxCount, "\(name) is too long for a key")
      var place = Int(key.hash) & mask
      while values[place] >= 0 { place = (place + 1) & mask }
      keys[place] = key
      values[place] = Int16(value)
    }
  }

  /// The number of a name, or nil if the table does not have it.
  subscript(key: FieldKey) -> UInt8? {
    var place = Int(key.hash) & mask
    while values[place] >= 0 {
      if keys[place] == key { return UInt8(truncatingIfNeeded: values[place]) }
      place = (place + 1) & mask
    }
    return nil
  }
}
