/// Recognises files that are not text by their first bytes.
enum BinaryKind {
  private static let signatures: [(offset: Int, bytes: [UInt8], kind: String)] = [
    (0, [0x7F, 0x45, 0x4C, 0x46], "a program (ELF)"),
    (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "a PNG picture"),
    (0, [0xFF, 0xD8, 0xFF], "a JPEG picture"),
    (0, Array("GIF87a".utf8), "a GIF picture"), (0, Array("GIF89a".utf8), "a GIF picture"),
    (8, Array("WEBP".utf8), "a WebP picture"), (0, Array("II*\0".utf8), "a TIFF picture"),
    (0, Array("MM\0*".utf8), "a TIFF picture"),
    (0, Array("%PDF-".utf8), "a PDF file"),
    (0, Array("{\\rtf".utf8), "a rich-text file (RTF)"),
    (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Office file"),
    (0, [0x50, 0x4B, 0x03, 0x04], "a ZIP archive (as .docx, .odt and .epub are)"),
    (0, [0x50, 0x4B, 0x05, 0x06], "a ZIP archive"),
    (0, [0x1F, 0x8B, 0x08], "gzip-compressed data"),
    (0, Array("BZh".utf8), "bzip2-compressed data"),
    (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz-compressed data"),
    (0, [0x28, 0xB5, 0x2F, 0xFD], "zstd-compressed data"),
    (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
    (257, Array("ustar".utf8), "a tar archive"),
    (0, Array("!<arch>\n".utf8), "an archive of object files"),
    (0, Array("SQLite format 3\0".utf8), "an SQLite database"),
    (0, Array("\0asm".utf8), "a WebAssembly program"),
    (0, [0xCA, 0xFE, 0xBA, 0xBE], "a program (Java or Mach-O)"),
    (0, [0xCF, 0xFA, 0xED, 0xFE], "a program (Mach-O)"),
    (0, Array("ID3".utf8), "a sound file (MP3)"), (0, Array("OggS".utf8), "a sound file (Ogg)"),
    (0, Array("fLaC".utf8), "a sound file (FLAC)"), (8, Array("WAVE".utf8), "a sound file (WAV)"),
    (4, Array("ftyp".utf8), "a film (MP4)"), (0, [0x1A, 0x45, 0xDF, 0xA3], "a film (Matroska)"),
  ]
  /// Signatures that a text may begin with too. They count only if the file contains zeros.
  private static let weakSignatures: [(bytes: [UInt8], kind: String)] = [
    (Array("MZ".utf8), "a program (Windows)"), (Array("BM".utf8), "a BMP picture"),
  ]
  /// Signatures of letters that a text may contain too. They need control characters nearby.
  private static let needsControls: Set = ["BZh", "ID3", "OggS", "fLaC", "ftyp", "WEBP", "WAVE"]

  /// The kind of a file, such as "a PNG picture", or nil if it may be text.
  static func of(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(4096)
    let hasControls = head.contains { isControl($0) }
    for (offset, signature, kind) in signatures
    where head.dropFirst(offset).starts(with: signature) {
      let isWord = needsControls.contains(String(decoding: signature, as: UTF8.self))
      if !isWord || hasControls { return kind }
    }
    guard head.contains(0), TextEncoding.unmarkedUTF16(in: bytes) == nil else { return nil }
    return weakSignatures.first { head.starts(with: $0.bytes) }?.kind
  }

  /// Whether a file of unknown kind is binary. At least a tenth of it is control characters, or it
  /// has some of them and much of it is not valid UTF-8.
  static func isBinary(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(16_384)
    let controls = head.count { isControl($0) }
    // A short text with a few zeros still counts as text.
    guard controls >= 16 else { return false }
    if controls * 10 >= head.count { return true }
    let invalid = String(decoding: head, as: UTF8.self).unicodeScalars.count { $0 == "\u{FFFD}" }
    return controls * 50 >= head.count && (controls + invalid) * 4 >= head.count
  }

  /// Whether a byte is a control character that no text uses.
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x07 || (0x0E...0x1A).contains(byte) || (0x1C...0x1F).contains(byte)
  }
}
