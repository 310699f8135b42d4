import Events

extension RecordingSource {
  /// Reads a recording to its end, or to where it breaks off, a piece at a time.
  /// - Parameters:
  ///   - isWanted: whether there is a use for more.
  ///   - take: takes the events of a piece in order, and the reader as it stands after it; nothing
  ///     comes before its header is known.
  /// - Returns: how it ends, and the number of its last event.
  /// - Throws: `Failure` for what is no recording or cannot be read, and whatever `take` throws.
  mutating func readEvents(
    while isWanted: () -> Bool,
    _ take: (_ events: [Event], _ reader: RecordingReader) throws -> Void
  ) throws -> (end: RecordingEnd, lastSeq: UInt64) {
    var reader = RecordingReader()
    var events: [Event] = []
    let end: RecordingEnd
    do {
      while !reader.isStopped, isWanted() {
        let count = try next() ?? 0
        if count == 0 { break }
        events.removeAll(keepingCapacity: true)
        try reader.take(bytes.span.extracting(..<count), into: &events)
        if reader.header != nil { try take(events, reader) }
      }
      events.removeAll(keepingCapacity: true)
      end = try reader.finish(into: &events)
      try take(events, reader)
    } catch let error as RecordingError {
      throw Failure("\(name): \(error)")
    }
    return (end, reader.lastSeq)
  }

  /// What a person should know of how it ends; nil where it is whole.
  /// - Parameter upTo: what was done with the events, as `replayed up to event 7`.
  /// - Throws: `Failure` where it is damaged.
  func word(of end: RecordingEnd, _ upTo: String) throws -> String? {
    switch end {
    case .whole: return nil
    case .cut(let line): return "\(name): cut short after line \(line): \(upTo)"
    case .damaged(let line, let damage): throw Failure("\(name):\(line): \(damage); \(upTo)")
    }
  }
}
