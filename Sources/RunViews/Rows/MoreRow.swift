internal import Screen

/// The row that names what a key opens.
enum MoreRow {
  /// Returns the key and as many names as fit, or an empty text if there is nothing to open.
  static func text(_ names: [String], width: Int) -> StyledText {
    guard !names.isEmpty else { return StyledText() }
    var text = StyledText("m", .key) + StyledText("  more", .muted)
    for (index, name) in names.enumerated() {
      let next = text + StyledText((index == 0 ? ": " : ", ") + name, .muted)
      guard next.columns <= width else { break }
      text = next
    }
    return text
  }
}
