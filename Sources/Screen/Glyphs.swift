/// The symbols of the screen, each with its ASCII twin.
///
/// A value of one bit, so that everything that draws can hold it.
public struct Glyphs: Hashable, Sendable {
  /// Whether every symbol is ASCII.
  public let isASCII: Bool

  /// The symbols for terminals that show Unicode.
  public static let unicode = Glyphs(isASCII: false)
  /// The symbols for terminals that show only ASCII.
  public static let ascii = Glyphs(isASCII: true)

  // The corners and lines of a border.
  public var topLeft: String { pick("╭", "+") }
  public var topRight: String { pick("╮", "+") }
  public var bottomLeft: String { pick("╰", "+") }
  public var bottomRight: String { pick("╯", "+") }
  public var horizontal: String { pick("─", "-") }
  public var vertical: String { pick("│", "|") }

  /// Marks the selected row of a list and the current line of a listing.
  public var cursor: String { pick("▸", ">") }
  /// Marks what can run or is running.
  public var run: String { pick("▶", ">") }
  /// Marks what has stopped.
  public var stopped: String { pick("■", "#") }
  /// Begins each line of a quotation or a question.
  public var quoteBar: String { pick("┃", "|") }
  /// Marks what has been done or seen.
  public var done: String { pick("●", "*") }
  /// Marks what has not been done or seen.
  public var undone: String { pick("○", "o") }

  /// Marks a round moment on the time axis.
  public var tick: String { pick("╵", "'") }
  /// Marks the moment on display on the time axis.
  public var moment: String { pick("▴", "^") }

  // Cells of a lane.
  public var solid: String { pick("█", "#") }
  public var waiting: String { pick("▒", "%") }
  public var asleep: String { pick("─", ".") }
  /// The last cell of a wait that another wait follows.
  public var waitBeforeWait: String { pick("░", ":") }
  /// A hold after a wait that is shorter than the cell.
  public var waitedHold: String { pick("▚", "&") }
  public var idle: String { pick("·", " ") }

  /// Leads from one thing to the next.
  public var arrow: String { pick("→", "->") }
  /// Ends a text that was cut short.
  public var ellipsis: String { pick("…", "...") }
  /// Begins an item of a list.
  public var bullet: String { pick("•", "*") }
  /// Separates two notes.
  public var separator: String { pick("·", "-") }
  /// The thumb of a scroll indicator in a border.
  public var scrollThumb: String { pick("┃", "#") }
  /// Marks a value that differs from the original.
  public var changed: String { pick("≠", "#") }
  /// Marks what does not hold or went wrong.
  public var cross: String { pick("✗", "x") }

  /// Marks what a run brings about on purpose.
  public var onPurpose: String { pick("◇", "+") }

  /// Parts of one cell of a horizontal bar, from empty to full: nine in Unicode, two in ASCII.
  public var bar: [String] { isASCII ? Self.asciiBar : Self.unicodeBar }
  /// Heights of one cell of a column, from the lowest to the full cell: eight.
  public var column: [String] { isASCII ? Self.asciiColumn : Self.unicodeColumn }

  private static let unicodeBar = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
  private static let asciiBar = [" ", "#"]
  private static let unicodeColumn = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let asciiColumn = ["_", ".", "-", "=", "+", "*", "%", "#"]

  private func pick(_ unicode: String, _ ascii: String) -> String { isASCII ? ascii : unicode }
}
