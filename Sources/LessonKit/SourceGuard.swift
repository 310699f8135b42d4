/// Disarms, before parsing, what would make the parser use far more memory than the document has
/// bytes. It changes one byte's meaning by a backslash, so that the text still reads the same.
///
/// - cmark-gfm completes short table rows: a thousand columns and twenty thousand rows of one
///   letter become twenty million cells.
/// - A reference repeats its definition's whole address and title, however often it is used.
///
/// A form feed that opens a line becomes a space: the parser would take it for a word, or for a
/// cell before the first of a table and drop the last for it.
struct SourceGuard {
  private(set) var source: [UInt8]
  /// The lines, from 1, of the delimiter rows whose tables are left as text.
  private(set) var refusedTables: [Int] = []
  /// The lines, from 1, of link definitions that are left as text.
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

  /// Counts the cells that each table may be completed to: its delimiter row's columns times the
  /// lines until the next blank one. Errs on the side of more.
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

  /// Multiplies the longest definition by the number of brackets that might refer to it.
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

  /// The columns that a line asks for if it is a delimiter row; nil when it cannot be one.
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
    // A colon cannot be escaped where it stands before a dash without the row staying a row.
    line.first { source[$0] == UInt8(ascii: "|") || source[$0] == UInt8(ascii: "-") }
  }

  /// White space, or the mark of a quote that a line may stand in.
  private static func isPrefix(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// The lines without their ends; a line ends as it does for the parser, at LF, CR or CR LF.
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
