/// The character encoding of a document.
public enum TextEncoding: String, Sendable {
  /// UTF-8, which includes ASCII.
  case utf8 = "UTF-8"
  /// UTF-16 with the low byte first, as on Windows.
  case utf16LittleEndian = "UTF-16 (little-endian)"
  /// UTF-16 with the high byte first.
  case utf16BigEndian = "UTF-16 (big-endian)"
  /// UTF-32 with the lowest byte first.
  case utf32LittleEndian = "UTF-32 (little-endian)"
  /// UTF-32 with the highest byte first.
  case utf32BigEndian = "UTF-32 (big-endian)"
  /// Windows-1252, the usual encoding of older western documents. It includes Latin-1's letters.
  case windows1252 = "Windows-1252"
}

extension TextEncoding {
  /// The encoding and length of the byte order mark at the start, or nil if there is none.
  static func byteOrderMark(of bytes: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
    let marks: [([UInt8], TextEncoding)] = [
      ([0xEF, 0xBB, 0xBF], .utf8), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
      // Check this before UTF-16, whose mark is a prefix of it.
      ([0xFF, 0xFE, 0, 0], .utf32LittleEndian), ([0xFF, 0xFE], .utf16LittleEndian),
      ([0xFE, 0xFF], .utf16BigEndian),
    ]
    let found = marks.first { mark, encoding in
      bytes.starts(with: mark)
        && (encoding != .utf32LittleEndian || bytes.count.isMultiple(of: 4))
    }
    return found.map { ($0.1, $0.0.count) }
  }

  /// The most bytes that detection looks at.
  static let sample = 65_536

  /// Detects UTF-16 without a byte order mark, or returns nil.
  ///
  /// One byte of each western character, digit, space and newline is 0, always the same one.
  static func unmarkedUTF16(in bytes: [UInt8]) -> TextEncoding? {
    let count = min(bytes.count, sample) / 2
    guard count >= 2 else { return nil }
    var zeros = (first: 0, second: 0)
    for index in 0..<count {
      if bytes[2 * index] == 0 { zeros.first += 1 }
      if bytes[2 * index + 1] == 0 { zeros.second += 1 }
    }
    // In other scripts only spaces and digits have zeros, so a short text needs more of them.
    let isMany = { (zeros: Int, others: Int) in
      zeros * (count < 32 ? 2 : 8) > count && others * 8 <= zeros
    }
    if isMany(zeros.second, zeros.first) { return .utf16LittleEndian }
    return isMany(zeros.first, zeros.second) ? .utf16BigEndian : nil
  }

  /// Whether bytes that are not valid UTF-8 are likely Windows-1252. Then almost none of the
  /// non-ASCII bytes form valid UTF-8, and most are letters or quotation marks next to ASCII letters.
  static func isWindows1252(_ bytes: [UInt8]) -> Bool {
    var valid = 0
    var invalid = 0
    var evidence = 0
    var index = 0
    let end = bytes.count
    while index < end, invalid < 10_000 {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        index += 1
        continue
      }
      let length = sequenceLength(bytes, at: index)
      guard length == 0 else {
        valid += 1
        index += length
        continue
      }
      invalid += 1
      let isBesideLetter =
        index > 0 && isLetter(bytes[index - 1]) || index + 1 < end && isLetter(bytes[index + 1])
      if isBesideLetter, isLikely(byte) { evidence += 1 }
      index += 1
    }
    return evidence * 2 > invalid && valid * 4 <= invalid
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Whether a byte is an accented letter, a quotation mark, a dash or an ellipsis. Excludes bytes
  /// that are more often part of a broken UTF-8 sequence.
  private static func isLikely(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xC2, 0xC3, 0xD7, 0xF7, 0xFE, 0xFF: false
    case 0xC0...0xFD, 0x85, 0x91...0x97: true
    default: false
    }
  }

  /// The length of the multibyte UTF-8 sequence at an index, or 0 if there is none.
  private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
    let length =
      switch bytes[index] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, index + length <= bytes.count else { return 0 }
    return bytes[(index + 1)..<(index + length)].allSatisfy { $0 & 0xC0 == 0x80 } ? length : 0
  }

  /// The characters of Windows-1252 from 0x80 to 0x9F. Undefined ones are control characters, as in
  /// Latin-1.
  static let windows1252High: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}
