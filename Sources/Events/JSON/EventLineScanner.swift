/// Reads an event from a line of JSON, of a recording or of another program's output.
///
/// The line is one flat object with its fields in any order. Fields that the schema does not have
/// are skipped, including arrays and objects. A kind or word that the schema does not have makes an
/// event of kind `unknown`, which keeps the whole line and is written as it was read.
public struct EventLineScanner: Sendable {
  /// How deeply arrays and objects may be nested in a skipped field.
  static let maxDepth = 32

  let vocabulary = LineVocabulary.shared
  var reader = LineReader()
  var event = Event(.unknown)
  private var kind: EventKind?
  /// A field of the kind came before the kind.
  private var needsAnotherPass = false
  var hasUnknownWord = false
  /// One bit for each header field that was seen.
  private var seen: UInt8 = 0

  private static let required = LineVocabulary.HeaderField.allCases.filter(\.isRequired)
  private let requiredBits = required.reduce(0 as UInt8) { $0 | 1 << $1.rawValue }

  init() {}

  /// The event in a line, with or without a line ending.
  public static func event(in line: Span<UInt8>) throws(EventLineError) -> Event {
    var scanner = EventLineScanner()
    return try scanner.event(in: line)
  }

  /// The event in the next line, with or without its line ending.
  mutating func event(in line: Span<UInt8>) throws(EventLineError) -> Event {
    if let event = canonicalEvent(in: line) { return event }
    reader = LineReader()
    event = Event(.unknown)
    kind = nil
    needsAnotherPass = false
    hasUnknownWord = false
    seen = 0
    try readObject(line)
    if seen & requiredBits != requiredBits {
      for field in Self.required where seen & 1 << field.rawValue == 0 {
        throw EventLineError(problem: .missing(field: field.name), column: line.count + 1)
      }
    }
    if needsAnotherPass, kind != .unknown { try readObject(line) }
    return hasUnknownWord || kind == .unknown ? unknownEvent(line) : event
  }

  /// The event for a line with a kind or a word that this schema does not have.
  private func unknownEvent(_ line: Span<UInt8>) -> Event {
    var kept = Event(
      .unknown, seq: event.seq, time: event.time, pid: event.pid, tid: event.tid,
      actor: event.actor, object: event.object)
    kept.record.line = event.record.line
    kept.texts = [reader.trimmedText(line)]
    return kept
  }

  private mutating func readObject(_ line: Span<UInt8>) throws(EventLineError) {
    var key = try reader.firstKey(line)
    while let field = key {
      try readField(field, line)
      key = try reader.nextKey(line)
    }
  }

  private mutating func readField(
    _ key: FieldKey, _ line: Span<UInt8>
  ) throws(EventLineError) {
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
      // With two kinds in a line, a field of the first could be read as one of the second.
      if let kind, kind != known { hasUnknownWord = true }
      kind = known
      event.record.kind = known.rawValue
    }
    seen |= 1 << number
  }

  private mutating func readKindField(
    _ key: FieldKey, _ line: Span<UInt8>
  ) throws(EventLineError) {
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

  /// Reads the content of a field.
  mutating func readValue(
    of field: LineVocabulary.Field, _ kind: EventKind, _ line: Span<UInt8>
  ) throws(EventLineError) {
    switch field.content {
    case .number:
      event.record[Int(field.slot)] = try reader.integer(Self.name(field, kind), line)
    case .word: try readWord(field, kind, line)
    case .text: set(try reader.text("a string", line), at: Int(field.text))
    case .value:
      switch try reader.value(line) {
      case .number(let number):
        event.record[Int(field.slot)] = number
        // The last of two values counts. A text value is the last text.
        event.texts.removeSubrange(min(Int(field.text), event.texts.count)...)
      case .text(let value):
        event.record[Int(field.slot)] = nil
        set(value, at: Int(field.text))
      }
    }
  }

  private mutating func readWord(
    _ field: LineVocabulary.Field, _ kind: EventKind, _ line: Span<UInt8>
  ) throws(EventLineError) {
    guard reader.isAtString(line) else {
      event.record[Int(field.slot)] = try reader.integer(Self.name(field, kind), line)
      return
    }
    let word = try reader.name("a word", line)
    for index in field.firstWord..<field.endOfWords where vocabulary.words[Int(index)] == word {
      event.record[Int(field.slot)] = Int64(index - field.firstWord)
      return
    }
    hasUnknownWord = true
  }

  private static func name(_ field: LineVocabulary.Field, _ kind: EventKind) -> String {
    kind.fields.first { $0.key == field.key }?.name ?? ""
  }

  /// Stores a text at its place; a missing text before it becomes empty.
  private mutating func set(_ text: String, at index: Int) {
    while event.texts.count <= index { event.texts.append("") }
    event.texts[index] = text
  }
}
