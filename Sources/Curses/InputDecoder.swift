internal import CNcurses
internal import Screen

/// Turns codes from ncurses into inputs. It is a state machine, because a paste arrives in pieces.
struct InputDecoder {
  /// A result of `wget_wch`.
  enum Code: Hashable {
    case character(UInt32)
    case key(Int32)
  }

  /// The codes that `Terminal` defines for the start and the end of a paste.
  static let pasteBegin = KEY_MAX + 1
  static let pasteEnd = KEY_MAX + 2
  /// The most characters in one paste input. A longer paste is delivered in several inputs.
  static let pasteLimit = 1 << 20

  private var paste: String.UnicodeScalarView?
  /// The length of `paste`. Its own `count` takes linear time.
  private var pastedCount = 0
  /// The start of an incomplete mouse report.
  private var pending: [Code] = []

  /// Decodes a batch of codes.
  ///
  /// ncurses delivers an unknown sequence as Escape and its letters in one batch. Mouse reports
  /// arrive that way on purpose, because ncurses would merge adjacent ones. All other unknown
  /// sequences are dropped, so that their letters do not act as keys. So are a terminal's late
  /// answers to queries from an earlier program.
  mutating func decode(_ new: [Code]) -> [Input] {
    let codes = pending + new
    pending = []
    var inputs: [Input] = []
    var index = 0
    while index < codes.count {
      let code = codes[index]
      if paste != nil {
        if let text = continuePaste(code) { inputs.append(.paste(text)) }
      } else if code == .key(Self.pasteBegin) {
        beginPaste()
      } else if let sequence = ControlSequence(codes[index...]) {
        if !sequence.isComplete, sequence.isMouseReport {
          pending = Array(codes[index...])
          return inputs
        }
        if sequence.isComplete {
          if let mouse = sequence.mouse { inputs.append(.mouse(mouse)) }
          index += sequence.length
          continue
        }
        if let input = Self.input(code) { inputs.append(input) }
      } else if let length = ControlSequence.stringLength(codes[index...]) {
        index += length
        continue
      } else if let input = Self.input(code) {
        inputs.append(input)
      }
      index += 1
    }
    return inputs
  }

  private mutating func beginPaste() {
    paste = String.UnicodeScalarView()
    pastedCount = 0
  }

  private mutating func continuePaste(_ code: Code) -> String? {
    switch code {
    case .key(Self.pasteEnd):
      defer { paste = nil }
      return paste.map { String($0) }
    case .character(let value):
      // Terminals send a carriage return for each newline.
      let scalar = value == 0x0D ? "\n" : Unicode.Scalar(value)
      guard let scalar else { return nil }
      paste?.append(scalar)
      pastedCount += 1
      guard pastedCount >= Self.pasteLimit else { return nil }
      defer { beginPaste() }
      return paste.map { String($0) }
    case .key:
      return nil
    }
  }

  private static func input(_ code: Code) -> Input? {
    switch code {
    case .character(let value): character(value).map { .key($0) }
    case .key(let code): key(code).map { .key($0) }
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
}
