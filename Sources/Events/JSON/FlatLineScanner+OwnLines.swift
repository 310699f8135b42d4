/// The short way, for nearly every line there is.
extension FlatLineScanner {
  /// The event of a line that stands exactly as `Event.writeJSON` writes it: what comes next is
  /// foreseen, and not looked up. Nil for any other line, whatever it is, which then goes the long
  /// way; so this one need not know what is wrong with a line.
  @inline(__always)
  mutating func ownEvent(in line: Span<UInt8>) -> Event? {
    reader = LineReader()
    event = Event(.unknown)
    isForeign = false
    let isRead: Bool
    do throws(FlatLineError) { isRead = try readOwn(line) } catch { return nil }
    return isRead && !isForeign ? event : nil
  }

  private mutating func readOwn(_ line: Span<UInt8>) throws(FlatLineError) -> Bool {
    guard reader.take(vocabulary.own.seq, line) else { return false }
    event.record.seq = try reader.integer("", line)
    guard reader.take(vocabulary.own.time, line) else { return false }
    event.record.time = try reader.integer("", line)
    guard reader.take(vocabulary.own.pid, line) else { return false }
    event.record.pid = try reader.integer("", line)
    guard reader.take(vocabulary.own.tid, line) else { return false }
    event.record.tid = try reader.integer("", line)
    guard reader.take(vocabulary.own.actor, line) else { return false }
    event.record.actor = try reader.integer("", line)
    guard reader.take(vocabulary.own.kind, line) else { return false }
    guard let raw = vocabulary.kinds[try reader.name("", line)],
      let kind = EventKind(rawValue: raw),
      kind != .unknown
    else { return false }
    event.record.kind = raw
    if reader.take(vocabulary.own.object, line) {
      event.record.object = try reader.integer("", line)
    }
    for index in vocabulary.starts[Int(raw)]..<vocabulary.starts[Int(raw) + 1] {
      let field = vocabulary.fields[index]
      guard reader.take(field.prefix, line) else { continue }
      // Another program may write a value without quotes, or null for none.
      if field.content == .value, !reader.isAtString(line) { return false }
      try readValue(of: field, kind, line)
    }
    if reader.take(vocabulary.own.line, line) {
      event.record.line = try reader.integer("", line)
    }
    return reader.take(UInt8(ascii: "}"), line) && reader.isAtEnd(line)
  }
}
