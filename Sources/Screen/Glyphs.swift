/// The symbols of the screen, each with its ASCII twin.
public struct Glyphs: Hashable, Sendable {
  public let isASCII: Bool

  public let topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical: String
  /// Before the selected row of a list and the current line of a listing.
  public let cursor: String
  public let run, stopped, rewound: String
  /// Stands before each line of a quotation or a question.
  public let quoteBar: String
  public let done, undone: String
  /// Lanes: holding or working, waiting, asleep, idle.
  public let solid, waiting, asleep, idle: String
  /// The time cursor through all lanes.
  public let timeCursor: String
  public let arrow, ellipsis, bullet, separator: String
  /// The thumb of a scroll indicator in a border.
  public let scrollThumb: String
  /// Parts of a horizontal bar's cell, from nothing to full; nine in Unicode.
  public let bar: [String]
  /// Heights of one cell of a sparkline, from the lowest to the full cell; eight.
  public let column: [String]
  /// A check mark and a cross, for what holds and what does not.
  public let tick, cross: String

  public static let unicode = Glyphs(
    isASCII: false, topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
    horizontal: "─", vertical: "│", cursor: "▸", run: "▶", stopped: "■", rewound: "◀",
    quoteBar: "┃", done: "●", undone: "○", solid: "█", waiting: "▒", asleep: "─", idle: "·",
    timeCursor: "┊", arrow: "→", ellipsis: "…", bullet: "•", separator: "·", scrollThumb: "┃",
    bar: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    column: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], tick: "✓", cross: "✗")

  public static let ascii = Glyphs(
    isASCII: true, topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
    horizontal: "-", vertical: "|", cursor: ">", run: ">", stopped: "#", rewound: "<",
    quoteBar: "|", done: "*", undone: "o", solid: "#", waiting: "%", asleep: ".", idle: " ",
    timeCursor: ":", arrow: "->", ellipsis: "...", bullet: "*", separator: "-", scrollThumb: "#",
    bar: [" ", "#"], column: ["_", ".", "-", "=", "+", "*", "%", "#"], tick: "v", cross: "x")
}
