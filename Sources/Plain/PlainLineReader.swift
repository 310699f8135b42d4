/// Splits the input from a pipe or a terminal into lines.
public struct PlainLineReader: Sendable {
  private var bytes: [UInt8] = []
  private var start = 0
  private var isEnded = false
  /// Whether the rest of a line that is too long is being skipped.
  private var isSkipping = false

  /// The maximum length of a line in bytes; a longer line is cut.
  static let longestLine = 4096

  /// A reader without input.
  public init() {}

  /// Appends input.
  public mutating func append(_ more: some Collection<UInt8>) {
    if start > 0 {
      bytes.removeFirst(start)
      start = 0
    }
    bytes += more
  }

  /// Ends the input: text after the last line end is a line, too.
  public mutating func end() { isEnded = true }

  /// Returns the next complete line without its line end, or nil if there is none yet.
  public mutating func next() -> String? {
    while true {
      if let end = bytes[start...].firstIndex(of: 10) {
        let line = bytes[start..<end]
        start = end + 1
        if isSkipping {
          isSkipping = false
          continue
        }
        return Self.text(line)
      }
      let rest = bytes[start...]
      if isSkipping || rest.count > Self.longestLine {
        start = bytes.count
        let line = isSkipping ? nil : Self.text(rest)
        isSkipping = !isEnded
        return line
      }
      guard isEnded, !rest.isEmpty else { return nil }
      start = bytes.count
      return Self.text(rest)
    }
  }

  private static func text(_ line: ArraySlice<UInt8>) -> String {
    var line = line.prefix(longestLine)
    if line.last == 13 { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}
