import Events

/// Who recorded an event: three numbers that hardly ever change but together.
struct Recorder: Equatable {
  var actor: UInt32 = 0
  var pid: Int32 = 0
  var tid: Int32 = 0
}

/// Which parts of an event follow its kind and these bits; `PackedReader` reads in the same order.
enum PackedPart {
  /// The lowest three bits are those of the record's presence.
  static let numbers: UInt8 = 0b111
  /// The number is one more than the last; else the difference follows.
  static let isNext: UInt8 = 1 << 3
  static let object: UInt8 = 1 << 4
  static let line: UInt8 = 1 << 5
  static let texts: UInt8 = 1 << 6
  /// The presence and all numbers follow, whether they are present or not: no event of this
  /// program is like that, but a record may be.
  static let odd: UInt8 = 1 << 7
}

/// Packs records one after the other.
struct PackedWriter {
  /// Borrowed from whoever made the writer, for as long as it lives.
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var count = 0
  private var seq: UInt64
  private var time: UInt64
  /// Those of the block so far, in the order of their first events.
  private var recorders = InlineArray<64, Recorder>(repeating: Recorder())
  private var recorderCount = 0
  private var lastRecorder = 0

  /// What one record takes at most: kind and parts, then varints of 10 bytes for each number of 64
  /// bits, of 5 for each of 32, of 3 for the line; and one byte each for recorder and presence.
  static let mostBytes = 2 + 5 * 10 + 4 * 5 + 3 + 2

  init(_ buffer: UnsafeMutableBufferPointer<UInt8>, after mark: PackedBlock.Mark) {
    self.buffer = buffer
    seq = mark.seq
    time = mark.time
  }

  var written: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(rebasing: buffer[..<count])
  }

  mutating func write(_ record: EventRecord, hasTexts: Bool) {
    var parts = record.presence & PackedPart.numbers
    if record.seq == seq &+ 1 { parts |= PackedPart.isNext }
    if record.object != 0 { parts |= PackedPart.object }
    if record.line != 0 { parts |= PackedPart.line }
    if hasTexts { parts |= PackedPart.texts }
    if Self.isOdd(record) { parts |= PackedPart.odd }
    put(record.kind)
    put(parts)
    if parts & PackedPart.isNext == 0 { put(signed: Int64(bitPattern: record.seq &- seq)) }
    put(signed: Int64(bitPattern: record.time &- time))
    seq = record.seq
    time = record.time
    write(Recorder(actor: record.actor, pid: record.pid, tid: record.tid))
    if record.object != 0 { put(varint: UInt64(record.object)) }
    if record.line != 0 { put(varint: UInt64(record.line)) }
    if parts & PackedPart.odd != 0 { put(record.presence) }
    let numbers = parts & PackedPart.odd != 0 ? PackedPart.numbers : parts
    if numbers & 1 != 0 { put(signed: record.numbers.0) }
    if numbers & 2 != 0 { put(signed: record.numbers.1) }
    if numbers & 4 != 0 { put(signed: record.numbers.2) }
  }

  private mutating func write(_ recorder: Recorder) {
    if lastRecorder >= recorderCount || recorders[lastRecorder] != recorder {
      lastRecorder = 0
      while lastRecorder < recorderCount, recorders[lastRecorder] != recorder { lastRecorder += 1 }
    }
    put(UInt8(truncatingIfNeeded: lastRecorder))
    guard lastRecorder == recorderCount else { return }
    recorders[recorderCount] = recorder
    recorderCount += 1
    put(varint: UInt64(recorder.actor))
    put(signed: Int64(recorder.pid))
    put(signed: Int64(recorder.tid) - Int64(recorder.pid))
  }

  private static func isOdd(_ record: EventRecord) -> Bool {
    let presence = record.presence
    return presence & ~PackedPart.numbers != 0
      || presence & 1 == 0 && record.numbers.0 != 0
      || presence & 2 == 0 && record.numbers.1 != 0
      || presence & 4 == 0 && record.numbers.2 != 0
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  /// Small numbers of either sign become small.
  @inline(__always)
  private mutating func put(signed number: Int64) {
    put(varint: UInt64(bitPattern: (number &<< 1) ^ (number &>> 63)))
  }

  /// Seven bits a byte, the low ones first; the top bit says that there are more.
  @inline(__always)
  private mutating func put(varint number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      put(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    put(UInt8(truncatingIfNeeded: rest))
  }
}

extension [UInt8] {
  mutating func append(varint number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }
}
