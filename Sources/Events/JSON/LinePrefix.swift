/// Up to 16 bytes that may come next in a line, compared in two steps.
struct LinePrefix: BitwiseCopyable, Sendable {
  private var bytes: (UInt64, UInt64) = (0, 0)
  private var masks: (UInt64, UInt64) = (0, 0)
  let count: Int

  init(_ text: [UInt8]) {
    precondition(text.count <= 16, "a prefix has at most 16 bytes")
    count = text.count
    for (index, byte) in text.enumerated() {
      let shift = UInt64(index % 8) * 8
      if index < 8 {
        bytes.0 |= UInt64(byte) << shift
        masks.0 |= 0xFF << shift
      } else {
        bytes.1 |= UInt64(byte) << shift
        masks.1 |= 0xFF << shift
      }
    }
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  /// Whether the bytes stand at a place of a line.
  @inline(__always)
  func stands(at place: Int, in line: Span<UInt8>) -> Bool {
    if place &+ 16 <= line.count {
      let raw = line.bytes
      // Any bytes are a number.
      let first = raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      let second = raw.unsafeLoadUnaligned(fromByteOffset: place &+ 8, as: UInt64.self)
      return (UInt64(littleEndian: first) ^ bytes.0) & masks.0 == 0
        && (UInt64(littleEndian: second) ^ bytes.1) & masks.1 == 0
    }
    return standsAtEnd(place, line)
  }

  private func standsAtEnd(_ place: Int, _ line: Span<UInt8>) -> Bool {
    guard place + count <= line.count else { return false }
    for index in 0..<count {
      let word = index < 8 ? bytes.0 : bytes.1
      guard line[place + index] == UInt8(truncatingIfNeeded: word >> (UInt64(index % 8) * 8)) else {
        return false
      }
    }
    return true
  }
}

extension LineReader {
  @inline(__always)
  mutating func take(_ prefix: LinePrefix, _ line: Span<UInt8>) -> Bool {
    guard prefix.stands(at: at, in: line) else { return false }
    at &+= prefix.count
    return true
  }
}
