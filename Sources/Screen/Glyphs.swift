/// The symbols of the screen, each with its ASCII twin.
public struct Glyphs: Hashable, Sendable {
  /// Whether every symbol is ASCII, for terminals that show nothing else.
  public let isASCII: Bool

  /// The corners and lines of a border.
  public let topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical: String
  /// Before the selected row of a list and the current line of a listing.
  public let cursor: String
  /// Stand before what can be run or is running, and before what has stopped.
  public let run, stopped: String
  /// Stands before each line of a quotation or a question.
  public let quoteBar: String
  /// Tell what has been done or seen from what is still to come.
  public let done, undone: String
  /// Lanes: holding or working, waiting, asleep, idle.
  public let solid, waiting, asleep, idle: String
  /// Signs between words: leads to, was cut short here, begins a list item, parts two notes.
  public let arrow, ellipsis, bullet, separator: String
  /// The thumb of a scroll indicator in a border.
  public let scrollThumb: String
  /// Parts of a horizontal bar's cell, from nothing to full; nine in Unicode.
  public let bar: [String]
  /// Heights of one cell of a column, from the lowest to the full cell; eight.
  public let column: [String]
  /// Stands before what does not hold or went wrong.
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
