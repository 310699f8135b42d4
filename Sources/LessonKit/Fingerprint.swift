/// Tells contents apart by a number, the same each time the program runs.
public enum Fingerprint {
  /// The number of these bytes (FNV-1a, 64 bits).
  public static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

extension String {
  /// The text, or where it has more bytes than that as much of its beginning as fits with its
  /// fingerprint: a name that is still one of its own.
  public func name(ofBytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    let mark = "…" + String(Fingerprint.of(utf8), radix: 16)
    var end = utf8.index(startIndex, offsetBy: max(0, limit - mark.utf8.count))
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return self[..<end] + mark
  }
}
