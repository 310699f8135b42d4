import Glibc

/// A document that comes from standard input.
enum StandardInput {
  static let name = "standard input"

  /// Everything that comes, until its end.
  /// - Throws: `Failure` where a person sits at it, `Unreadable` where nothing can be read.
  static func read(limit: Int, progress: ReadingProgress) throws -> [UInt8] {
    guard isatty(0) != 1 else {
      throw Failure(
        "- is standard input, which is this terminal; send a document to it: "
          + "cat notes.md | lockstep open -", .wrongUsage)
    }
    return try DocumentFile.readAll(0, limit: limit, name: name, progress: progress)
  }

  /// The terminal to take keys from while standard input is the document; where there is none,
  /// standard input itself, at whose end the plain tutor says what is to be read, and ends.
  static func terminal() -> Int32 {
    let descriptor = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    return descriptor >= 0 ? descriptor : 0
  }

  /// A name for what was read, the same each time the same is read (FNV-1a, 64 bits).
  static func hash(of bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}
