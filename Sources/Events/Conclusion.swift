/// What a run has shown: one short sentence, and a table of the numbers behind it.
public struct Conclusion: Sendable, Hashable {
  /// The sentence, without a line ending.
  public let sentence: String
  /// The rows of the table with aligned columns, or none.
  public let table: [String]

  /// - Parameter table: The cells of each row. The first row may be a heading.
  public init(_ sentence: String, table cells: [[String]] = []) {
    self.sentence = sentence
    table = Self.aligned(cells)
  }

  /// Reads the value of an event: the sentence, and the rows on the lines after it.
  /// - Parameter rows: The most rows that are kept. A damaged recording may have any number.
  public init(text: String, rows: Int = .max - 1) {
    let lines = text.split(separator: "\n", maxSplits: rows + 1, omittingEmptySubsequences: false)
    sentence = String(lines[0])
    table = lines.dropFirst().prefix(rows).map(String.init)
  }

  /// The sentence and the rows, each on a line of its own.
  public var lines: [String] { [sentence] + table }

  /// The value of an event.
  public var text: String { lines.joined(separator: "\n") }

  /// Replaces each line, for example by a line that is safe to show.
  public func map(_ change: (String) -> String) -> Conclusion {
    Conclusion(text: lines.map(change).joined(separator: "\n"))
  }

  /// The first column is aligned to the left. So is the second of two, which may hold text; the
  /// columns of a wider table hold numbers and are aligned to the right.
  private static func aligned(_ cells: [[String]]) -> [String] {
    let columns = cells.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      cells.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return cells.map { row in
      let texts = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 || columns == 2 ? cell + space : space + cell
      }
      var line = texts.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
