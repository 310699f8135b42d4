/// The fast path, for lines exactly as `Event.writeJSON` writes them: nearly all lines.
extension EventLineScanner {
  /// Reads a canonical line, whose next bytes are predicted instead of looked up. Returns nil for
  /// any other line; the general path then reads it and reports its errors.
  @inline(__always)
  mutating func canonicalEvent(in line: Span<UInt8>) -> Event? {
    reader = LineReader()
    event = Event(.unknown)
    hasUnknownWord = false
    let isRead: Bool
    do throws(EventLineError) { isRead = try readCanonical(line) } catch { return nil }
    return isRead && !hasUnknownWord ? event : nil
  }

  private mutating func readCanonical(_ line: Span<UInt8>) throws(EventLineError) -> Bool {
    guard reader.take(vocabulary.canonical.seq, line) else { return false }
    event.record.seq = try reader.integer("", line)
    guard reader.take(vocabulary.canonical.time, line) else { return false }
    event.record.time = try reader.integer("", line)
    guard reader.take(vocabulary.canonical.pid, line) else { return false }
    event.record.pid = try reader.integer("", line)
    guard reader.take(vocabulary.canonical.tid, line) else { return false }
    event.record.tid = try reader.integer("", line)
    guard reader.take(vocabulary.canonical.actor, line) else { return false }
    event.record.actor = try reader.integer("", line)
    guard reader.take(vocabulary.canonical.kind, line) else { return false }
    guard let raw = vocabulary.kinds[try reader.name("", line)],
      let kind = EventKind(rawValue: raw),
      kind != .unknown
    else { return false }
    event.record.kind = raw
    if reader.take(vocabulary.canonical.object, line) {
      event.record.object = try reader.integer("", line)
    }
    for index in vocabulary.starts[Int(raw)]..<vocabulary.starts[Int(raw) + 1] {
      let field = vocabulary.fields[index]
      guard reader.take(field.prefix, line) else { continue }
      // Another program may write a value without quotes, or null for none.
      if field.content == .value, !reader.isAtString(line) { return false }
      try readValue(of: field, kind, line)
    }
    if reader.take(vocabulary.canonical.line, line) {
      event.record.line = try reader.integer("", line)
    }
    return reader.take(UInt8(ascii: "}"), line) && reader.isAtEnd(line)
  }
}
