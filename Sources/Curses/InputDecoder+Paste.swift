internal import Screen

// A paste comes between two markers, and the second may be late or lost:
//
//   begin  text  (200 ms without a byte)  →  the text so far is delivered
//          piece (200 ms without a byte)  →  keys, if it looks typed; or else more of the paste
//          …                 end marker   →  the piece before it is the rest of the paste
//
// So a lost end marker does not lock the keyboard, and the rest of a slow paste is no command.

/// What must be remembered about a paste that stalled.
struct PasteStall: Hashable {
  /// How long pieces are suspected after the last byte that was surely pasted.
  static let suspicionTime: UInt64 = 10_000_000_000
  /// Keys that come closer together than this are not typed.
  static let typingTime: UInt64 = 15_000_000

  var suspectUntil: UInt64 = 0
  /// Where bytes that came later than their predecessors begin in a piece.
  var starts: [Int] = []
  /// The beginning of a paste's first marker that was dropped because the rest did not come.
  var lostBegin: [UInt8] = []
  private var lostTime: UInt64 = 0

  /// Remembers a sequence that is dropped, if it may be the beginning of a paste.
  mutating func lose(_ sequence: [UInt8], at now: UInt64) {
    guard InputDecoder.pasteBegin.starts(with: sequence) else { return }
    lostBegin = sequence
    lostTime = now
  }

  /// The number of bytes at the start that complete the marker that was dropped, or nil.
  func restOfBegin(_ bytes: some Collection<UInt8>, at now: UInt64) -> Int? {
    guard !lostBegin.isEmpty, now <= lostTime + Self.suspicionTime else { return nil }
    let rest = InputDecoder.pasteBegin.dropFirst(lostBegin.count)
    return bytes.starts(with: rest) ? rest.count : nil
  }
}

extension InputDecoder {
  static let pasteBegin = Array("\u{1B}[200~".utf8)
  static let pasteEnd = Array("\u{1B}[201~".utf8)
  /// The most bytes in one paste input. A longer paste is delivered in several inputs.
  static let pasteLimit = 1 << 20

  mutating func takeInPaste(_ byte: UInt8) {
    held.append(byte)
    if byte == 0x7E, let text = textBeforeEnd {
      deliver(text)
      end()
    } else if held.count >= Self.pasteLimit {
      let rest = incompleteEnd
      deliver(held.dropLast(rest.count))
      held = rest
    }
  }

  /// Delivers the paste so far, because nothing more has come.
  mutating func stallPaste(at now: UInt64) {
    let rest = incompleteEnd
    let text = held.dropLast(rest.count)
    if !text.isEmpty { deliver(text) }
    held = rest
    state = .stalledPaste
    stall.starts = [0]
    stall.suspectUntil = now + PasteStall.suspicionTime
    lastTime = now
  }

  /// Notes that more bytes come after a stall.
  mutating func beginPiece(at now: UInt64) {
    if held.isEmpty {
      stall.starts = [0]
      if now > stall.suspectUntil { end() }
    } else if now >= lastTime + PasteStall.typingTime {
      stall.starts.append(held.count)
    }
  }

  mutating func takeAfterStall(_ byte: UInt8) {
    held.append(byte)
    guard byte == 0x7E else { return }
    if held == Self.pasteBegin {
      held = []
      state = .paste
    } else if let text = textBeforeEnd {
      if !text.isEmpty { deliver(text) }
      end()
    }
  }

  /// Decides whether a piece after a stall was typed or pasted: keys are typed one at a time.
  mutating func judgePiece(at now: UInt64, _ keys: KeySequences) {
    var typed: [Input] = []
    var looksTyped = true
    for (start, end) in zip(stall.starts, stall.starts.dropFirst() + [held.count]) {
      var decoder = InputDecoder(keys)
      var group = decoder.decode(held[start..<end], at: 0)
      if let deadline = decoder.deadline { group += decoder.expire(at: deadline) }
      typed += group
      if group.filter(\.isTypedText).count > 1 { looksTyped = false }
    }
    if looksTyped {
      inputs += typed
      // No paste contains this key, so the user is typing.
      if typed.contains(.key(.escape)) { end() }
    } else {
      deliver(held[...])
      stall.suspectUntil = now + PasteStall.suspicionTime
    }
    held = []
  }

  /// The held bytes before the end marker, or nil if they do not end with it.
  private var textBeforeEnd: ArraySlice<UInt8>? {
    if held.ends(with: Self.pasteEnd) { return held.dropLast(Self.pasteEnd.count) }
    let short = [0x9B] + Self.pasteEnd.dropFirst(2)
    return isEightBit && held.ends(with: short) ? held.dropLast(short.count) : nil
  }

  private mutating func deliver(_ bytes: ArraySlice<UInt8>) {
    // Terminals send a carriage return for each newline.
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var last: UInt8 = 0
    for byte in bytes {
      if byte != 0x0A || last != 0x0D { text.append(byte == 0x0D ? 0x0A : byte) }
      last = byte
    }
    inputs.append(.paste(String(decoding: text, as: UTF8.self)))
  }

  /// The end of the held bytes that may be the beginning of the end marker or of a character.
  private var incompleteEnd: [UInt8] {
    if let start = held.suffix(Self.pasteEnd.count - 1).lastIndex(of: 0x1B),
      Self.pasteEnd.starts(with: held[start...])
    {
      return Array(held[start...])
    }
    guard let start = held.suffix(3).lastIndex(where: { $0 >= 0xC0 }) else { return [] }
    let length = held[start] < 0xE0 ? 2 : held[start] < 0xF0 ? 3 : 4
    return held.count - start < length ? Array(held[start...]) : []
  }
}

extension Array where Element == UInt8 {
  fileprivate func ends(with other: [UInt8]) -> Bool {
    count >= other.count && self[(count - other.count)...].elementsEqual(other)
  }
}

extension Input {
  /// Whether it could be a character of a pasted text.
  fileprivate var isTypedText: Bool {
    switch self {
    case .key(.character), .key(.enter), .key(.tab), .key(.control), .key(.backspace): true
    case .key, .mouse: false
    case .paste: true
    }
  }
}
