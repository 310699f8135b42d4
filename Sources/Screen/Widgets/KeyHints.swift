/// The footer: the keys that work now, and a note on the right.
public struct KeyHints: Hashable, Sendable {
  /// A key and its current action.
  public struct Hint: Hashable, Sendable {
    /// The key's label, or several of them, such as ", .".
    public var key: String
    /// The action of the key, in a word or two.
    public var action: String

    /// Makes a hint from a key's label and its action.
    public init(_ key: String, _ action: String) {
      self.key = key
      self.action = action
    }
  }

  /// The hints, the most important first. Hints at the end are left out if they do not fit.
  public var hints: [Hint]
  /// The note on the right. If it fits, it takes precedence over the hints.
  public var trailing: StyledText

  /// Makes a footer from hints, the most important first, and a note for the right.
  public init(_ hints: [Hint], trailing: StyledText = StyledText()) {
    self.hints = hints
    self.trailing = trailing
  }

  /// The hints that fit, with their positions, so that they can be clicked.
  public func layout(in rect: Rect) -> [(hint: Hint, rect: Rect)] {
    guard !rect.isEmpty else { return [] }
    let note = trailingColumns(rect)
    let limit = rect.maxX - 1 - (note == 0 ? 0 : note + 2)
    var x = rect.x + 1
    var placed: [(hint: Hint, rect: Rect)] = []
    for hint in hints {
      let width = TextWidth.columns(of: hint.key) + 1 + TextWidth.columns(of: hint.action)
      guard x + width <= limit else { break }
      placed.append((hint, Rect(x: x, y: rect.y, width: width, height: 1)))
      x += width + 2
    }
    return placed
  }

  /// Draws as many hints as fit.
  public func draw(into frame: inout Frame, in rect: Rect) {
    let row = rect.row(0)
    frame.fill(row)
    for (hint, place) in layout(in: row) {
      let text = StyledText(hint.key, .key) + StyledText(" " + hint.action, .muted)
      frame.put(text, at: place.origin, in: place)
    }
    let note = trailingColumns(row)
    if note > 0 { frame.put(trailing, at: Point(x: row.maxX - 1 - note, y: row.y), in: row) }
  }

  private func trailingColumns(_ rect: Rect) -> Int {
    let columns = trailing.columns
    return columns + 2 <= rect.width ? columns : 0
  }
}
