import Events

/// A few dozen events in a row, packed into bytes: how a log keeps them in memory.
///
/// Each event is told against the one before it, the first against the greatest number and time
/// before the block; who recorded it (actor, pid, tid) is spelt out once in a block. A block can be
/// read without any other, from its start. Typical events take 8 to 14 bytes; any event whatever
/// comes back as it was. Texts stand behind all numbers, so that these can be read without them.
struct PackedBlock: Sendable {
  /// The greatest number and time of any event before the block; 0 at the start.
  let before: Mark
  let bytes: [UInt8]
  /// Where the texts begin.
  private let texts: UInt16

  /// How many events a block has.
  static let count = 64

  /// The greatest number and time of a log's first events.
  struct Mark: Sendable {
    var seq: UInt64 = 0
    /// Nanoseconds of the run.
    var time: UInt64 = 0

    /// Goes on by one event.
    mutating func pass(_ record: EventRecord) {
      seq = max(seq, record.seq)
      time = max(time, record.time)
    }
  }

  /// Packs at most `count` events.
  init(_ events: [Event], after before: Mark) {
    self.before = before
    let capacity = Self.count * PackedWriter.mostBytes
    (bytes, texts) = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
      var writer = PackedWriter(buffer, after: before)
      for event in events { writer.write(event.record, hasTexts: !event.texts.isEmpty) }
      var bytes = Array(writer.written)
      let texts = UInt16(bytes.count)
      for event in events where !event.texts.isEmpty {
        bytes.append(varint: UInt64(event.texts.count))
        for text in event.texts {
          bytes.append(varint: UInt64(text.utf8.count))
          bytes.append(contentsOf: text.utf8)
        }
      }
      return (bytes, texts)
    }
  }

  /// One event. O(its place).
  func event(at place: Int) -> Event {
    bytes.withUnsafeBufferPointer { bytes in
      var reader = PackedReader(bytes, after: before)
      var textsBefore = 0
      for _ in 0..<place {
        _ = reader.read()
        if reader.hasTexts { textsBefore += 1 }
      }
      let record = reader.read()
      guard reader.hasTexts else { return Event(record: record) }
      var texts = TextReader(bytes, from: Int(texts))
      for _ in 0..<textsBefore { texts.skip() }
      return Event(record: record, texts: texts.read())
    }
  }

  /// The numbers of one event. O(its place).
  func record(at place: Int) -> EventRecord {
    bytes.withUnsafeBufferPointer { bytes in
      var reader = PackedReader(bytes, after: before)
      for _ in 0..<place { _ = reader.read() }
      return reader.read()
    }
  }

  /// Adds the events of some places to a row.
  func unpack(_ places: Range<Int>, into events: inout [Event]) {
    bytes.withUnsafeBufferPointer { bytes in
      var reader = PackedReader(bytes, after: before)
      var texts = TextReader(bytes, from: Int(texts))
      for place in 0..<places.upperBound {
        let record = reader.read()
        let isAsked = place >= places.lowerBound
        if !reader.hasTexts {
          if isAsked { events.append(Event(record: record)) }
        } else if isAsked {
          events.append(Event(record: record, texts: texts.read()))
        } else {
          texts.skip()
        }
      }
    }
  }

  /// The first place whose event satisfies a condition; `count` where none does.
  func firstPlace(where condition: (EventRecord) -> Bool) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var reader = PackedReader(bytes, after: before)
      return (0..<Self.count).first { _ in condition(reader.read()) } ?? Self.count
    }
  }
}
