/// A runnable Python file that a demo shows, with lines that events can name by their text.
public struct Listing: Sendable {
  /// The file's name, such as `producer_consumer.py`.
  public let name: String
  /// The whole file as it was read, line ends included.
  public let text: String
  /// The lines as they stand in the file; the line end that closes the last one opens no other.
  public let lines: [String]
  /// The same lines, each as its tokens.
  public let highlighted: [[Token]]
  private let numbers: [String: Int?]

  /// Splits the text into lines and colours them.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
    var tokens = PythonHighlighter.lines(of: text)
    if tokens.last?.isEmpty == true { tokens.removeLast() }
    highlighted = tokens
    lines = tokens.map { $0.map(\.text).joined() }
    var numbers: [String: Int?] = [:]
    for (index, line) in lines.enumerated() {
      let key = line.trimmed
      numbers[key] = .some(numbers[key] == nil ? index + 1 : nil)
    }
    self.numbers = numbers
  }

  /// The number, from 1, of the line with that text, spaces around it aside; nil where there is
  /// none, or more than one.
  public func line(of strippedText: String) -> Int? {
    numbers[strippedText] ?? nil
  }

  /// The lines at which a piece of code stands in this listing, or nil where it does not. The
  /// piece may be indented less than the listing, by the same spaces on every line.
  func lines(holding piece: String) -> ClosedRange<Int>? {
    let wanted = piece.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard wanted.count <= lines.count else { return nil }
    for start in 0...(lines.count - wanted.count)
    where Self.isSame(lines[start..<start + wanted.count], wanted) {
      return (start + 1)...(start + wanted.count)
    }
    return nil
  }

  private static func isSame(_ found: ArraySlice<String>, _ wanted: [String]) -> Bool {
    guard let first = zip(found, wanted).first(where: { !$0.1.isEmpty }),
      first.0.hasSuffix(first.1)
    else { return false }
    let margin = String(first.0.dropLast(first.1.count))
    guard margin.allSatisfy({ $0 == " " }) else { return false }
    return zip(found, wanted).allSatisfy { $0 == ($1.isEmpty ? "" : margin + $1) }
  }
}

extension String {
  /// The text without white space at either end.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
