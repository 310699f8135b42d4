/// Reads an event from a line of JSON: a recording's, a pipe's, another program's.
///
/// The line is one flat object, its fields in any order. Fields that the schema does not have are
/// skipped, arrays and objects too. A kind or a word that it does not have makes the event one of
/// kind `unknown`, which keeps the whole line and is written out again as it came.
public struct FlatLineScanner: Sendable {
  /// How deep arrays and objects may stand in one another in a field that is skipped.
  public static let greatestDepth = 32

  let vocabulary = LineVocabulary.shared
  var reader = LineReader()
  var event = Event(.unknown)
  private var kind: EventKind?
  /// A field stood before the kind that says what it means.
  private var needsAnotherPass = false
  var isForeign = false
  /// One bit a header field that was seen.
  private var seen: UInt8 = 0

  private static let needed = LineVocabulary.HeaderField.allCases.filter(\.isNeeded)
  private let neededBits = needed.reduce(0 as UInt8) { $0 | 1 << $1.rawValue }

  /// A scanner for any number of lines, one after another.
  init() {}

  /// The event that a line says; its end, if it is there, is white space.
  public static func event(in line: Span<UInt8>) throws(FlatLineError) -> Event {
    var scanner = FlatLineScanner()
    return try scanner.event(in: line)
  }

  /// The event that a line says.
  public static func event(in line: String) throws(FlatLineError) -> Event {
    let bytes = Array(line.utf8)
    return try event(in: bytes.span)
  }

  /// The event that the next line says; its end, if it is there, is white space.
  mutating func event(in line: Span<UInt8>) throws(FlatLineError) -> Event {
    if let event = ownEvent(in: line) { return event }
    reader = LineReader()
    event = Event(.unknown)
    kind = nil
    needsAnotherPass = false
    isForeign = false
    seen = 0
    try readObject(line)
    if seen & neededBits != neededBits {
      for field in Self.needed where seen & 1 << field.rawValue == 0 {
        throw FlatLineError(problem: .missing(field: field.name), column: line.count + 1)
      }
    }
    if needsAnotherPass, kind != .unknown { try readObject(line) }
    return isForeign || kind == .unknown ? keptWhole(line) : event
  }

  /// The event of a line whose kind or words this schema does not have.
  private func keptWhole(_ line: Span<UInt8>) -> Event {
    var kept = Event(
      .unknown, seq: event.seq, time: event.time, pid: event.pid, tid: event.tid,
      actor: event.actor, object: event.object)
    kept.record.line = event.record.line
    kept.texts = [reader.trimmedText(line)]
    return kept
  }

  private mutating func readObject(_ line: Span<UInt8>) throws(FlatLineError) {
    var key = try reader.firstKey(line)
    while let field = key {
      try readField(field, line)
      key = try reader.nextKey(line)
    }
  }

  private mutating func readField(
    _ key: FieldKey, _ line: Span<UInt8>
  ) throws(FlatLineError) {
    if reader.takeNull(line) { return }
    guard let number = vocabulary.header[key],
      let field = LineVocabulary.HeaderField(rawValue: number)
    else { return try readKindField(key, line) }
    switch field {
    case .seq: event.record.seq = try reader.integer("seq", line)
    case .time: event.record.time = try reader.integer("t", line)
    case .pid: event.record.pid = try reader.integer("pid", line)
    case .tid: event.record.tid = try reader.integer("tid", line)
    case .actor: event.record.actor = try reader.integer("actor", line)
    case .object: event.record.object = try reader.integer("object", line)
    case .line: event.record.line = try reader.integer("line", line)
    case .kind:
      let name = try reader.name("a kind", line)
      let known = vocabulary.kinds[name].flatMap { EventKind(rawValue: $0) } ?? .unknown
      // Two kinds in one line would let a field of the first be taken for one of the second.
      if let kind, kind != known { isForeign = true }
      kind = known
      event.record.kind = known.rawValue
    }
    seen |= 1 << number
  }

  private mutating func readKindField(
    _ key: FieldKey, _ line: Span<UInt8>
  ) throws(FlatLineError) {
    guard let kind else {
      needsAnotherPass = true
      return try reader.skipValue(line)
    }
    let raw = Int(kind.rawValue)
    for index in vocabulary.starts[raw]..<vocabulary.starts[raw + 1] {
      let field = vocabulary.fields[index]
      guard field.key == key else { continue }
      return try readValue(of: field, kind, line)
    }
    try reader.skipValue(line)
  }

  /// Reads what a field of a kind holds.
  mutating func readValue(
    of field: LineVocabulary.Field, _ kind: EventKind, _ line: Span<UInt8>
  ) throws(FlatLineError) {
    switch field.content {
    case .number:
      event.record[Int(field.slot)] = try reader.integer(Self.name(field, kind), line)
    case .word: try readWord(field, kind, line)
    case .text: set(try reader.text("a string", line), at: Int(field.text))
    case .value:
      switch try reader.value(line) {
      case .number(let number): event.record[Int(field.slot)] = number
      case .text(let value):
        event.record[Int(field.slot)] = nil
        set(value, at: Int(field.text))
      }
    }
  }

  private mutating func readWord(
    _ field: LineVocabulary.Field, _ kind: EventKind, _ line: Span<UInt8>
  ) throws(FlatLineError) {
    guard reader.isAtString(line) else {
      event.record[Int(field.slot)] = try reader.integer(Self.name(field, kind), line)
      return
    }
    let word = try reader.name("a word", line)
    for index in field.firstWord..<field.endOfWords where vocabulary.words[Int(index)] == word {
      event.record[Int(field.slot)] = Int64(index - field.firstWord)
      return
    }
    isForeign = true
  }

  private static func name(_ field: LineVocabulary.Field, _ kind: EventKind) -> String {
    kind.fields.first { $0.key == field.key }?.name ?? ""
  }

  /// Texts stand in the order of the fields; one that is not there is empty.
  private mutating func set(_ text: String, at index: Int) {
    while event.texts.count <= index { event.texts.append("") }
    event.texts[index] = text
  }
}
