public import Events

/// Events and recordings as texts, which tests read more easily than bytes.
extension Event {
  /// The event as a line of JSON.
  public func json() -> String {
    var bytes: [UInt8] = []
    writeJSON(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension EventLineScanner {
  /// The event in a line of JSON.
  public static func event(in line: String) throws(EventLineError) -> Event {
    let bytes = Array(line.utf8)
    return try event(in: bytes.span)
  }
}

extension RecordingReader {
  /// Reads the next piece of a file.
  public mutating func take(
    _ piece: [UInt8], into events: inout [Event]
  ) throws(RecordingError) {
    try take(piece.span, into: &events)
  }
}
