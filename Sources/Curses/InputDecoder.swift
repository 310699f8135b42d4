internal import CNcurses
internal import Screen

/// Turns what ncurses reads into inputs: a state machine, because a paste comes in pieces.
struct InputDecoder {
  /// What `wget_wch` returned.
  enum Code: Hashable {
    case character(UInt32)
    case key(Int32)
    case mouse(x: Int, y: Int, state: UInt)
  }

  /// The codes that the terminal's owner has ncurses deliver at a paste's beginning and end.
  static let pasteBegin = KEY_MAX + 1
  static let pasteEnd = KEY_MAX + 2
  /// A paste that never ends is delivered in pieces of this many characters.
  static let pasteLimit = 1 << 20

  private var paste: String.UnicodeScalarView?

  /// Decodes all codes that were read together. A sequence that ncurses does not know comes as
  /// Escape and its letters at once; it is left out whole, so that it cannot act as keys.
  mutating func decode(_ codes: [Code]) -> [Input] {
    var inputs: [Input] = []
    var index = 0
    while index < codes.count {
      let code = codes[index]
      index += 1
      if paste != nil {
        if let text = continuePaste(code) { inputs.append(.paste(text)) }
      } else if code == .key(Self.pasteBegin) {
        paste = String.UnicodeScalarView()
      } else if let end = Self.unknownSequenceEnd(codes, after: index - 1) {
        index = end
      } else if let input = Self.input(code) {
        inputs.append(input)
      }
    }
    return inputs
  }

  private mutating func continuePaste(_ code: Code) -> String? {
    switch code {
    case .key(Self.pasteEnd):
      defer { paste = nil }
      return paste.map { String($0) }
    case .character(let value):
      // Terminals send a carriage return for each end of a line.
      let scalar = value == 0x0D ? "\n" : Unicode.Scalar(value)
      if let scalar { paste?.append(scalar) }
      guard let text = paste, text.count >= Self.pasteLimit else { return nil }
      paste = String.UnicodeScalarView()
      return String(text)
    case .key, .mouse:
      return nil
    }
  }

  /// Where the control sequence that begins at `start` ends; nil where none begins there.
  private static func unknownSequenceEnd(_ codes: [Code], after start: Int) -> Int? {
    guard codes[start] == .character(0x1B), start + 2 < codes.count,
      codes[start + 1] == .character(0x5B)
    else { return nil }
    for index in (start + 2)..<codes.count {
      guard case .character(let value) = codes[index] else { return nil }
      if value >= 0x40, value <= 0x7E { return index + 1 }
    }
    return nil
  }

  private static func input(_ code: Code) -> Input? {
    switch code {
    case .character(let value): character(value).map { .key($0) }
    case .key(let code): key(code).map { .key($0) }
    case .mouse(let x, let y, let state):
      action(state).map { .mouse(Mouse(Point(x: x, y: y), $0)) }
    }
  }

  private static func character(_ value: UInt32) -> Key? {
    switch value {
    case 0: .control(" ")
    case 8, 127: .backspace
    case 9: .tab
    case 10, 13: .enter
    case 27: .escape
    case 1...26: .control(Character(Unicode.Scalar(UInt8(value) + 0x60)))
    case 28...31: .control(Character(Unicode.Scalar(UInt8(value) + 0x40)))
    default: Unicode.Scalar(value).map { .character(Character($0)) }
    }
  }

  private static func key(_ code: Int32) -> Key? {
    switch code {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_HOME: .home
    case KEY_END: .end
    case KEY_PPAGE: .pageUp
    case KEY_NPAGE: .pageDown
    case KEY_BACKSPACE: .backspace
    case KEY_DC: .delete
    case KEY_ENTER: .enter
    case KEY_BTAB: .backTab
    case (KEY_F0 + 1)...(KEY_F0 + 12): .function(Int(code - KEY_F0))
    default: nil
    }
  }

  private static func action(_ state: UInt) -> Mouse.Action? {
    if state & UInt(lks_mouse_wheel_up()) != 0 { return .wheelUp }
    if state & UInt(lks_mouse_wheel_down()) != 0 { return .wheelDown }
    if state & UInt(lks_mouse_motion()) != 0 { return .drag }
    if state & UInt(lks_mouse_press()) != 0 { return .press }
    if state & UInt(lks_mouse_release()) != 0 { return .release }
    return nil
  }
}
