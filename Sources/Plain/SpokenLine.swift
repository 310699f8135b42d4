internal import Screen

/// One line that the plain tutor says.
public struct SpokenLine: Sendable, Equatable {
  /// How a line may be set.
  public enum Kind: Sendable {
    /// A sentence or more, which may be broken between words.
    case text
    /// A line of code, which stays as it is.
    case code
  }

  /// How the line may be set.
  public let kind: Kind
  /// What it says; nothing in it has passed the sanitiser yet.
  public let text: String

  init(_ text: String, _ kind: Kind = .text) {
    self.kind = kind
    self.text = text
  }

  static let blank = SpokenLine("")
}

/// Sets lines for a terminal of some width, a pipe or a file.
public struct PlainPage: Sendable {
  /// The columns at which text is broken; nil leaves it to the reader's device.
  public var width: Int?
  /// Whether only ASCII may be written.
  public var isASCII: Bool

  /// A page of a width, or of none, in Unicode or ASCII.
  public init(width: Int?, isASCII: Bool) {
    self.width = width
    self.isASCII = isASCII
  }

  /// The lines with a line end after each. Nothing in them can steer a terminal.
  public func text(of lines: [SpokenLine]) -> String {
    lines.map { set($0).map { $0 + "\n" }.joined() }.joined()
  }

  private func set(_ line: SpokenLine) -> [String] {
    let safe = self.safe(line.text)
    guard let width, width > 0, line.kind == .text else { return [safe] }
    return StyledText(safe).wrapped(to: max(20, width)).map(\.plain)
  }

  /// The text made safe to show.
  public func safe(_ text: String) -> String {
    guard isASCII else { return Sanitizer.displaySafe(text, newlines: .visible) }
    // The sign's twin of one column would be read as something else.
    var spelled = ""
    for character in text { spelled += character == "…" ? "..." : String(character) }
    return Sanitizer.displaySafe(spelled, newlines: .visible, glyphs: .ascii)
  }
}
