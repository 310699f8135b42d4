import Events
import Shell

extension RecordingSource {
  /// Reads a recording piece by piece, as far as it can be read.
  /// - Parameters:
  ///   - isWanted: whether to read more.
  ///   - take: takes the events of each piece in order, and the reader after it. Called once the
  ///     header is known.
  /// - Returns: how the recording ends, and the number of its last event.
  /// - Throws: `Failure` if it is not a recording or cannot be read, and errors of `take`.
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

  /// A message about a recording that is not whole, or nil.
  /// - Parameter upTo: what was done with the events, such as `replayed up to event 7`.
  /// - Throws: `Failure` if it is damaged.
  func word(of end: RecordingEnd, _ upTo: String) throws -> String? {
    switch end {
    case .whole: return nil
    case .cut(let line): return "\(name): cut short after line \(line): \(upTo)"
    case .damaged(let line, let damage): throw Failure("\(name):\(line): \(damage); \(upTo)")
    }
  }
}
