import LessonKit
import TestFaults
import TestNumbers
import Testing

@Suite("Decoding a document", .faultMatrix)
struct DecodingTests {
  private func decode(_ bytes: [UInt8]) throws -> DecodedText {
    try DecodedText(bytes, file: "a.md")
  }

  private func decode(_ text: String) throws -> DecodedText { try decode(Array(text.utf8)) }

  private static let sample = "# Título\n\ncafé 漢字 😀\n"

  /// The sample in UTF-16 or UTF-32, with or without a byte order mark.
  private static func wide<Unit: FixedWidthInteger>(
    _ units: [Unit], isLittle: Bool, hasMark: Bool
  ) -> [UInt8] {
    ((hasMark ? [0xFEFF] : []) + units).flatMap { unit in
      withUnsafeBytes(of: isLittle ? unit.littleEndian : unit.bigEndian) { Array($0) }
    }
  }

  @Test("UTF-8 is decoded with and without a byte order mark", arguments: [false, true])
  func utf8(hasMark: Bool) throws {
    let mark: [UInt8] = hasMark ? [0xEF, 0xBB, 0xBF] : []
    let decoded = try decode(mark + Array(Self.sample.utf8))
    #expect(decoded.text == Self.sample && decoded.encoding == .utf8 && !decoded.isRepaired)
  }

  @Test(
    "UTF-16 and UTF-32 are detected by their byte order mark, in both byte orders",
    arguments: [
      (wide(Array(sample.utf16), isLittle: true, hasMark: true), TextEncoding.utf16LittleEndian),
      (wide(Array(sample.utf16), isLittle: false, hasMark: true), .utf16BigEndian),
      (
        wide(sample.unicodeScalars.map(\.value), isLittle: true, hasMark: true), .utf32LittleEndian
      ),
      (
        wide(sample.unicodeScalars.map(\.value), isLittle: false, hasMark: true), .utf32BigEndian
      ),
    ])
  func marked(bytes: [UInt8], encoding: TextEncoding) throws {
    let decoded = try decode(bytes)
    #expect(decoded.text == Self.sample && decoded.encoding == encoding && !decoded.isRepaired)
  }

  @Test("UTF-16 without a byte order mark is detected by its zeros", arguments: [true, false])
  func unmarked(isLittle: Bool) throws {
    let decoded = try decode(
      Self.wide(Array(Self.sample.utf16), isLittle: isLittle, hasMark: false))
    #expect(decoded.text == Self.sample)
    #expect(decoded.encoding == (isLittle ? .utf16LittleEndian : .utf16BigEndian))
  }

  @Test("Row 63: Invalid bytes become U+FFFD and the rest stays")
  func repair() throws {
    let decoded = try decode(Array("é one ".utf8) + [0xFF, 0x20, 0xC3] + Array("(two".utf8))
    #expect(decoded.text == "é one \u{FFFD} \u{FFFD}(two" && decoded.isRepaired)
    #expect(decoded.encoding == .utf8)
    // A lone surrogate, and half a code unit at the end.
    let wide = try decode([0xFF, 0xFE, 0x61, 0, 0x00, 0xD8, 0x62, 0, 0x63])
    #expect(wide.text == "a\u{FFFD}b\u{FFFD}" && wide.isRepaired)
  }

  @Test("raw C1 controls are neither UTF-8 nor Windows-1252")
  func rawControls() throws {
    let decoded = try decode(Array("red: ".utf8) + [0x9B] + Array("31m here".utf8))
    #expect(decoded.text == "red: \u{FFFD}31m here")
  }

  @Test("an older western text is decoded as Windows-1252")
  func windows1252() throws {
    let bytes: [UInt8] =
      [0x93] + Array("Gr".utf8) + [0xFC, 0xDF] + Array("e aus K".utf8) + [0xF6] + Array("ln".utf8)
      + [0x94, 0x20, 0x96, 0x20, 0x80] + Array("5\n".utf8)
    let decoded = try decode(bytes)
    #expect(decoded.text == "“Grüße aus Köln” – €5\n" && decoded.encoding == .windows1252)
  }

  @Test("UTF-8 text with a few invalid bytes is still UTF-8")
  func mostlyUTF8() throws {
    let decoded = try decode(Array("Grüße, schöne Wörter: K".utf8) + [0xF6] + Array("ln".utf8))
    #expect(decoded.encoding == .utf8 && decoded.text.hasSuffix("K\u{FFFD}ln"))
  }

  @Test(
    "Row 65: All newlines become LF; form feeds and zeros stay",
    arguments: ["a\r\nb\r\r\nc\r", "a\nb\n\nc\n", "a\rb\r\rc\r"])
  func lineEnds(text: String) throws {
    #expect(try decode(text).text == "a\nb\n\nc\n")
    #expect(try decode("a\u{0C}b\0c").text == "a\u{0C}b\0c")
    let wide = Self.wide(Array(text.utf16), isLittle: true, hasMark: true)
    #expect(try decode(wide).text == "a\nb\n\nc\n")
  }

  @Test(
    "Row 65: An empty document is an empty text, and so is a lone byte order mark",
    arguments: [[], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE]] as [[UInt8]])
  func empty(bytes: [UInt8]) throws {
    #expect(try decode(bytes).text.isEmpty)
  }

  @Test(
    "Row 64: A file that is not text is reported with its kind",
    arguments: [
      ([0x7F, 0x45, 0x4C, 0x46, 2, 1], "a program (ELF)"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "a PNG picture"),
      ([0x1F, 0x8B, 0x08, 0], "gzip-compressed data"), (Array("%PDF-1.7\n".utf8), "a PDF file"),
      ([0x50, 0x4B, 3, 4, 0], "a ZIP archive (as .docx, .odt and .epub are)"),
      (Array("MZ".utf8) + [0x90, 0, 3, 0, 0, 0, 4], "a program (Windows)"),
      ([UInt8](repeating: 0, count: 5000), "binary data"),
      ((0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 7) }, "binary data"),
    ] as [([UInt8], String)])
  func binary(bytes: [UInt8], kind: String) {
    let error = #expect(throws: DocumentError.self) {
      try DecodedText(bytes, file: "x.md")
    }
    #expect(error == .notText(file: "x.md", kind: kind))
    #expect(error.map { "\($0)" } == "x.md is \(kind), not a document")
  }

  @Test(
    "texts that begin like a binary file are texts",
    arguments: [
      "MZ is a file format", "BMW", "GIF is pronounced", "PK", "ID3 tags", "BZh", "0123ftyp",
    ])
  func lookalikes(text: String) throws {
    #expect(try decode(text).text == text)
  }

  @Test("Row 63: Any bytes are either decoded or refused")
  func anything() {
    var random = Seeded(42)
    for round in 0..<400 {
      let bytes = (0..<round * 3).map { _ in
        UInt8.random(in: 0...(round % 3 == 0 ? 0xFF : 0x7F), using: &random)
      }
      if let decoded = try? decode(bytes) { #expect(decoded.text.utf8.count >= bytes.count / 4) }
    }
  }
}

@Suite("Sizes")
struct ByteCountTests {
  @Test(
    "have the most readable unit",
    arguments: [
      (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1 KB"), (1536, "1.5 KB"),
      (65_536, "64 KB"), (1_048_575, "1 MB"), (67_108_864, "64 MB"), (1 << 30, "1 GB"),
      (Int.max, "8192 PB"),
    ])
  func texts(bytes: Int, text: String) {
    #expect(ByteCount.text(bytes) == text)
  }
}
