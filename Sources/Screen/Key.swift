/// A key, independent of the bytes that the terminal sends for it.
public enum Key: Hashable, Sendable {
  case character(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right
  case home, end, pageUp, pageDown
  /// A lowercase letter or a symbol pressed with Control, such as `control("c")`.
  case control(Character)
  /// F1 is `function(1)`.
  case function(Int)

  /// The name of the key for the footer and the help, in ASCII if the glyphs are.
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

/// A mouse event and the cell where it happened.
public struct Mouse: Hashable, Sendable {
  /// The kind of a mouse event.
  public enum Action: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }

  /// The cell under the mouse.
  public var point: Point
  /// Which button or wheel action happened.
  public var action: Action

  /// Makes an event from its cell and action.
  public init(_ point: Point, _ action: Action) {
    self.point = point
    self.action = action
  }
}

/// One input from the user: a key, a mouse event or a paste.
public enum Input: Hashable, Sendable {
  case key(Key)
  case mouse(Mouse)
  /// Pasted text. It is data, never a command.
  case paste(String)
}
