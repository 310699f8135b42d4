import Events

/// A few dozen consecutive events, packed into bytes for a log.
///
/// Each event is stored as its difference from the previous one, and the first from the greatest
/// number and time before the block. Actor, pid and tid are stored once for each recorder of a
/// block. A block is read from its start, without other blocks. Typical events take 8 to 14 bytes,
/// and every event comes back unchanged. Texts come after all numbers, which can be read without
/// them.
struct PackedBlock: Sendable {
  /// The greatest number and time of the events before the block; 0 at the start.
  let before: Mark
  let bytes: [UInt8]
  /// The offset of the texts in `bytes`.
  private let texts: UInt16

  /// How many events a block has.
  static let count = 64

  /// The greatest number and time of some events.
  struct Mark: Sendable {
    var seq: UInt64 = 0
    /// In nanoseconds of the run.
    var time: UInt64 = 0

    /// Includes another event.
    mutating func include(_ record: EventRecord) {
      seq = max(seq, record.seq)
      time = max(time, record.time)
    }
  }

  /// Packs at most `count` events.
  init(_ events: [Event], after before: Mark) {
    self.before = before
    let capacity = Self.count * PackedWriter.maxBytes
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

  /// The event at a place. O(place).
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

  /// The record at a place. O(place).
  func record(at place: Int) -> EventRecord {
    bytes.withUnsafeBufferPointer { bytes in
      var reader = PackedReader(bytes, after: before)
      for _ in 0..<place { _ = reader.read() }
      return reader.read()
    }
  }

  /// Appends the events of some places.
  func unpack(_ places: Range<Int>, into events: inout [Event]) {
    bytes.withUnsafeBufferPointer { bytes in
      var reader = PackedReader(bytes, after: before)
      var texts = TextReader(bytes, from: Int(texts))
      for place in 0..<places.upperBound {
        let record = reader.read()
        let isWanted = place >= places.lowerBound
        if !reader.hasTexts {
          if isWanted { events.append(Event(record: record)) }
        } else if isWanted {
          events.append(Event(record: record, texts: texts.read()))
        } else {
          texts.skip()
        }
      }
    }
  }

  /// The first place whose event satisfies a condition, or `count`.
  func firstPlace(where condition: (EventRecord) -> Bool) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var reader = PackedReader(bytes, after: before)
      return (0..<Self.count).first { _ in condition(reader.read()) } ?? Self.count
    }
  }
}
