/// Cuts what comes in pieces from a pipe or a terminal into lines.
public struct PlainLineReader: Sendable {
  private var bytes: [UInt8] = []
  private var start = 0
  private var isEnded = false
  /// Whether the rest of a line that is too long is being skipped.
  private var isSkipping = false

  /// What is typed is never longer; of a longer line the beginning is taken.
  public static let longestLine = 4096

  /// A reader to which nothing has come.
  public init() {}

  /// Takes what was read.
  public mutating func append(_ more: some Collection<UInt8>) {
    if start > 0 {
      bytes.removeFirst(start)
      start = 0
    }
    bytes += more
  }

  /// Ends the input: what comes after the last line end is a line too.
  public mutating func end() { isEnded = true }

  /// The next whole line without its line end; nil where there is none yet.
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
