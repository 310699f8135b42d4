/// A runnable Python file that a demo shows, with lines that events can name by their text.
public struct Listing: Sendable {
  /// The file's name, such as `producer_consumer.py`.
  public let name: String
  /// The whole file as it was read, line ends included.
  public let text: String
  /// Of the forty listings that the program brings, a session looks at a few.
  private let content: Deferred<ListingContent>

  /// A file's text; it is divided into lines and coloured when one of them is asked for.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
    content = Deferred { ListingContent(text) }
  }

  /// The lines as they stand in the file; the line end that closes the last one opens no other.
  public var lines: [String] { content.value.lines }

  /// The same lines, each as its tokens.
  public var highlighted: [[Token]] { content.value.highlighted }

  /// The number, from 1, of the line with that text, spaces around it aside; nil where there is
  /// none, or more than one.
  public func line(of strippedText: String) -> Int? {
    content.value.numbers[strippedText] ?? nil
  }

  /// The lines at which a piece of code stands in this listing, or nil where it does not. The
  /// piece may be indented less than the listing, by the same spaces on every line.
  func lines(holding piece: String) -> ClosedRange<Int>? {
    let wanted = piece.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let lines = lines
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

/// What a listing's text is taken apart into.
private struct ListingContent: Sendable {
  let lines: [String]
  let highlighted: [[Token]]
  /// By a line's text without the spaces around it; nil for one that occurs again.
  let numbers: [String: Int?]

  init(_ text: String) {
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
}

extension String {
  /// The text without white space at either end.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
