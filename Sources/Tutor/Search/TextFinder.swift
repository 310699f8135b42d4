/// Finds a text, ignoring case unless the query has a capital letter, and with any white space
/// between the words.
package struct TextFinder: Sendable, Equatable {
  private let needle: [UInt32]
  private let isCaseSensitive: Bool

  /// Nil for an empty query.
  package init?(_ query: String) {
    guard !query.isEmpty else { return nil }
    self.init(query, isCaseSensitive: Self.hasCapital(query))
  }

  private init(_ text: String, isCaseSensitive: Bool) {
    self.isCaseSensitive = isCaseSensitive
    needle = text.unicodeScalars.map { Self.fold($0.value, isCaseSensitive) }
  }

  /// A finder for each word of a query, for matches in any order. A capital letter in one word counts
  /// for all.
  package static func words(of query: String) -> [TextFinder] {
    let isCaseSensitive = hasCapital(query)
    return query.split(whereSeparator: \.isWhitespace)
      .map { TextFinder(String($0), isCaseSensitive: isCaseSensitive) }
  }

  private static func hasCapital(_ query: String) -> Bool { query.contains { $0.isUppercase } }

  /// Whether a text contains a match.
  package func isFound(in text: String) -> Bool { !ranges(in: text).isEmpty }

  /// The matches in a text, as ranges of Unicode scalars that do not overlap.
  func ranges(in text: String) -> [Range<Int>] {
    ranges(in: text.unicodeScalars.map(\.value))
  }

  /// The matches in a text of scalar values. The time is linear, except for texts that repeat the
  /// beginning of the query.
  func ranges(in text: [UInt32]) -> [Range<Int>] {
    guard let first = needle.first, text.count >= needle.count else { return [] }
    var ranges: [Range<Int>] = []
    var index = 0
    let last = text.count - needle.count
    while index <= last {
      if Self.fold(text[index], isCaseSensitive) == first, isFound(in: text, at: index) {
        ranges.append(index..<index + needle.count)
        index += needle.count
      } else {
        index += 1
      }
    }
    return ranges
  }

  private func isFound(in text: [UInt32], at index: Int) -> Bool {
    for place in 1..<max(1, needle.count)
    where Self.fold(text[index + place], isCaseSensitive) != needle[place] {
      return false
    }
    return true
  }

  /// Maps one scalar to one scalar, so that positions stay the same.
  private static func fold(_ value: UInt32, _ isCaseSensitive: Bool) -> UInt32 {
    if value < 0x80 {
      if value <= 0x20 { return 0x20 }
      return !isCaseSensitive && value >= 0x41 && value <= 0x5A ? value + 0x20 : value
    }
    if value == 0xA0 || value == 0x2028 { return 0x20 }
    guard !isCaseSensitive, let scalar = Unicode.Scalar(value) else { return value }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first?.value ?? value : value
  }
}
