import Glibc

/// Reads a recording piece by piece, in pieces of any size.
///
/// A pure value: the caller supplies the bytes. It keeps only an unfinished line between pieces.
/// `t` may go back from one event to the next, because a thread may be interrupted between taking
/// its number and reading the clock. `seq` is the order.
public struct RecordingReader: Sendable {
  /// The longest line that is read, in bytes. A factorial with a million digits fits.
  static let longestLine = 64 << 20

  /// The header, or nil before the first line has been read.
  public private(set) var header: RecordingHeader?
  /// How many complete lines have been read, including the header.
  private(set) var lines = 0
  /// How many bytes have been read.
  public private(set) var bytes = 0
  /// The number of the last event, or 0 before the first.
  public private(set) var lastSeq: UInt64 = 0
  /// Whether the reader has stopped at damage and ignores the rest.
  public var isStopped: Bool { damage != nil }

  private var scanner = EventLineScanner()
  private var damage: RecordingDamage?
  /// The beginning of an unfinished line.
  private var lineStart: [UInt8] = []
  private var hasEvents = false
  private var isFinished = false

  /// Creates a reader at the start of a file.
  public init() {}

  /// Reads the next piece of the file, and appends the events that end in it.
  /// - Throws: `RecordingError` if this program cannot read the file as a recording.
  public mutating func take(
    _ piece: Span<UInt8>, into events: inout [Event]
  ) throws(RecordingError) {
    bytes += piece.count
    var start = 0
    while damage == nil, let end = Self.lineEnd(in: piece, from: start) {
      if lineStart.isEmpty {
        try readLine(piece.extracting(start..<end), into: &events)
      } else {
        try keep(piece.extracting(start..<end))
        let line = lineStart
        lineStart = []
        if damage == nil { try readLine(line.span, into: &events) }
      }
      start = end + 1
    }
    guard damage == nil, start < piece.count else { return }
    let wasLongEnough = lineStart.count >= FileStart.neededBytes
    try keep(piece.extracting(start...))
    if header == nil, !wasLongEnough, lineStart.count >= FileStart.neededBytes {
      try FileStart.check(lineStart.span, isLine: false)
    }
  }

  /// Ends the reading after the last piece. A complete last event needs no line ending.
  /// - Returns: how the recording ends.
  /// - Throws: `RecordingError` if the file is not a recording.
  public mutating func finish(
    into events: inout [Event]
  ) throws(RecordingError) -> RecordingEnd {
    if damage == nil, !lineStart.isEmpty { try readLastLine(into: &events) }
    guard header != nil else { throw .notARecording(found: FileStart.empty) }
    if let damage { return .damaged(line: lines + 1, damage) }
    return isFinished ? .whole : .cut(line: lines)
  }

  private static func lineEnd(in piece: Span<UInt8>, from start: Int) -> Int? {
    guard start < piece.count else { return nil }
    return piece.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = memchr(base + start, 0x0A, bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Keeps the beginning of a line.
  private mutating func keep(_ bytes: Span<UInt8>) throws(RecordingError) {
    guard lineStart.count + bytes.count <= Self.longestLine else {
      lineStart = []
      return try stop(at: .tooLong(limit: Self.longestLine))
    }
    bytes.withUnsafeBufferPointer { lineStart.append(contentsOf: $0) }
  }

  private mutating func readLine(
    _ line: Span<UInt8>, into events: inout [Event]
  ) throws(RecordingError) {
    guard line.count <= Self.longestLine else {
      return try stop(at: .tooLong(limit: Self.longestLine))
    }
    let isFirst = header == nil
    let line = line.extracting((isFirst ? FileStart.markLength(line) : 0)...)
    if isFirst {
      try FileStart.check(line, isLine: true)
      if case .header(let header) = try FirstLine(line) {
        self.header = header
        lines += 1
        return
      }
    } else if line.isBlank {
      lines += 1
      return
    }
    let event: Event
    do throws(EventLineError) {
      event = try scanner.event(in: line)
    } catch {
      if !isFirst, case .header = try? FirstLine(line) { return try stop(at: .anotherRecording) }
      return try stop(at: .noEvent(error))
    }
    if isFinished { return try stop(at: .afterTheEnd) }
    if hasEvents, event.seq <= lastSeq {
      return try stop(at: .outOfOrder(seq: event.seq, after: lastSeq))
    }
    if isFirst { header = RecordingHeader(from: event) }
    hasEvents = true
    lastSeq = event.seq
    isFinished = event.kind == .runFinish
    lines += 1
    events.append(event)
  }

  /// Stops at damage. Without a header there is nothing to keep.
  private mutating func stop(at problem: RecordingDamage) throws(RecordingError) {
    guard header != nil else { throw .notARecording(found: "its first line: \(problem)") }
    damage = problem
  }

  /// Reads the bytes after the last line ending: an event, or the beginning of one.
  private mutating func readLastLine(into events: inout [Event]) throws(RecordingError) {
    let line = lineStart
    lineStart = []
    try readLine(line.span, into: &events)
    if case .noEvent = damage { damage = nil }
  }
}

extension Span<UInt8> {
  /// Whether it is only white space.
  fileprivate var isBlank: Bool {
    var index = 0
    while index < count, self[index] == 0x20 || self[index] == 0x09 || self[index] == 0x0D {
      index += 1
    }
    return index == count
  }
}
