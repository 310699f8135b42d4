/// The content of a file's first line.
enum FirstLine {
  case header(RecordingHeader)
  /// The file has no header and begins with an event.
  case event

  /// - Throws: `RecordingError` for a newer format, or for a line that no recording has.
  init(_ line: Span<UInt8>) throws(RecordingError) {
    var reader = HeaderReader()
    do throws(EventLineError) {
      try reader.read(line)
    } catch {
      // A newer format may have fields that this one cannot read.
      if reader.isNewer { throw .newer(format: reader.header.format) }
      throw .notARecording(found: "its first line is not part of a recording: \(error)")
    }
    if reader.isNewer { throw .newer(format: reader.header.format) }
    if reader.hasFormat, !reader.hasKind {
      self = .header(reader.header)
    } else if reader.hasKind {
      self = .event
    } else {
      throw .notARecording(found: "its first line is neither a header nor an event")
    }
  }
}

/// Reads a header's fields, in any order.
private struct HeaderReader {
  var header = RecordingHeader()
  var hasFormat = false
  var hasKind = false
  private var reader = LineReader()

  private static let format = FieldKey("recording")
  private static let kind = FieldKey("kind")
  private static let cores = FieldKey("cores")

  var isNewer: Bool { hasFormat && header.format > RecordingHeader.currentFormat }

  mutating func read(_ line: Span<UInt8>) throws(EventLineError) {
    var key = try reader.firstKey(line)
    while let field = key {
      if !reader.takeNull(line) { try readField(field, line) }
      key = try reader.nextKey(line)
    }
  }

  private mutating func readField(
    _ key: FieldKey, _ line: Span<UInt8>
  ) throws(EventLineError) {
    switch key {
    case Self.format:
      let format: UInt32 = try reader.integer("recording", line)
      guard format > 0 else { throw reader.error(.outOfRange(field: "recording")) }
      header.format = Int(format)
      hasFormat = true
    case Self.kind:
      hasKind = true
      try reader.skipValue(line)
    case Self.cores:
      let cores: UInt32 = try reader.integer("cores", line)
      header.cores = Int(cores)
    default:
      guard let text = RecordingHeader.TextField.allCases.first(where: { $0.key == key }) else {
        return try reader.skipValue(line)
      }
      header[text] = try reader.text("a string", line)
    }
  }
}
