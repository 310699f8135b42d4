internal import CNcurses
internal import Screen

/// The byte sequences of keys: those of the terminal's terminfo entry, and those that most terminals
/// send, whatever their entry says.
struct KeySequences: Sendable {
  private var keys: [[UInt8]: Key]

  subscript(sequence: [UInt8]) -> Key? { keys[sequence] }

  /// The sequences of xterm, rxvt, the Linux console and the keypad of a VT220.
  static let standard = KeySequences(keys: standardKeys)

  /// The standard sequences and those of the terminfo entry that is in use. The entry has
  /// precedence.
  static var ofTerminal: KeySequences {
    var sequences = standard
    for (name, key) in capabilities.reversed() {
      guard let value = lks_capability(name) else { continue }
      let bytes = Array(String(cString: value).utf8)
      // A key that sends a printable character is that character. Delays are for output only.
      guard let first = bytes.first, first < 0x20 || first == 0x7F, bytes != [0x1B],
        !String(cString: value).contains("$<")
      else { continue }
      sequences.keys[bytes] = key
    }
    return sequences
  }

  /// The names of terminfo's keys. If two have the same sequence, the first counts.
  private static let capabilities: [(String, Key)] =
    [
      ("kbs", .backspace), ("kent", .enter), ("kdch1", .delete), ("kcbt", .backTab),
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right),
      ("khome", .home), ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown),
    ] + (1...12).map { ("kf\($0)", .function($0)) }

  private static var standardKeys: [[UInt8]: Key] {
    var keys: [[UInt8]: Key] = [:]
    func add(_ sequence: String, _ key: Key) { keys[[0x1B] + Array(sequence.utf8)] = key }
    for (letter, key) in [
      ("A", Key.up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
    ] {
      add("[" + letter, key)
      add("O" + letter, key)
    }
    add("[Z", .backTab)
    for (number, key) in [
      (1, Key.home), (3, .delete), (4, .end), (5, .pageUp), (6, .pageDown), (7, .home), (8, .end),
    ] { add("[\(number)~", key) }
    for (index, number) in [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].enumerated() {
      add("[\(number)~", .function(index + 1))
    }
    for (index, letter) in ["A", "B", "C", "D", "E"].enumerated() {
      add("[[" + letter, .function(index + 1))
    }
    for (index, letter) in ["P", "Q", "R", "S"].enumerated() {
      add("O" + letter, .function(index + 1))
    }
    add("OM", .enter)
    add("OI", .tab)
    for (letter, character) in zip("jklmnopqrstuvwxy X", "*+,-./0123456789 =") {
      add("O\(letter)", .character(character))
    }
    return keys
  }
}

extension Key {
  /// The key of a control character, or nil if the byte is no control character.
  init?(control byte: UInt8) {
    switch byte {
    case 0: self = .control(" ")
    case 8, 127: self = .backspace
    case 9: self = .tab
    case 10, 13: self = .enter
    case 27: self = .escape
    case 1...26: self = .control(Character(Unicode.Scalar(byte + 0x60)))
    case 28...31: self = .control(Character(Unicode.Scalar(byte + 0x40)))
    default: return nil
    }
  }
}
