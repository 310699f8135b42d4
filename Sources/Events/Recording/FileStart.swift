/// Recognises a recording, or another kind of file, by the first bytes.
enum FileStart {
  /// The problem of a file with an empty first line.
  static let empty = "it is empty"

  /// The first bytes of other kinds of files.
  private static let others: [(start: [UInt8], what: String)] = [
    ([0x1F, 0x8B], "it is compressed; gunzip it first"),
    ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed; unzstd it first"),
    ([0xFD, 0x37, 0x7A, 0x58], "it is compressed; unxz it first"),
    (Array("BZh".utf8), "it is compressed; bunzip2 it first"),
    (Array("PK".utf8), "it is a zip archive"),
    ([0xFF, 0xFE], "it is text in UTF-16"),
    ([0xFE, 0xFF], "it is text in UTF-16"),
    ([0x7F, 0x45, 0x4C, 0x46], "it is a program"),
    (Array("{\"traceEvents\"".utf8), "it is a Chrome trace, which lockstep writes but cannot read"),
    (Array("<".utf8), "it is markup, such as HTML or XML"),
    (Array("[".utf8), "it is a JSON array"),
  ]

  /// How many bytes the check needs.
  static let neededBytes = 16

  /// - Parameter isLine: whether the bytes are the first line to its end. More may follow otherwise.
  /// - Throws: `RecordingError.notARecording` if no recording begins like this.
  static func check(_ bytes: Span<UInt8>, isLine: Bool) throws(RecordingError) {
    let bytes = bytes.extracting(markLength(bytes)...)
    for (start, what) in others where bytes.begins(with: start) {
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
    if isLine { throw .notARecording(found: empty) }
  }

  /// The length of a UTF-8 byte order mark at the start, or 0.
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
