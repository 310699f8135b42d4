/// Finds a text as a reader means it: whatever the case, unless a capital was typed, and whatever
/// white space stands between the words.
struct TextFinder: Sendable, Equatable {
  private let needle: [UInt32]
  private let isCaseSensitive: Bool

  /// Nil where there is nothing to find.
  init?(_ query: String) {
    guard !query.isEmpty else { return nil }
    isCaseSensitive = query.contains { $0.isUppercase }
    needle = Self.folded(query, isCaseSensitive: isCaseSensitive)
  }

  /// Where the text is found, as ranges of its Unicode scalars, none within another.
  func ranges(in text: String) -> [Range<Int>] {
    ranges(in: Self.folded(text, isCaseSensitive: isCaseSensitive))
  }

  /// Where it is found in a text that this finder folded.
  func ranges(in text: [UInt32]) -> [Range<Int>] {
    guard let first = needle.first, text.count >= needle.count else { return [] }
    var ranges: [Range<Int>] = []
    var index = 0
    let last = text.count - needle.count
    while index <= last {
      if text[index] == first,
        (1..<needle.count).allSatisfy({ text[index + $0] == needle[$0] })
      {
        ranges.append(index..<index + needle.count)
        index += needle.count
      } else {
        index += 1
      }
    }
    return ranges
  }

  /// The text for this finder to look through, to be kept where it is looked through often.
  func fold(_ text: String) -> [UInt32] {
    Self.folded(text, isCaseSensitive: isCaseSensitive)
  }

  private static func folded(_ text: String, isCaseSensitive: Bool) -> [UInt32] {
    text.unicodeScalars.map { scalar in
      let value = scalar.value
      if value < 0x80 {
        if value <= 0x20 { return 0x20 }
        return !isCaseSensitive && (0x41...0x5A).contains(value) ? value + 0x20 : value
      }
      if value == 0xA0 || value == 0x2028 { return 0x20 }
      guard !isCaseSensitive else { return value }
      // One scalar for one, so that places in the folded text are places in the text.
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      return lower.count == 1 ? lower.first?.value ?? value : value
    }
  }
}
