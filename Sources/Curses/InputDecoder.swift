internal import Screen

/// Turns the bytes of a terminal into inputs, however the bytes are cut into pieces.
///
/// It is a value without a clock: it gets bytes with the time when they were read, and says until
/// when it must be asked again (`deadline`). Times are nanoseconds on a monotonic clock.
///
/// - A lone Escape is the Esc key after `escapeTime`.
/// - A sequence that has begun waits `sequenceTime` for its next byte. Then it is dropped, and later
///   bytes are keys again. The same holds for a half UTF-8 character. If only Escape and a letter have
///   come, they are two keys.
/// - Unknown sequences and a terminal's answers to queries are dropped.
/// - Escape and another character, as Alt sends them, are two keys, whatever the pause.
/// - If the rest of a sequence comes after its Escape became a key, the rest is still a sequence.
///   See `isLate`.
/// - A paste is one input and never keys. See `InputDecoder+Paste.swift` for a paste that stalls.
struct InputDecoder {
  /// How long an Escape waits for more bytes. Esc must work within 50 ms, and the loop needs some
  /// of that.
  static let escapeTime: UInt64 = 45_000_000
  /// How long a sequence, a character or a paste that has begun waits for its next byte.
  static let sequenceTime: UInt64 = 200_000_000
  /// The most bytes of a control sequence that are kept. No terminal sends a longer one.
  private static let longestSequence = 64

  enum State: Hashable {
    case ground
    /// Inside a UTF-8 character; so many continuation bytes are missing.
    case character(missing: Int)
    case escape
    /// After Escape and `[`.
    case control
    /// After Escape, `[` and `[`: the Linux console's F1 to F5.
    case consoleKey
    /// After Escape and `O`.
    case single
    /// After Escape, `[` and `M`: three bytes of a mouse report.
    case mouse
    /// In an operating system command or another string, up to its terminator.
    case string(hasEscape: Bool)
    case paste
    /// After a paste that stalled.
    case stalledPaste
  }

  var state = State.ground
  /// The bytes of the open sequence, character or paste. A sequence is held in its 7-bit form.
  var held: [UInt8] = []
  /// When the last bytes came.
  var lastTime: UInt64 = 0
  /// The inputs that are complete.
  var inputs: [Input] = []
  var stall = PasteStall()

  private let keys: KeySequences
  /// The time of the last Escape that became the Esc key because nothing followed it in time.
  private var escapeKeyTime: UInt64?
  /// Whether the Escape of the open sequence has become the Esc key.
  private var isLate = false
  /// How many bytes were held before the current piece.
  private var heldBefore = 0
  /// Whether the last sequence began with an 8-bit control, so that it may end with one.
  private(set) var isEightBit = false
  /// Whether the rest of a character that was dropped may still come.
  private var skipsContinuation = false

  init(_ keys: KeySequences = .standard) {
    self.keys = keys
  }

  /// When `expire` must be called if no byte comes earlier, or nil if nothing is open.
  var deadline: UInt64? {
    switch state {
    case .ground: nil
    case .stalledPaste where held.isEmpty: nil
    case .escape: lastTime + Self.escapeTime
    default: lastTime + Self.sequenceTime
    }
  }

  /// Decodes bytes that were read at a time.
  ///
  /// A deadline that has passed does not count if bytes come first: then the reader was late, not
  /// the terminal.
  mutating func decode(_ bytes: some Collection<UInt8>, at now: UInt64) -> [Input] {
    guard !bytes.isEmpty else { return [] }
    var bytes = bytes[...]
    if state == .stalledPaste { beginPiece(at: now) }
    if state == .ground, let rest = stall.restOfBegin(bytes, at: now) {
      bytes = bytes.dropFirst(rest)
      begin(.paste, [])
    }
    stall.lostBegin = []
    if let time = escapeKeyTime, now > time + Self.sequenceTime { escapeKeyTime = nil }
    heldBefore = held.count
    lastTime = now
    for byte in bytes { take(byte) }
    defer { inputs = [] }
    return inputs
  }

  /// Decides about what is open when its time has passed and no byte has come.
  mutating func expire(at now: UInt64) -> [Input] {
    guard let deadline, now >= deadline else { return [] }
    defer { inputs = [] }
    switch state {
    case .escape:
      inputs.append(.key(.escape))
      escapeKeyTime = lastTime
      stall.lose([0x1B], at: now)
      end()
    case .paste: stallPaste(at: now)
    case .stalledPaste: judgePiece(at: now, keys)
    case .control, .single, .string:
      stall.lose(held, at: now)
      if held.count > 2 {
        end()
      } else {
        // Esc and a letter, which Alt sends too.
        if !isLate { inputs.append(.key(.escape)) }
        replay()
      }
    case .character:
      skipsContinuation = true
      end()
    case .ground, .consoleKey, .mouse: end()
    }
    return inputs
  }

  // MARK: Bytes

  mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takeInGround(byte)
    case .character(let missing): takeInCharacter(byte, missing)
    case .escape: takeAfterEscape(byte)
    case .control: takeInControl(byte)
    case .consoleKey:
      held.append(byte)
      finish()
    case .single: takeInSingle(byte)
    case .mouse:
      held.append(byte)
      if held.count == 6 { finishMouse() }
    case .string(let hasEscape): takeInString(byte, hasEscape)
    case .paste: takeInPaste(byte)
    case .stalledPaste: takeAfterStall(byte)
    }
  }

  private mutating func takeInGround(_ byte: UInt8) {
    let mayContinue = escapeKeyTime != nil
    escapeKeyTime = nil
    if mayContinue, let state = State(afterEscape: byte) {
      isLate = true
      begin(state, [0x1B, byte])
      return
    }
    typeInGround(byte)
  }

  private mutating func typeInGround(_ byte: UInt8) {
    if skipsContinuation, byte & 0xC0 == 0x80 { return }
    skipsContinuation = false
    switch byte {
    case 0x1B: begin(.escape, [byte])
    case 0..<0x80:
      if let key = keys[[byte]] ?? Key(control: byte) {
        inputs.append(.key(key))
      } else {
        inputs.append(.key(.character(Character(Unicode.Scalar(byte)))))
      }
    // A byte that continues no character is an 8-bit control.
    case 0x80..<0xA0: takeControl(byte)
    case 0xC2..<0xE0: begin(.character(missing: 1), [byte])
    case 0xE0..<0xF0: begin(.character(missing: 2), [byte])
    case 0xF0..<0xF5: begin(.character(missing: 3), [byte])
    default: break
    }
  }

  /// Takes an 8-bit control, which stands for Escape and a letter. Only those that introduce a
  /// sequence count.
  private mutating func takeControl(_ value: UInt8) {
    guard let state = State(afterEscape: value - 0x40) else { return }
    begin(state, [0x1B, value - 0x40])
    isEightBit = true
  }

  private mutating func takeInCharacter(_ byte: UInt8, _ missing: Int) {
    guard byte & 0xC0 == 0x80 else {
      // The character is cut off, and the byte begins something else.
      end()
      takeInGround(byte)
      return
    }
    held.append(byte)
    guard missing == 1 else {
      state = .character(missing: missing - 1)
      return
    }
    let text = String(validating: held, as: UTF8.self)
    end()
    guard let scalar = text?.unicodeScalars.first else { return }
    if (0x80..<0xA0).contains(scalar.value) {
      takeControl(UInt8(scalar.value))
    } else {
      inputs.append(.key(.character(Character(scalar))))
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8) {
    if let key = keys[[0x1B, byte]] {
      inputs.append(.key(key))
      end()
    } else if let state = State(afterEscape: byte) {
      begin(state, [0x1B, byte])
    } else {
      inputs.append(.key(.escape))
      end()
      takeInGround(byte)
    }
  }

  private mutating func takeInControl(_ byte: UInt8) {
    guard isPlausible(byte) else { return replay(then: byte) }
    guard (0x20..<0x7F).contains(byte) else { return abort(byte) }
    if held.count < Self.longestSequence { held.append(byte) }
    guard byte >= 0x40 else { return }
    if held == [0x1B, 0x5B, 0x5B] {
      state = .consoleKey
    } else if held == [0x1B, 0x5B, 0x4D], keys[held] == nil {
      state = .mouse
    } else if held == Self.pasteBegin {
      begin(.paste, [])
    } else {
      finish()
    }
  }

  private mutating func takeInSingle(_ byte: UInt8) {
    guard isPlausible(byte) else { return replay(then: byte) }
    guard (0x20..<0x7F).contains(byte) else { return abort(byte) }
    if held.count < Self.longestSequence { held.append(byte) }
    // Digits are the modifiers that some terminals send.
    if !(0x30..<0x3C).contains(byte) { finish() }
  }

  private mutating func takeInString(_ byte: UInt8, _ hasEscape: Bool) {
    guard isPlausible(byte) else { return replay(then: byte) }
    if held.count < 3 { held.append(byte) }
    switch byte {
    case 0x5C where hasEscape, 0x07: end()
    case _ where hasEscape:
      // The Escape began another sequence.
      end()
      begin(.escape, [0x1B])
      take(byte)
    case 0x1B: state = .string(hasEscape: true)
    case 0..<0x20: abort(byte)
    case 0x9C where isEightBit: end()
    default: break
    }
  }

  // MARK: Ends

  private mutating func begin(_ state: State, _ bytes: [UInt8]) {
    if state == .escape { isEightBit = false }
    self.state = state
    held = bytes
  }

  mutating func end() {
    state = .ground
    held = []
    isLate = false
  }

  /// Ends a complete key sequence.
  private mutating func finish() {
    if let key = keys[held] {
      inputs.append(.key(key))
    } else if let mouse = Mouse(report: held) {
      inputs.append(.mouse(mouse))
    }
    end()
  }

  private mutating func finishMouse() {
    if let mouse = Mouse(bytes: held.suffix(3)) { inputs.append(.mouse(mouse)) }
    end()
  }

  /// Drops the open sequence for a byte that cannot be in it.
  private mutating func abort(_ byte: UInt8) {
    end()
    takeInGround(byte)
  }

  // MARK: Late sequences

  /// Whether a byte may continue the open sequence.
  ///
  /// Only late sequences are in doubt, because Esc and `[` may also be two keys that the user typed.
  /// The first byte after `[` decides, if it comes alone: it must be as in known sequences.
  private func isPlausible(_ byte: UInt8) -> Bool {
    guard isLate, held.count == 2, heldBefore == 2 else { return true }
    return switch held[1] {
    case 0x5B:
      (0x30..<0x40).contains(byte) || keys[held + [byte]] != nil || "IMO".utf8.contains(byte)
    case 0x4F: keys[held + [byte]] != nil
    case 0x5D: (0x30..<0x3A).contains(byte)
    case 0x50: (0x30..<0x40).contains(byte) || "!$+|".utf8.contains(byte)
    case 0x5F: byte == 0x47
    default: false
    }
  }

  /// Types the held bytes behind the Escape as the keys that they are.
  private mutating func replay(then byte: UInt8? = nil) {
    let typed = held.dropFirst()
    end()
    for typed in typed { typeInGround(typed) }
    if let byte { take(byte) }
  }
}

extension InputDecoder.State {
  /// The state after Escape and a byte that introduces a sequence, or nil if it is another byte.
  init?(afterEscape byte: UInt8) {
    switch byte {
    case 0x5B: self = .control
    case 0x4F: self = .single
    // DCS, SOS, OSC, PM and APC.
    case 0x50, 0x58, 0x5D, 0x5E, 0x5F: self = .string(hasEscape: false)
    default: return nil
    }
  }
}
