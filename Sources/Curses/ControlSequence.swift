internal import Screen

/// A control sequence from a terminal: Escape, `[`, parameters and a final letter.
struct ControlSequence {
  /// The number of codes that have arrived.
  let length: Int
  let isComplete: Bool
  private let parameters: String
  private let final: UInt32

  /// Parses the sequence at the start of the codes. Returns nil if there is none.
  init?(_ codes: ArraySlice<InputDecoder.Code>) {
    guard codes.count > 2, codes[codes.startIndex] == .character(0x1B),
      codes[codes.startIndex + 1] == .character(0x5B)
    else { return nil }
    var parameters = String.UnicodeScalarView()
    for code in codes.dropFirst(2) {
      guard case .character(let value) = code, value >= 0x20, value <= 0x7E,
        let scalar = Unicode.Scalar(value)
      else { return nil }
      if value >= 0x40 {
        self.parameters = String(parameters)
        final = value
        length = parameters.count + 3
        isComplete = true
        return
      }
      parameters.append(scalar)
    }
    self.parameters = String(parameters)
    final = 0
    length = parameters.count + 2
    isComplete = false
  }

  /// Whether it is a complete or incomplete mouse report in xterm's SGR format.
  var isMouseReport: Bool { parameters.hasPrefix("<") && length < 32 }

  /// The mouse event: `<button;column;row`, and M for a press or m for a release.
  var mouse: Mouse? {
    guard isMouseReport, isComplete else { return nil }
    let numbers = parameters.dropFirst().split(separator: ";").map { Int($0) }
    guard numbers.count == 3, let button = numbers[0], let x = numbers[1], let y = numbers[2],
      (1...Self.limit).contains(x), (1...Self.limit).contains(y), let action = action(button)
    else { return nil }
    return Mouse(Point(x: x - 1, y: y - 1), action)
  }

  /// The largest valid coordinate. Reports beyond it are noise.
  private static let limit = 65_535

  private func action(_ button: Int) -> Mouse.Action? {
    // Bits 2 to 4 are the modifier keys, which do not matter here.
    switch button & ~0b1_1100 {
    case 0: final == 0x4D ? .press : final == 0x6D ? .release : nil
    case 32: final == 0x4D ? .drag : nil
    case 64: .wheelUp
    case 65: .wheelDown
    default: nil
    }
  }
}

extension ControlSequence {
  /// The length of the complete control string at the start of the codes, or nil if there is none.
  /// A control string is Escape, one of `]`, `P`, `_` and `^`, a text, and BEL or Escape and `\`.
  static func stringLength(_ codes: ArraySlice<InputDecoder.Code>) -> Int? {
    guard codes.count > 3, codes[codes.startIndex] == .character(0x1B),
      [0x5D, 0x50, 0x5F, 0x5E].contains(where: {
        codes[codes.startIndex + 1] == .character($0)
      })
    else { return nil }
    var hasEscape = false
    for (offset, code) in codes.enumerated().dropFirst(2) {
      guard case .character(let value) = code else { return nil }
      if value == 0x07 || (hasEscape && value == 0x5C) { return offset + 1 }
      guard !hasEscape else { return nil }
      hasEscape = value == 0x1B
    }
    return nil
  }
}
