import Events

/// Reads the records of a block one after the other, as `PackedWriter` packed them.
struct PackedReader {
  private var bytes: ByteReader
  private var seq: UInt64
  private var time: UInt64
  private var recorders = InlineArray<64, Recorder>(repeating: Recorder())
  private var recorderCount = 0
  /// Whether the record that was read last has texts.
  private(set) var hasTexts = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, after mark: PackedBlock.Mark) {
    self.bytes = ByteReader(bytes, from: 0)
    seq = mark.seq
    time = mark.time
  }

  /// The next record, of which there must be one.
  mutating func read() -> EventRecord {
    var record = EventRecord()
    record.kind = bytes.byte()
    let parts = bytes.byte()
    if parts & PackedPart.isNext != 0 {
      seq &+= 1
    } else {
      seq &+= UInt64(bitPattern: bytes.signed())
    }
    time &+= UInt64(bitPattern: bytes.signed())
    record.seq = seq
    record.time = time
    let recorder = readRecorder()
    record.actor = recorder.actor
    record.pid = recorder.pid
    record.tid = recorder.tid
    if parts & PackedPart.object != 0 {
      record.object = UInt32(truncatingIfNeeded: bytes.varint())
    }
    if parts & PackedPart.line != 0 { record.line = UInt16(truncatingIfNeeded: bytes.varint()) }
    record.presence = parts & PackedPart.numbers
    var numbers = parts
    if parts & PackedPart.odd != 0 {
      record.presence = bytes.byte()
      numbers = PackedPart.numbers
    }
    if numbers & 1 != 0 { record.numbers.0 = bytes.signed() }
    if numbers & 2 != 0 { record.numbers.1 = bytes.signed() }
    if numbers & 4 != 0 { record.numbers.2 = bytes.signed() }
    hasTexts = parts & PackedPart.texts != 0
    return record
  }

  private mutating func readRecorder() -> Recorder {
    let index = Int(bytes.byte())
    if index < recorderCount { return recorders[index] }
    let actor = UInt32(truncatingIfNeeded: bytes.varint())
    let pid = bytes.signed()
    let recorder = Recorder(
      actor: actor, pid: Int32(truncatingIfNeeded: pid),
      tid: Int32(truncatingIfNeeded: pid + bytes.signed()))
    recorders[recorderCount] = recorder
    recorderCount += 1
    return recorder
  }
}

/// Reads the texts of a block's events, of each of those that have some after the other.
struct TextReader {
  private var bytes: ByteReader

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    self.bytes = ByteReader(bytes, from: start)
  }

  mutating func read() -> [String] {
    (0..<Int(bytes.varint())).map { _ in bytes.text(Int(bytes.varint())) }
  }

  mutating func skip() {
    for _ in 0..<bytes.varint() { bytes.skip(Int(bytes.varint())) }
  }
}

/// Reads what this program packed itself, and only that: what is asked for is there.
private struct ByteReader {
  /// Borrowed from the block for the time of one reading.
  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  @inline(__always)
  mutating func byte() -> UInt8 {
    defer { offset += 1 }
    return bytes[offset]
  }

  @inline(__always)
  mutating func varint() -> UInt64 {
    var last = byte()
    guard last >= 0x80 else { return UInt64(last) }
    var number = UInt64(last & 0x7F)
    var shift: UInt64 = 7
    repeat {
      last = byte()
      number |= UInt64(last & 0x7F) &<< shift
      shift += 7
    } while last >= 0x80
    return number
  }

  @inline(__always)
  mutating func signed() -> Int64 {
    let number = varint()
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  mutating func text(_ count: Int) -> String {
    defer { offset += count }
    return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
  }

  mutating func skip(_ count: Int) { offset += count }
}
