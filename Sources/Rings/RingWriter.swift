import CPlatform
public import Events
import Glibc
import Synchronization

/// How texts travel beside a record: each as its length in four bytes and its UTF-8.
enum TextPacking {
  static func pack(_ texts: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for text in texts {
      let utf8 = text.utf8
      let length = UInt32(utf8.count)
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: length >> shift))
      }
      bytes.append(contentsOf: utf8)
    }
    return bytes
  }

  static func unpack(_ bytes: [UInt8]) -> [String] {
    var texts: [String] = []
    var rest = bytes[...]
    while rest.count >= 4 {
      var length = 0
      for byte in rest.prefix(4).reversed() { length = length << 8 | Int(byte) }
      rest = rest.dropFirst(4)
      texts.append(String(decoding: rest.prefix(length), as: UTF8.self))
      rest = rest.dropFirst(length)
    }
    return texts
  }
}

/// The raw value of a record that carries a piece of a long text ahead of its event.
let textPieceKind: UInt8 = 254

/// The producing end of one ring: an actor records its events here, and nobody else does.
///
/// Recording costs a clock reading, one addition to the run's shared sequence number and a
/// store of 64 bytes. A full ring holds the writer back until the drainer has made room.
public struct RingWriter: ~Copyable {
  private let memory: RunMemory
  private let ends: UnsafeMutablePointer<RingEnds>
  private let records: UnsafeMutablePointer<EventRecord>
  private let face: ClockFace
  private var header: EventRecord
  private var tail: UInt64
  private var knownHead: UInt64

  private static let mask = UInt64(RunMemory.ringCapacity - 1)
  private static let recordBytes = MemoryLayout<EventRecord>.stride
  /// Longer texts go ahead in pieces, so that a text may be longer than the ring.
  private static let longestText = RunMemory.ringCapacity / 4 * recordBytes
  /// How often a writer looks for room without a rest, and how long it then rests, in µs.
  private static let patientLooks = 100
  private static let rest: UInt32 = 1000

  /// The writer of a slot's ring; pid and tid are the calling thread's.
  public init(memory: RunMemory, slot: Int, actor: ActorID) {
    self.memory = memory
    ends = memory.ringEnds(slot)
    records = memory.ringRecords(slot)
    face = memory.face
    header = EventRecord()
    header.pid = getpid()
    header.tid = lks_gettid()
    header.actor = actor.rawValue
    tail = ends.pointee.tail.load(ordering: .acquiring)
    knownHead = ends.pointee.head.load(ordering: .acquiring)
  }

  /// Records an event without texts as the writer's actor, and gives it its number and time.
  @inline(__always)
  public mutating func record(_ event: EventRecord) {
    makeRoom(for: 1)
    var event = event
    event.pid = header.pid
    event.tid = header.tid
    event.actor = header.actor
    publish(&event)
  }

  /// Records an event with texts.
  public mutating func record(_ event: EventRecord, texts: [String]) {
    record(event, texts: texts, pid: header.pid, tid: header.tid, actor: header.actor)
  }

  /// Records an event on behalf of an actor that cannot do so itself, such as a dead process.
  public mutating func record(
    _ event: EventRecord, texts: [String] = [], pid: Int32, tid: Int32, actor: UInt32
  ) {
    var event = event
    event.pid = pid
    event.tid = tid
    event.actor = actor
    let bytes = TextPacking.pack(texts)
    var sent = 0
    while bytes.count - sent > Self.longestText {
      sendPiece(bytes[sent..<sent + Self.longestText])
      sent += Self.longestText
    }
    event.textLength = UInt32(bytes.count - sent)
    let textRecords = (bytes.count - sent + Self.recordBytes - 1) / Self.recordBytes
    makeRoom(for: 1 + textRecords)
    store(bytes[sent...], from: tail &+ 1)
    publish(&event, extra: UInt64(textRecords))
  }

  private mutating func sendPiece(_ bytes: ArraySlice<UInt8>) {
    let textRecords = (bytes.count + Self.recordBytes - 1) / Self.recordBytes
    makeRoom(for: 1 + textRecords)
    store(bytes, from: tail &+ 1)
    var piece = EventRecord()
    piece.kind = textPieceKind
    piece.textLength = UInt32(bytes.count)
    records[Int(tail & Self.mask)] = piece
    tail &+= 1 &+ UInt64(textRecords)
    ends.pointee.tail.store(tail, ordering: .releasing)
    memory.ringBell()
  }

  @inline(__always)
  private mutating func publish(_ event: inout EventRecord, extra: UInt64 = 0) {
    // In one order with the look below and the drainer's two: it sees the number, or is woken.
    event.seq = memory.sequence.pointee.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
    event.time = face.now()
    records[Int(tail & Self.mask)] = event
    tail &+= 1 &+ extra
    ends.pointee.tail.store(tail, ordering: .releasing)
    if memory.drainerAsleep.pointee.load(ordering: .sequentiallyConsistent) != 0 {
      wakeDrainer()
    }
  }

  @inline(never)
  private func wakeDrainer() {
    if memory.drainerAsleep.pointee.exchange(0, ordering: .acquiringAndReleasing) != 0 {
      memory.ringBell()
    }
  }

  private func store(_ bytes: ArraySlice<UInt8>, from start: UInt64) {
    var position = start
    var rest = bytes
    while !rest.isEmpty {
      let piece = rest.prefix(Self.recordBytes)
      piece.withUnsafeBytes { source in
        if let address = source.baseAddress {
          memcpy(records + Int(position & Self.mask), address, source.count)
        }
      }
      rest = rest.dropFirst(Self.recordBytes)
      position &+= 1
    }
  }

  @inline(__always)
  private mutating func makeRoom(for count: Int) {
    let needed = tail &+ UInt64(count)
    if needed &- knownHead > UInt64(RunMemory.ringCapacity) { awaitRoom(needed) }
  }

  @inline(never)
  private mutating func awaitRoom(_ needed: UInt64) {
    knownHead = ends.pointee.head.load(ordering: .acquiring)
    var looks = 0
    while needed &- knownHead > UInt64(RunMemory.ringCapacity) {
      memory.ringBell()
      // A drainer that is at work makes room at once; one that waits for its reader may never.
      if looks < Self.patientLooks { sched_yield() } else { usleep(Self.rest) }
      looks += 1
      knownHead = ends.pointee.head.load(ordering: .acquiring)
    }
  }
}
