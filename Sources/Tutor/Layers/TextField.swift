internal import Screen

/// A line of text with a cursor.
package struct TextField: Sendable, Equatable {
  package var text: String {
    didSet { cursor = min(cursor, text.count) }
  }
  /// The cursor's position in characters, from 0 to the length of the text.
  private(set) var cursor: Int

  /// Whether nothing was typed yet, so that typing replaces the text.
  private var isUntouched: Bool

  /// The most characters.
  private let longest: Int

  /// A field with a first text, and the cursor behind it.
  /// - Parameter longest: the most characters.
  init(_ text: String = "", longest: Int = 64) {
    self.longest = longest
    self.text = text
    cursor = text.count
    isUntouched = true
  }

  /// Inserts typed or pasted text at the cursor, without control characters.
  mutating func insert(_ new: String) {
    if isUntouched { (text, cursor, isUntouched) = ("", 0, false) }
    let typed = new.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    let clean = String(String.UnicodeScalarView(typed))
      .prefix(max(0, longest - text.count))
    let before = String(text.prefix(cursor))
    text = before + clean + text.dropFirst(cursor)
    cursor = min(before.count + clean.count, text.count)
  }

  /// Moves the cursor or deletes characters. False for a key that edits nothing.
  mutating func edit(_ key: Key) -> Bool {
    guard change(key) else { return false }
    isUntouched = false
    return true
  }

  private mutating func change(_ key: Key) -> Bool {
    var characters = Array(text)
    switch key {
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .backspace:
      guard cursor > 0 else { return true }
      characters.remove(at: cursor - 1)
      cursor -= 1
    case .delete:
      guard cursor < characters.count else { return true }
      characters.remove(at: cursor)
    case .control("u"):
      characters.removeFirst(cursor)
      cursor = 0
    default: return false
    }
    text = String(characters)
    return true
  }
}
