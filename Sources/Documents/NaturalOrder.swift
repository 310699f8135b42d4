import SystemPackage

/// The order in which people expect names: numbers by value, upper case like lower case.
enum NaturalOrder {
  /// Whether a document comes before another, by their paths in the same folder. In each folder,
  /// README and index come first.
  static func isBefore(_ first: FilePath, _ second: FilePath) -> Bool {
    let (left, right) = (Array(first.components), Array(second.components))
    for (one, other) in zip(left, right) where one != other {
      if opensFolder(one) != opensFolder(other) { return opensFolder(one) }
      return isBefore(bytes(one), bytes(other))
    }
    return left.count < right.count
  }

  static func bytes(_ component: FilePath.Component) -> [UInt8] {
    component.withPlatformString { Array(String(cString: $0).utf8) }
  }

  private static func opensFolder(_ component: FilePath.Component) -> Bool {
    let stem = component.stem.lowercased()
    return stem == "readme" || stem == "index"
  }

  static func isBefore(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    var (left, right) = (first[...], second[...])
    while let one = left.first, let other = right.first {
      if isDigit(one), isDigit(other) {
        let (number, against) = (takeNumber(&left), takeNumber(&right))
        if number.count != against.count { return number.count < against.count }
        if number != against { return number.lexicographicallyPrecedes(against) }
      } else {
        let (letter, against) = (lowered(one), lowered(other))
        if letter != against { return letter < against }
        left.removeFirst()
        right.removeFirst()
      }
    }
    if left.isEmpty != right.isEmpty { return left.isEmpty }
    // Equal to a person: any order will do, if it is always the same.
    return first.lexicographicallyPrecedes(second)
  }

  /// Takes the digits at the start, without leading zeros.
  private static func takeNumber(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = text.prefix { isDigit($0) }
    text = text.dropFirst(digits.count)
    return digits.drop { $0 == UInt8(ascii: "0") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
  }
}
