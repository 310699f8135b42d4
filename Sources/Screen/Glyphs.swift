/// The symbols of the screen, each with its ASCII twin.
public struct Glyphs: Hashable, Sendable {
  public let isASCII: Bool

  public let topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical: String
  /// Before the selected row of a list and the current line of a listing.
  public let cursor: String
  public let run, stopped: String
  /// Stands before each line of a quotation or a question.
  public let quoteBar: String
  public let done, undone: String
  /// Lanes: holding or working, waiting, asleep, idle.
  public let solid, waiting, asleep, idle: String
  public let arrow, ellipsis, bullet, separator: String
  /// The thumb of a scroll indicator in a border.
  public let scrollThumb: String
  /// Parts of a horizontal bar's cell, from nothing to full; nine in Unicode.
  public let bar: [String]
  /// Heights of one cell of a column, from the lowest to the full cell; eight.
  public let column: [String]
  /// Stands before what does not hold or went wrong.
  public let cross: String

  public static let unicode = Glyphs(
    isASCII: false, topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
    horizontal: "─", vertical: "│", cursor: "▸", run: "▶", stopped: "■",
    quoteBar: "┃", done: "●", undone: "○", solid: "█", waiting: "▒", asleep: "─", idle: "·",
    arrow: "→", ellipsis: "…", bullet: "•", separator: "·", scrollThumb: "┃",
    bar: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    column: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], cross: "✗")

  public static let ascii = Glyphs(
    isASCII: true, topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
    horizontal: "-", vertical: "|", cursor: ">", run: ">", stopped: "#",
    quoteBar: "|", done: "*", undone: "o", solid: "#", waiting: "%", asleep: ".", idle: " ",
    arrow: "->", ellipsis: "...", bullet: "*", separator: "-", scrollThumb: "#",
    bar: [" ", "#"], column: ["_", ".", "-", "=", "+", "*", "%", "#"], cross: "x")
}
