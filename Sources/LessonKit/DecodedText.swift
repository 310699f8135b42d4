/// A document's bytes as text, whatever they were written as.
///
/// Nothing is dropped: what is no character in its encoding becomes U+FFFD. Lines end with "\n",
/// however they ended before; form feeds stay.
public struct DecodedText: Sendable, Equatable {
  /// The text, without the mark that may have stood before it.
  public let text: String
  /// How the bytes were read.
  public let encoding: TextEncoding
  /// Whether something was no character and is shown as U+FFFD.
  public let isRepaired: Bool

  /// Reads a document.
  /// - Parameter file: the document's name, for the error.
  /// - Throws: `DocumentError.notText` for pictures, programs, archives and the like.
  public init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    if let what = BinaryKind.of(bytes) { throw .notText(file: file, what: what) }
    if let (encoding, length) = TextEncoding.mark(of: bytes) {
      self.init(bytes[length...], as: encoding)
      return
    }
    if let encoding = TextEncoding.unmarkedUTF16(in: bytes) {
      self.init(bytes[...], as: encoding)
      return
    }
    if BinaryKind.isBinary(bytes) { throw .notText(file: file, what: "binary data") }
    let isOther = !Self.isUTF8(bytes) && TextEncoding.isWindows1252(bytes)
    self.init(bytes[...], as: isOther ? .windows1252 : .utf8)
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  private init(_ bytes: ArraySlice<UInt8>, as encoding: TextEncoding) {
    self.encoding = encoding
    switch encoding {
    case .utf8:
      (text, isRepaired) = Self.decode(Self.withPlainLineEnds(bytes), as: UTF8.self)
    case .utf16LittleEndian, .utf16BigEndian:
      let units: [UInt16] = Self.units(bytes, isLittle: encoding == .utf16LittleEndian)
      let isCut = !bytes.count.isMultiple(of: 2)
      let (text, isRepaired) = Self.decode(Self.withPlainLineEnds(units[...]), as: UTF16.self)
      self.text = isCut ? text + "\u{FFFD}" : text
      self.isRepaired = isRepaired || isCut
    case .utf32LittleEndian, .utf32BigEndian:
      let units: [UInt32] = Self.units(bytes, isLittle: encoding == .utf32LittleEndian)
      let isCut = !bytes.count.isMultiple(of: 4)
      let (text, isRepaired) = Self.decode(Self.withPlainLineEnds(units[...]), as: UTF32.self)
      self.text = isCut ? text + "\u{FFFD}" : text
      self.isRepaired = isRepaired || isCut
    case .windows1252:
      let units = bytes.map { byte in
        (0x80...0x9F).contains(byte)
          ? TextEncoding.windows1252High[Int(byte) - 0x80] : UInt16(byte)
      }
      (text, isRepaired) = Self.decode(Self.withPlainLineEnds(units[...]), as: UTF16.self)
    }
  }

  private static func decode<Encoding: Unicode.Encoding>(
    _ units: ArraySlice<Encoding.CodeUnit>, as encoding: Encoding.Type
  ) -> (text: String, isRepaired: Bool) {
    if let text = String(validating: units, as: encoding) { return (text, false) }
    return (String(decoding: units, as: encoding), true)
  }

  /// The whole units that the bytes make.
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

  /// The same with LF for CR and for CR LF.
  static func withPlainLineEnds<Unit: FixedWidthInteger>(
    _ units: ArraySlice<Unit>
  ) -> ArraySlice<Unit> {
    guard units.contains(0x0D) else { return units }
    var result: [Unit] = []
    result.reserveCapacity(units.count)
    var previous: Unit = 0
    for unit in units {
      // Of a pair the first made the line end.
      if unit != 0x0A || previous != 0x0D { result.append(unit == 0x0D ? 0x0A : unit) }
      previous = unit
    }
    return result[...]
  }
}
