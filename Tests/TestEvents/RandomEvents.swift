public import Events
import TestNumbers

/// Events of any kind with anything in them that the kind allows.
public struct RandomEvents {
  private var random: Seeded

  public init(seed: UInt64) { random = Seeded(seed) }

  private static let pieces = [
    "a", "7", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}", "\u{9B}", "é", "漢", "👩‍👩‍👧",
    "\u{FFFD}",
    "\u{2028}", "{", "}", ",", ":", "\\u0041", " ", "\u{301}", "\u{10FFFF}", "\r\n",
  ]

  public mutating func text() -> String {
    (0..<Int.random(in: 0...12, using: &random))
      .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
  }

  public mutating func number() -> Int64 {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: .min
    case 1: .max
    case 2: Int64.random(in: -3...3, using: &random)
    default: Int64.random(in: .min ... .max, using: &random)
    }
  }

  public mutating func event(_ kind: EventKind) -> Event {
    var event = Event(
      kind, seq: .random(in: 0...(.max), using: &random),
      time: .random(in: 0...(.max), using: &random),
      pid: .random(in: .min ... .max, using: &random),
      tid: .random(in: .min ... .max, using: &random),
      actor: ActorID(rawValue: .random(in: 0...(.max), using: &random)),
      object: Bool.random(using: &random)
        ? ObjectID(rawValue: .random(in: 1...(.max), using: &random)) : nil,
      line: Int.random(in: 0...70_000, using: &random))
    for field in kind.fields {
      let isPresent = Int.random(in: 0..<4, using: &random) > 0
      switch field.content {
      case .integer, .nanoseconds: if isPresent { event.record[field.slot] = number() }
      case .word(let words):
        if isPresent {
          event.record[field.slot] = Int64.random(in: 0..<Int64(words.count), using: &random)
        }
      case .text: event.texts.append(text())
      case .value:
        if isPresent {
          event.setValue(Bool.random(using: &random) ? .number(number()) : EventValue(text()))
        }
      }
    }
    return event
  }

  public mutating func bytes() -> [UInt8] {
    (0..<Int.random(in: 0...200, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
  }

  /// The same bytes with a few of them changed, taken, doubled or cut off.
  public mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      guard let place = bytes.indices.randomElement(using: &random) else { return bytes }
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      case 2:
        bytes.insert(Array("\"\\{}[],:0u-".utf8).randomElement(using: &random) ?? 0, at: place)
      case 3: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}
