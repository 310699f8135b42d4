/// Reads an event from a line of JSON: a recording's, a pipe's, another program's.
///
/// The line is one flat object, its fields in any order. Fields that the schema does not have are
/// skipped, arrays and objects too. A kind or a word that it does not have makes the event one of
/// kind `unknown`, which keeps the whole line and is written out again as it came.
public struct FlatLineScanner {
  /// How deep arrays and objects may stand in one another in a field that is skipped.
  public static let greatestDepth = 32

  private var reader = LineReader()
  private var event = Event(.unknown)
  private var kind: EventKind?
  /// A field stood before the kind that says what it means.
  private var needsAnotherPass = false
  private var isForeign = false
  private var seen = Header()

  private struct Header: OptionSet {
    let rawValue: UInt8
    static let seq = Header(rawValue: 1)
    static let time = Header(rawValue: 2)
    static let pid = Header(rawValue: 4)
    static let tid = Header(rawValue: 8)
    static let actor = Header(rawValue: 16)
    static let kind = Header(rawValue: 32)
    static let names: [(Header, String)] = [
      (.seq, "seq"), (.time, "t"), (.pid, "pid"), (.tid, "tid"), (.actor, "actor"),
      (.kind, "kind"),
    ]
  }

  private init() {}

  /// The event that a line says; its end, if it is there, is white space.
  public static func event(in line: Span<UInt8>) throws(FlatLineError) -> Event {
    var scanner = FlatLineScanner()
    try scanner.readObject(line)
    for (field, name) in Header.names where !scanner.seen.contains(field) {
      throw FlatLineError(problem: .missing(field: name), column: line.count + 1)
    }
    if scanner.needsAnotherPass, scanner.kind != .unknown { try scanner.readObject(line) }
    return scanner.finished(line)
  }

  /// The event that a line says.
  public static func event(in line: String) throws(FlatLineError) -> Event {
    let bytes = Array(line.utf8)
    return try event(in: bytes.span)
  }

  private func finished(_ line: Span<UInt8>) -> Event {
    guard isForeign || kind == .unknown else { return event }
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
    switch key {
    case .seq:
      event.record.seq = try reader.integer("seq", line)
      seen.insert(.seq)
    case .time:
      event.record.time = try reader.integer("t", line)
      seen.insert(.time)
    case .pid:
      event.record.pid = try reader.integer("pid", line)
      seen.insert(.pid)
    case .tid:
      event.record.tid = try reader.integer("tid", line)
      seen.insert(.tid)
    case .actor:
      event.record.actor = try reader.integer("actor", line)
      seen.insert(.actor)
    case .object: event.record.object = try reader.integer("object", line)
    case .line: event.record.line = try reader.integer("line", line)
    case .kind:
      let known = EventKind(name: try reader.text("a kind", line)) ?? .unknown
      // Two kinds in one line would let a field of the first be taken for one of the second.
      if let kind, kind != known { isForeign = true }
      kind = known
      event.record.kind = known.rawValue
      seen.insert(.kind)
    default: try readKindField(key, line)
    }
  }

  private mutating func readKindField(
    _ key: FieldKey, _ line: Span<UInt8>
  ) throws(FlatLineError) {
    guard let kind else {
      needsAnotherPass = true
      return try reader.skipValue(line)
    }
    var text = 0
    for field in kind.fields {
      guard field.key == key else {
        if field.isText { text += 1 }
        continue
      }
      switch field.content {
      case .integer, .nanoseconds:
        event.record[field.slot] = try reader.integer(field.name, line)
      case .word(let words): try readWord(field, words, line)
      case .text: set(try reader.text("a string", line), at: text)
      case .value:
        switch try reader.value(line) {
        case .number(let number): event.record[field.slot] = number
        case .text(let value):
          event.record[field.slot] = nil
          set(value, at: text)
        }
      }
      return
    }
    try reader.skipValue(line)
  }

  private mutating func readWord(
    _ field: EventField, _ words: [String], _ line: Span<UInt8>
  ) throws(FlatLineError) {
    guard reader.isAtString(line) else {
      event.record[field.slot] = try reader.integer(field.name, line)
      return
    }
    let word = try reader.text("a word", line)
    if let index = words.firstIndex(of: word) {
      event.record[field.slot] = Int64(index)
    } else {
      isForeign = true
    }
  }

  /// Texts stand in the order of the fields; one that is not there is empty.
  private mutating func set(_ text: String, at index: Int) {
    while event.texts.count <= index { event.texts.append("") }
    event.texts[index] = text
  }
}
