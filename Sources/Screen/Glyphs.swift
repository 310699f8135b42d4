/// The symbols of the screen, each with its ASCII twin.
public struct Glyphs: Hashable, Sendable {
  /// Whether every symbol is ASCII.
  public let isASCII: Bool

  /// The corners and lines of a border.
  public let topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical: String
  /// Marks the selected row of a list and the current line of a listing.
  public let cursor: String
  /// Mark a run that can start or is running, and one that has stopped.
  public let run, stopped: String
  /// Marks each line of a quotation or a question.
  public let quoteBar: String
  /// Mark steps that the reader has done, and those still to do.
  public let done, undone: String
  /// The states in a lane: holding or working, waiting, asleep, idle.
  public let solid, waiting, asleep, idle: String
  /// Punctuation: "leads to", "was truncated", a list item, and the gap between two notes.
  public let arrow, ellipsis, bullet, separator: String
  /// The thumb of a scroll indicator in a border.
  public let scrollThumb: String
  /// One cell of a horizontal bar, from empty to full. Unicode has nine steps.
  public let bar: [String]
  /// One cell of a vertical bar, from the lowest to the full one. There are eight steps.
  public let column: [String]
  /// Marks a failure or a false statement.
  public let cross: String

  /// The symbols for terminals that show Unicode.
  public static let unicode = Glyphs(
    isASCII: false, topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
    horizontal: "─", vertical: "│", cursor: "▸", run: "▶", stopped: "■",
    quoteBar: "┃", done: "●", undone: "○", solid: "█", waiting: "▒", asleep: "─", idle: "·",
    arrow: "→", ellipsis: "…", bullet: "•", separator: "·", scrollThumb: "┃",
    bar: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    column: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], cross: "✗")

  /// The symbols for terminals that show only ASCII.
  public static let ascii = Glyphs(
    isASCII: true, topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
    horizontal: "-", vertical: "|", cursor: ">", run: ">", stopped: "#",
    quoteBar: "|", done: "*", undone: "o", solid: "#", waiting: "%", asleep: ".", idle: " ",
    arrow: "->", ellipsis: "...", bullet: "*", separator: "-", scrollThumb: "#",
    bar: [" ", "#"], column: ["_", ".", "-", "=", "+", "*", "%", "#"], cross: "x")
}
