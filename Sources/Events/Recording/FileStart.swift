/// What a file begins with: a recording's brace, or else what it may be.
enum FileStart {
  /// What is said of a file in which nothing stands, or at least nothing in its first line.
  static let nothing = "it is empty"

  /// By what files of other kinds begin.
  private static let kinds: [(start: [UInt8], what: String)] = [
    ([0x1F, 0x8B], "it is compressed; gunzip it first"),
    ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed; unzstd it first"),
    ([0xFD, 0x37, 0x7A, 0x58], "it is compressed; unxz it first"),
    (Array("BZh".utf8), "it is compressed; bunzip2 it first"),
    (Array("PK".utf8), "it is a zip archive"),
    ([0xFF, 0xFE], "it is text in UTF-16"),
    ([0xFE, 0xFF], "it is text in UTF-16"),
    ([0x7F, 0x45, 0x4C, 0x46], "it is a program"),
    (Array("{\"traceEvents\"".utf8), "it is a Chrome trace, which a recording is exported to"),
    (Array("<".utf8), "it is a text of markup"),
    (Array("[".utf8), "it is an array of JSON"),
  ]

  /// How many bytes it takes to tell.
  static let telling = 16

  /// - Throws: `RecordingError.notARecording` where no recording begins like this.
  static func check(_ bytes: Span<UInt8>) throws(RecordingError) {
    let bytes = bytes.extracting(markLength(bytes)...)
    for (start, what) in kinds where bytes.begins(with: start) {
      throw .notARecording(found: what)
    }
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0D, 0x0A: index += 1
      case UInt8(ascii: "{"): return
      case 0..<0x20, 0x7F: throw .notARecording(found: "it is a binary file")
      default: throw .notARecording(found: "it is text")
      }
    }
    throw .notARecording(found: nothing)
  }

  /// The length of the mark that some editors put before a text in UTF-8; 0 where there is none.
  static func markLength(_ bytes: Span<UInt8>) -> Int {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return bytes.begins(with: mark) ? mark.count : 0
  }
}

extension Span<UInt8> {
  fileprivate func begins(with start: [UInt8]) -> Bool {
    guard count >= start.count else { return false }
    for index in start.indices where self[index] != start[index] { return false }
    return true
  }
}
