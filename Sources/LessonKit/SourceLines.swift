internal import Catalog

/// The lines of a document as bytes, to find the column of a word.
struct SourceLines {
  private let bytes: [UInt8]
  private let ranges: [Range<Int>]
  /// The number of lines before the text in its document.
  private let before: Int

  /// - Parameter firstLine: The line of the document where the text begins.
  init(_ text: String, firstLine: Int = 1) { self.init(Array(text.utf8), firstLine: firstLine) }

  init(_ bytes: [UInt8], firstLine: Int = 1) {
    self.bytes = bytes
    ranges = SourceGuard.lines(of: bytes)
    before = firstLine - 1
  }

  var count: Int { before + ranges.count }

  /// The line with a number from 1, without its newline. Empty if there is no such line.
  subscript(line: Int) -> ArraySlice<UInt8> {
    ranges.indices.contains(line - 1 - before) ? bytes[ranges[line - 1 - before]] : []
  }

  /// The column of the first byte of a line that is not whitespace or the mark of a quote.
  func indent(of line: Int) -> Int {
    let row = self[line]
    let first = row.firstIndex { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: ">") }
    return 1 + ((first ?? row.startIndex) - row.startIndex)
  }

  /// Whether a line closes a block of code. It contains only a fence that is at least as long.
  func closes(_ fence: (mark: UInt8, count: Int), at line: Int) -> Bool {
    let row = self[line].dropFirst(indent(of: line) - 1)
    let marks = row.prefix { $0 == fence.mark }
    return marks.count >= fence.count
      && row.dropFirst(marks.count).allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
  }

  /// The column of the word that makes a run invalid.
  func column(of error: ParameterError, in run: RunBlock) -> Int? {
    let row = Array(self[run.line])
    let (index, offset) = error.place(in: run.words)
    var start = 0
    var column: Int?
    for word in ["run"] + run.words.prefix(index + 1) {
      guard let found = Self.position(of: Array(word.utf8), in: row, from: start) else {
        return nil
      }
      column = found + 1
      start = found + word.utf8.count
    }
    return column.map { $0 + offset }
  }

  /// The column of a text in a line, from 1, or nil if it is not there.
  func column(of text: String, inLine line: Int) -> Int? {
    Self.position(of: Array(text.utf8), in: Array(self[line]), from: 0).map { $0 + 1 }
  }

  private static func position(of word: [UInt8], in row: [UInt8], from start: Int) -> Int? {
    guard row.count - start >= word.count else { return nil }
    return (start...(row.count - word.count)).first { row[$0...].starts(with: word) }
  }
}

extension ParameterError {
  /// The index of the word that causes the error, and the offset of the error in it in bytes.
  fileprivate func place(in words: [String]) -> (index: Int, offset: Int) {
    func word(_ text: String) -> Int? { words.dropFirst().firstIndex(of: text) }
    func named(_ name: String) -> Int? { words.dropFirst().firstIndex { $0.hasPrefix(name + "=") } }
    let place: (Int?, Int) =
      switch self {
      case .unknownDemo: (0, 0)
      case .unknownParameter(let name, _, _, _): (named(name), 0)
      case .noValue(let text, _): (word(text), 0)
      case .givenTwice(let name): (words.lastIndex { $0.hasPrefix(name + "=") }, 0)
      case .malformed(let name, let text, _), .outOfRange(let name, let text, _):
        (word("\(name)=\(text)"), name.utf8.count + 1)
      case .unfit: (words.count > 1 ? 1 : 0, 0)
      case .unknownEngine(let name, _):
        if let joined = word("--engine=\(name)") {
          (joined, "--engine=".utf8.count)
        } else {
          (word("--engine").map { min($0 + 1, words.count - 1) }, 0)
        }
      }
    return (place.0 ?? 0, place.0 == nil ? 0 : place.1)
  }
}

extension String {
  /// The text with LF for each newline.
  var normalizingNewlines: String {
    String(decoding: DecodedText.normalizingNewlines(Array(utf8)[...]), as: UTF8.self)
  }
}
