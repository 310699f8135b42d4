extension StyledText {
  /// The text with spaces behind it, or cut with an ellipsis if it is longer than the columns.
  public func padded(to columns: Int, glyphs: Glyphs) -> StyledText {
    var text = truncated(to: columns, glyphs: glyphs)
    let missing = columns - text.columns
    if missing > 0 { text.append(String(repeating: " ", count: missing)) }
    return text
  }

  /// The text with spaces before it, unless it is longer than the columns.
  public func leftPadded(to columns: Int) -> StyledText {
    let missing = columns - self.columns
    return missing > 0 ? StyledText(String(repeating: " ", count: missing)) + self : self
  }
}
