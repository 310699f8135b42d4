/// A key as xterm sends it to a full-screen program.
public enum TestKey: Hashable, Sendable {
  /// A sequence of typed characters.
  case text(String)
  /// A letter or one of `@[\]^_` pressed with Control.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 to F12.
  case function(Int)
  /// Pasted text, in the brackets of bracketed paste.
  case paste(String)
  /// Mouse reports, with columns and rows from 0.
  case press(x: Int, y: Int)
  case release(x: Int, y: Int)
  case drag(x: Int, y: Int)
  case wheelUp(x: Int, y: Int)
  case wheelDown(x: Int, y: Int)

  var bytes: [UInt8] {
    let text =
      switch self {
      case .text(let text): text
      case .control(let character): control(character)
      case .enter: "\r"
      case .escape: "\u{1B}"
      case .tab: "\t"
      case .backTab: "\u{1B}[Z"
      case .backspace: "\u{7F}"
      case .delete: "\u{1B}[3~"
      case .up: "\u{1B}OA"
      case .down: "\u{1B}OB"
      case .right: "\u{1B}OC"
      case .left: "\u{1B}OD"
      case .home: "\u{1B}OH"
      case .end: "\u{1B}OF"
      case .pageUp: "\u{1B}[5~"
      case .pageDown: "\u{1B}[6~"
      case .function(let number): function(number)
      case .paste(let text): "\u{1B}[200~" + text + "\u{1B}[201~"
      case .press(let x, let y): mouse(0, x, y, "M")
      case .release(let x, let y): mouse(0, x, y, "m")
      case .drag(let x, let y): mouse(32, x, y, "M")
      case .wheelUp(let x, let y): mouse(64, x, y, "M")
      case .wheelDown(let x, let y): mouse(65, x, y, "M")
      }
    return Array(text.utf8)
  }

  private func mouse(_ button: Int, _ x: Int, _ y: Int, _ final: String) -> String {
    "\u{1B}[<\(button);\(x + 1);\(y + 1)\(final)"
  }

  private func control(_ character: Character) -> String {
    let value = character.uppercased().utf8.first ?? 0x40
    return String(Unicode.Scalar(value & 0x1F))
  }

  private func function(_ number: Int) -> String {
    switch number {
    case 1...4: "\u{1B}O" + ["P", "Q", "R", "S"][number - 1]
    case 5...12: "\u{1B}[\([15, 17, 18, 19, 20, 21, 23, 24][number - 5])~"
    default: preconditionFailure("there is no key F\(number) to send")
    }
  }
}
