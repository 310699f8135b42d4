import Glibc

/// Reads a recording from the pieces in which it comes, of any size.
///
/// A pure value: whoever has the bytes hands them over. Time and memory are those of the pieces
/// and of the events in them, and of one line that lies in several pieces. That `t` goes back from
/// one event to the next is no fault, since a thread may be interrupted between taking its number
/// and reading the clock: `seq` is the order.
public struct RecordingReader: Sendable {
  /// A longer line is refused, in bytes. A factorial with a million digits takes one.
  public static let longestLine = 64 << 20

  /// What the recording is of; nil until its first line has been read.
  public private(set) var header: RecordingHeader?
  /// How many whole lines have been read, the header's included.
  public private(set) var lines = 0
  /// How many bytes have been taken.
  public private(set) var bytes = 0
  /// The number of the last event that was read; 0 where there was none.
  public private(set) var lastSeq: UInt64 = 0
  /// Whether whatever follows is not read any more.
  public var isStopped: Bool { damage != nil }

  private var scanner = FlatLineScanner()
  private var damage: RecordingDamage?
  /// The beginning of a line whose end has not come yet.
  private var begun: [UInt8] = []
  private var hasEvents = false
  private var isFinished = false

  /// A reader that has taken nothing yet.
  public init() {}

  /// Takes the next piece of the file, and adds the events that end in it.
  /// - Throws: `RecordingError` where the file is no recording that this program can read.
  public mutating func take(
    _ piece: Span<UInt8>, into events: inout [Event]
  ) throws(RecordingError) {
    bytes += piece.count
    var start = 0
    while damage == nil, let end = Self.lineEnd(in: piece, from: start) {
      if begun.isEmpty {
        try readLine(piece.extracting(start..<end), into: &events)
      } else {
        try begin(with: piece.extracting(start..<end))
        let line = begun
        begun = []
        if damage == nil { try readLine(line.span, into: &events) }
      }
      start = end + 1
    }
    guard damage == nil, start < piece.count else { return }
    let wasTelling = begun.count >= FileStart.telling
    try begin(with: piece.extracting(start...))
    if header == nil, !wasTelling, begun.count >= FileStart.telling {
      try FileStart.check(begun.span)
    }
  }

  /// Takes the next piece of the file, and adds the events that end in it.
  /// - Throws: `RecordingError` where the file is no recording that this program can read.
  public mutating func take(
    _ piece: [UInt8], into events: inout [Event]
  ) throws(RecordingError) {
    try take(piece.span, into: &events)
  }

  /// Says how the recording ends, once all its pieces have been taken; a last line whose event is
  /// whole counts although no line's end follows.
  /// - Throws: `RecordingError` where there is no recording.
  public mutating func finish(
    into events: inout [Event]
  ) throws(RecordingError) -> RecordingEnd {
    if damage == nil, !begun.isEmpty { try readLastLine(into: &events) }
    guard header != nil else { throw .notARecording(found: FileStart.nothing) }
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
  private mutating func begin(with bytes: Span<UInt8>) throws(RecordingError) {
    guard begun.count + bytes.count <= Self.longestLine else {
      begun = []
      return try stop(at: .tooLong(limit: Self.longestLine))
    }
    bytes.withUnsafeBufferPointer { begun.append(contentsOf: $0) }
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
      try FileStart.check(line)
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
    do throws(FlatLineError) {
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

  /// Reads no further; without a header there is nothing before the fault that counts.
  private mutating func stop(at fault: RecordingDamage) throws(RecordingError) {
    guard header != nil else { throw .notARecording(found: "its first line: \(fault)") }
    damage = fault
  }

  /// Reads what follows the last line's end: an event, or the beginning of one.
  private mutating func readLastLine(into events: inout [Event]) throws(RecordingError) {
    let line = begun
    begun = []
    try readLine(line.span, into: &events)
    if case .noEvent = damage { damage = nil }
  }
}

extension Span<UInt8> {
  /// Whether there is white space only.
  fileprivate var isBlank: Bool {
    var index = 0
    while index < count, self[index] == 0x20 || self[index] == 0x09 || self[index] == 0x0D {
      index += 1
    }
    return index == count
  }
}
