internal import Screen

extension Mouse {
  /// The largest valid coordinate. Reports beyond it are noise.
  private static let limit = 65_535

  /// Decodes a report in xterm's SGR format: Escape, `[<button;column;row`, and M for a press or m
  /// for a release.
  init?(report bytes: [UInt8]) {
    guard bytes.starts(with: [0x1B, 0x5B, 0x3C]), let final = bytes.last else { return nil }
    let numbers = bytes.dropFirst(3).dropLast()
      .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == 3, let button = numbers[0], let x = numbers[1], let y = numbers[2],
      let action = Action(button: button, final: final)
    else { return nil }
    self.init(x: x, y: y, action)
  }

  /// Decodes the three bytes of an X10 report, each with an offset of 32. It has no button for a
  /// release.
  init?(bytes: ArraySlice<UInt8>) {
    let numbers = bytes.map { Int($0) - 32 }
    guard numbers.count == 3, numbers[0] >= 0 else { return nil }
    let isRelease = numbers[0] & 0b110_0011 == 3
    let button = isRelease ? 0 : numbers[0]
    let final = UInt8(ascii: isRelease ? "m" : "M")
    guard let action = Action(button: button, final: final) else { return nil }
    self.init(x: numbers[1], y: numbers[2], action)
  }

  private init?(x: Int, y: Int, _ action: Action) {
    guard (1...Self.limit).contains(x), (1...Self.limit).contains(y) else { return nil }
    self.init(Point(x: x - 1, y: y - 1), action)
  }
}

extension Mouse.Action {
  fileprivate init?(button: Int, final: UInt8) {
    let isPress = final == UInt8(ascii: "M")
    guard isPress || final == UInt8(ascii: "m") else { return nil }
    // Bits 2 to 4 are the modifier keys, which do not matter here.
    switch button & ~0b1_1100 {
    case 0: self = isPress ? .press : .release
    case 32 where isPress: self = .drag
    case 64: self = .wheelUp
    case 65: self = .wheelDown
    default: return nil
    }
  }
}
