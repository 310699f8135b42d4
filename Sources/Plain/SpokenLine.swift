internal import LessonKit
internal import Screen

/// One line of output of the plain tutor.
public struct SpokenLine: Sendable, Equatable {
  /// The layout of a line.
  public enum Kind: Sendable {
    /// Sentences, which wrap between words.
    case text
    /// A line of code, which does not wrap.
    case code
  }

  /// The layout of the line.
  public let kind: Kind
  /// The text, not sanitised yet.
  public let text: String

  init(_ text: String, _ kind: Kind = .text) {
    self.kind = kind
    self.text = text
  }

  static let blank = SpokenLine("")
}

/// Formats lines for a terminal, a pipe or a file.
public struct PlainPage: Sendable {
  /// The width to wrap text at, or nil for no wrapping.
  public var width: Int?
  /// Whether only ASCII may be written.
  public var isASCII: Bool

  /// A page with a width, or without wrapping, in Unicode or ASCII.
  public init(width: Int?, isASCII: Bool) {
    self.width = width
    self.isASCII = isASCII
  }

  /// Returns the lines, each with a line end, without control characters.
  public func text(of lines: [SpokenLine]) -> String {
    lines.map { set($0).map { $0 + "\n" }.joined() }.joined()
  }

  private func set(_ line: SpokenLine) -> [String] {
    let safe = self.safe(line.text)
    guard let width, width > 0, line.kind == .text else { return [safe] }
    return StyledText(safe).wrapped(to: max(20, width)).map(\.plain)
  }

  /// Returns the text without control characters, and in ASCII if necessary.
  public func safe(_ text: String) -> String {
    guard isASCII else { return Sanitizer.displaySafe(text, newlines: .visible) }
    return Sanitizer.asciiText(ScriptText.ascii(text), newlines: .visible)
  }
}
