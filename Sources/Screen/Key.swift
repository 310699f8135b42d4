/// A key as a person names it, whatever bytes the terminal sends for it.
public enum Key: Hashable, Sendable {
  case character(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right
  case home, end, pageUp, pageDown
  /// A letter (lower case) or sign pressed together with Control, such as `control("c")`.
  case control(Character)
  /// F1 is `function(1)`.
  case function(Int)

  /// The key as the footer and the help show it, with an ASCII twin for each sign.
  public func label(_ glyphs: Glyphs = .unicode) -> String {
    let ascii = glyphs.isASCII
    return switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .enter: "enter"
    case .escape: "esc"
    case .tab: "tab"
    case .backTab: "shift-tab"
    case .backspace: "backspace"
    case .delete: "del"
    case .up: ascii ? "up" : "↑"
    case .down: ascii ? "down" : "↓"
    case .left: ascii ? "left" : "←"
    case .right: ascii ? "right" : "→"
    case .home: "home"
    case .end: "end"
    case .pageUp: "pgup"
    case .pageDown: "pgdn"
    case .control(let character): "^" + String(character).uppercased()
    case .function(let number): "F\(number)"
    }
  }
}

extension Key: CustomStringConvertible {
  public var description: String { label() }
}

/// What a mouse did, and in which cell.
public struct Mouse: Hashable, Sendable {
  /// What the mouse did.
  public enum Action: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }

  /// The cell under the mouse, counted from 0 at the top left of the screen.
  public var point: Point
  /// Whether a button was used or the wheel was turned, and how.
  public var action: Action

  /// Makes an event from the cell and what happened there.
  public init(_ point: Point, _ action: Action) {
    self.point = point
    self.action = action
  }
}

/// One thing that came from the person in front of the terminal.
public enum Input: Hashable, Sendable {
  case key(Key)
  case mouse(Mouse)
  /// Text pasted at once; it is data and never a command.
  case paste(String)
}
