/// A runnable Python file that a demo shows.
public struct Listing: Sendable {
  /// The name of the file, such as `producer_consumer.py`.
  public let name: String
  /// The text of the file.
  public let text: String
  /// Deferred, because a session uses only a few of the built-in listings.
  private let content: Deferred<ListingContent>

  /// Makes a listing. It is split and highlighted on first use.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
    content = Deferred { ListingContent(text) }
  }

  /// The lines of the file. A final newline does not start another line.
  public var lines: [String] { content.value.lines }

  /// The tokens of each line.
  public var highlighted: [[Token]] { content.value.highlighted }

  /// The lines that contain a piece of code, from 1, or nil if there are none. The indentation of
  /// the piece may be smaller by the same number of spaces on each line.
  func lines(containing piece: String) -> ClosedRange<Int>? {
    let pieceLines = piece.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let lines = lines
    guard pieceLines.count <= lines.count else { return nil }
    for start in 0...(lines.count - pieceLines.count)
    where Self.matches(lines[start..<start + pieceLines.count], pieceLines) {
      return (start + 1)...(start + pieceLines.count)
    }
    return nil
  }

  private static func matches(_ found: ArraySlice<String>, _ pieceLines: [String]) -> Bool {
    guard let first = zip(found, pieceLines).first(where: { !$0.1.isEmpty }),
      first.0.hasSuffix(first.1)
    else { return false }
    let margin = String(first.0.dropLast(first.1.count))
    guard margin.allSatisfy({ $0 == " " }) else { return false }
    return zip(found, pieceLines).allSatisfy { $0 == ($1.isEmpty ? "" : margin + $1) }
  }
}

/// The lines of a listing.
private struct ListingContent: Sendable {
  let lines: [String]
  let highlighted: [[Token]]

  init(_ text: String) {
    var tokens = PythonHighlighter.lines(of: text)
    if tokens.last?.isEmpty == true { tokens.removeLast() }
    highlighted = tokens
    lines = tokens.map { $0.map(\.text).joined() }
  }
}

extension String {
  /// The text without whitespace at either end.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
