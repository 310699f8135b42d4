/// Escapes parts of a source that would make the parser use far too much memory. It adds a backslash
/// before one character, so that the text still reads the same.
///
/// - cmark-gfm completes short table rows. A thousand columns and twenty thousand rows of one
///   letter become twenty million cells.
/// - Each link reference copies the address and title of its definition.
///
/// A form feed at the start of a line becomes a space. The parser would read it as a word, or as an
/// additional first cell of a table row, and drop the last cell.
struct SourceGuard {
  private(set) var source: [UInt8]
  /// The lines of the delimiter rows, from 1, whose tables are left as text.
  private(set) var refusedTables: [Int] = []
  /// The lines of the link definitions, from 1, that are left as text.
  private(set) var refusedDefinitions: [Int] = []

  init(_ text: String, limits: DocumentLimits) {
    source = Array(text.utf8)
    let lines = Self.lines(of: source)
    for line in lines where !line.isEmpty && source[line.lowerBound] == 0x0C {
      source[line.lowerBound] = 0x20
    }
    var escapes: [Int] = []
    refuseTables(in: lines, limit: limits.cells, escapes: &escapes)
    refuseDefinitions(in: lines, limit: limits.referenceBytes, escapes: &escapes)
    guard !escapes.isEmpty else { return }
    var guarded: [UInt8] = []
    var next = 0
    for position in escapes.sorted() {
      guarded += source[next..<position]
      guarded.append(UInt8(ascii: "\\"))
      next = position
    }
    source = guarded + source[next...]
  }

  /// Estimates the cells of each table: the columns of its delimiter row times the lines to the next
  /// blank line. The estimate is never too low.
  private mutating func refuseTables(
    in lines: [Range<Int>], limit: Int, escapes: inout [Int]
  ) {
    var rowsBelow = 0
    var rows = [Int](repeating: 0, count: lines.count)
    for index in lines.indices.reversed() {
      rowsBelow = isBlank(lines[index]) ? 0 : rowsBelow + 1
      rows[index] = rowsBelow
    }
    var cells = 0
    for index in lines.indices {
      guard let columns = delimiterColumns(of: lines[index]) else { continue }
      let here = columns * (rows[index] + 1)
      if cells + here <= limit {
        cells += here
      } else if let mark = firstMark(of: lines[index]) {
        escapes.append(mark)
        refusedTables.append(index + 1)
      }
    }
  }

  /// Estimates the copies of each definition: its length times the number of opening brackets.
  private mutating func refuseDefinitions(
    in lines: [Range<Int>], limit: Int, escapes: inout [Int]
  ) {
    let references = source.count { $0 == UInt8(ascii: "[") }
    var open: (position: Int, line: Int)?
    func close(at end: Int) {
      guard let colon = open, (end - colon.position) * references > limit else { return }
      escapes.append(colon.position)
      refusedDefinitions.append(colon.line)
    }
    for (index, line) in lines.enumerated() {
      if isBlank(line) {
        close(at: line.lowerBound)
        open = nil
        continue
      }
      for position in line.dropFirst()
      where source[position] == UInt8(ascii: ":") && source[position - 1] == UInt8(ascii: "]") {
        close(at: position)
        open = (position, index + 1)
      }
    }
    close(at: source.count)
  }

  private func isBlank(_ line: Range<Int>) -> Bool {
    source[line].allSatisfy { Self.isPrefix($0) }
  }

  /// The number of columns if a line may be a delimiter row, or nil if it cannot be one.
  private func delimiterColumns(of line: Range<Int>) -> Int? {
    let row = source[line].drop { Self.isPrefix($0) }
    let bars = row.count { $0 == UInt8(ascii: "|") }
    guard bars > 0, row.contains(UInt8(ascii: "-")) else { return nil }
    let allowed = row.allSatisfy {
      $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
        || Self.isSpace($0)
    }
    return allowed ? bars + 1 : nil
  }

  private func firstMark(of line: Range<Int>) -> Int? {
    // Escaping a colon before a dash would not break the row.
    line.first { source[$0] == UInt8(ascii: "|") || source[$0] == UInt8(ascii: "-") }
  }

  /// Whether a byte is whitespace or the mark of a quote.
  private static func isPrefix(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// The lines without their newlines. As in the parser, a newline is LF, CR or CR LF.
  static func lines(of source: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while let end = source[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      lines.append(start..<end)
      let isPair = source[end] == 0x0D && end + 1 < source.count && source[end + 1] == 0x0A
      start = end + (isPair ? 2 : 1)
    }
    lines.append(start..<source.count)
    return lines
  }
}
