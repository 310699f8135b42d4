/// A document decoded from bytes in any encoding.
///
/// Invalid bytes become U+FFFD, so nothing is dropped. All newlines become "\n". Form feeds stay.
public struct DecodedText: Sendable, Equatable {
  /// The text, without a byte order mark.
  public let text: String
  /// The encoding of the bytes.
  public let encoding: TextEncoding
  /// Whether some bytes were invalid and became U+FFFD.
  public let isRepaired: Bool

  /// Decodes a document.
  /// - Parameter file: The name of the document, for the error.
  /// - Throws: `DocumentError.notText` for pictures, programs, archives and so on.
  public init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    try Self.checkBeginning(Array(bytes.prefix(Self.telling)), file: file)
    if let (encoding, length) = TextEncoding.byteOrderMark(of: bytes) {
      self.init(bytes[length...], as: encoding)
      return
    }
    if let encoding = TextEncoding.unmarkedUTF16(in: bytes) {
      self.init(bytes[...], as: encoding)
      return
    }
    let isWindows1252 = !Self.isUTF8(bytes) && TextEncoding.isWindows1252(bytes)
    self.init(bytes[...], as: isWindows1252 ? .windows1252 : .utf8)
  }

  /// The most bytes that tell a text from other files. The longest signature and the samples of
  /// `BinaryKind` and `TextEncoding` are in them.
  public static let telling = TextEncoding.sample

  /// Checks the first bytes of a file, so that a large file that is no text need not be read. A file
  /// that passes may still be refused when all of it is known.
  /// - Parameter head: The first `telling` bytes, or all of a shorter file.
  /// - Throws: `DocumentError.notText`.
  public static func checkBeginning(_ head: [UInt8], file: String) throws(DocumentError) {
    if let kind = BinaryKind.of(head) { throw .notText(file: file, kind: kind) }
    guard TextEncoding.byteOrderMark(of: head) == nil,
      TextEncoding.unmarkedUTF16(in: head) == nil, BinaryKind.isBinary(head)
    else { return }
    throw .notText(file: file, kind: "binary data")
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  private init(_ bytes: ArraySlice<UInt8>, as encoding: TextEncoding) {
    self.encoding = encoding
    switch encoding {
    case .utf8:
      (text, isRepaired) = Self.decode(Self.normalizingNewlines(bytes), as: UTF8.self)
    case .utf16LittleEndian, .utf16BigEndian:
      let units: [UInt16] = Self.units(bytes, isLittle: encoding == .utf16LittleEndian)
      let isCut = !bytes.count.isMultiple(of: 2)
      let (text, isRepaired) = Self.decode(Self.normalizingNewlines(units[...]), as: UTF16.self)
      self.text = isCut ? text + "\u{FFFD}" : text
      self.isRepaired = isRepaired || isCut
    case .utf32LittleEndian, .utf32BigEndian:
      let units: [UInt32] = Self.units(bytes, isLittle: encoding == .utf32LittleEndian)
      let isCut = !bytes.count.isMultiple(of: 4)
      let (text, isRepaired) = Self.decode(Self.normalizingNewlines(units[...]), as: UTF32.self)
      self.text = isCut ? text + "\u{FFFD}" : text
      self.isRepaired = isRepaired || isCut
    case .windows1252:
      let units = bytes.map { byte in
        (0x80...0x9F).contains(byte)
          ? TextEncoding.windows1252High[Int(byte) - 0x80] : UInt16(byte)
      }
      (text, isRepaired) = Self.decode(Self.normalizingNewlines(units[...]), as: UTF16.self)
    }
  }

  private static func decode<Encoding: Unicode.Encoding>(
    _ units: ArraySlice<Encoding.CodeUnit>, as encoding: Encoding.Type
  ) -> (text: String, isRepaired: Bool) {
    if let text = String(validating: units, as: encoding) { return (text, false) }
    return (String(decoding: units, as: encoding), true)
  }

  /// The complete code units in the bytes.
  private static func units<Unit: FixedWidthInteger>(
    _ bytes: ArraySlice<UInt8>, isLittle: Bool
  ) -> [Unit] {
    let size = Unit.bitWidth / 8
    return (0..<bytes.count / size).map { index in
      let start = bytes.startIndex + index * size
      return bytes[start..<(start + size)].enumerated().reduce(0) { unit, byte in
        let place = isLittle ? byte.offset : size - 1 - byte.offset
        return unit | Unit(byte.element) << (8 * place)
      }
    }
  }

  /// Replaces CR and CR LF by LF.
  static func normalizingNewlines<Unit: FixedWidthInteger>(
    _ units: ArraySlice<Unit>
  ) -> ArraySlice<Unit> {
    guard units.contains(0x0D) else { return units }
    var result: [Unit] = []
    result.reserveCapacity(units.count)
    var previous: Unit = 0
    for unit in units {
      // Skip the LF of a CR LF pair, because its CR already became a newline.
      if unit != 0x0A || previous != 0x0D { result.append(unit == 0x0D ? 0x0A : unit) }
      previous = unit
    }
    return result[...]
  }
}
