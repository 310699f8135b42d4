/// What the first line of a file says.
enum FirstLine {
  case header(RecordingHeader)
  /// No header: the events begin at once.
  case event

  /// - Throws: `RecordingError` for a newer format, and for what is no line of a recording.
  init(_ line: Span<UInt8>) throws(RecordingError) {
    var reader = HeaderReader()
    do throws(FlatLineError) {
      try reader.read(line)
    } catch {
      // What a newer format writes may well be of a form that this one does not have.
      if reader.isNewer { throw .newer(format: reader.header.format) }
      throw .notARecording(found: "its first line is none of a recording: \(error)")
    }
    if reader.isNewer { throw .newer(format: reader.header.format) }
    if reader.hasFormat, !reader.hasKind {
      self = .header(reader.header)
    } else if reader.hasKind {
      self = .event
    } else {
      throw .notARecording(found: "its first line is an object of JSON, but no header and no event")
    }
  }
}

/// Reads a header's fields, in whatever order they come.
private struct HeaderReader {
  var header = RecordingHeader()
  var hasFormat = false
  var hasKind = false
  private var reader = LineReader()

  private static let format = FieldKey("recording")
  private static let kind = FieldKey("kind")
  private static let cores = FieldKey("cores")

  var isNewer: Bool { hasFormat && header.format > RecordingHeader.currentFormat }

  mutating func read(_ line: Span<UInt8>) throws(FlatLineError) {
    var key = try reader.firstKey(line)
    while let field = key {
      if !reader.takeNull(line) { try readField(field, line) }
      key = try reader.nextKey(line)
    }
  }

  private mutating func readField(
    _ key: FieldKey, _ line: Span<UInt8>
  ) throws(FlatLineError) {
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
