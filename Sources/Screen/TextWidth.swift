/// Measures text in screen columns with libc's `wcwidth`, as ncurses does.
///
/// The width does not depend on the locale of the process, which may not be UTF-8. So tests and
/// headless output get the same widths as the terminal.
public enum TextWidth {
  /// The number of columns that a text takes on one line, after sanitising.
  public static func columns(of text: String) -> Int {
    if let columns = plainColumns(text) { return columns }
    var cells = CellIterator(Sanitizer.displaySafe(text, newlines: .visible))
    var columns = 0
    while let cell = cells.next() { columns += cell.columns }
    return columns
  }

  /// The longest prefix of the text that takes at most `columns`, and its width.
  static func prefix(_ text: String, fitting columns: Int) -> (text: String, columns: Int) {
    let safe = Sanitizer.displaySafe(text, newlines: .visible)
    var cells = CellIterator(safe)
    var used = 0
    var end = safe.startIndex
    while let cell = cells.next(), used + cell.columns <= columns {
      used += cell.columns
      end = cells.position
    }
    return (String(safe[..<end]), used)
  }

  /// The longest suffix of the text that takes at most `columns`, and its width.
  public static func suffix(_ text: String, fitting columns: Int) -> (text: String, columns: Int) {
    let safe = Sanitizer.displaySafe(text, newlines: .visible)
    var excess = self.columns(of: safe) - columns
    let total = excess + columns
    guard excess > 0 else { return (safe, total) }
    var cells = CellIterator(safe)
    var start = safe.startIndex
    var skipped = 0
    while excess > 0, let cell = cells.next() {
      excess -= cell.columns
      skipped += cell.columns
      start = cells.position
    }
    return (String(safe[start...]), total - skipped)
  }

  /// The text if it fits, or else its beginning with an ellipsis. The cut is at the end of a word
  /// if one ends in the last third of the room, or else after a part of a name in the last half:
  /// `remove_…` for `remove_thread`. No parenthesis stays open.
  public static func truncated(
    _ text: String, to columns: Int, glyphs: Glyphs = .unicode
  ) -> String {
    guard self.columns(of: text) > columns else {
      return Sanitizer.displaySafe(text, newlines: .visible)
    }
    let ellipsis = columns < 6 && glyphs.isASCII ? "~" : glyphs.ellipsis
    let room = columns - self.columns(of: ellipsis)
    guard room >= 0 else { return prefix(text, fitting: columns).text }
    // One more column shows whether the plain cut would be at the end of a word anyway.
    let longer = prefix(text, fitting: room + 1).text
    if let space = longer.lastIndex(of: " ") {
      let words = String(longer[..<space])
      if self.columns(of: words) * 3 >= room * 2 {
        return trimmed(closed(words, room)) + ellipsis
      }
    }
    let start = prefix(text, fitting: room).text
    if let end = start.lastIndex(where: { "_-/".contains($0) }), start.last != " " {
      let parts = String(start[...end])
      if self.columns(of: parts) * 2 >= room { return closed(parts, room) + ellipsis }
    }
    return trimmed(closed(start, room)) + ellipsis
  }

  /// The text before a parenthesis that is still open, if that is at least half of the room.
  private static func closed(_ text: String, _ room: Int) -> String {
    guard let open = text.lastIndex(of: "("), !text[open...].contains(")") else { return text }
    let before = String(text[..<open])
    return columns(of: before) * 2 >= room ? before : text
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The width of a text in which each character makes a cell of its own, or nil.
  private static func plainColumns(_ text: String) -> Int? {
    var columns = 0
    for scalar in text.unicodeScalars {
      if scalar.value >= 0x20, scalar.value < 0x7F {
        columns += 1
      } else {
        let traits = CharacterTable.traits(of: scalar)
        guard traits.isPlain else { return nil }
        columns += traits.columns
      }
    }
    return columns
  }
}
