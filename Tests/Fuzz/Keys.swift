import Screen

@testable import Curses

/// Feeds pieces of bytes with pauses between them to the decoder. Each piece is two bytes, the pause
/// and the length, and the bytes.
///
/// - The bytes of one moment may come in any pieces.
/// - All waiting ends, and Ctrl-C is a key again.
/// - There are at most two inputs for each byte, and no key is a control character.
/// - Everything that was pasted comes in pastes and in keys, and is never longer than what came.
func checkKeys(_ bytes: [UInt8]) {
  checkOneMoment(bytes)
  var keys = PausedKeys(bytes)
  var decoder = InputDecoder()
  var inputs: [Input] = []
  while let piece = keys.next() {
    wait(&decoder, until: piece.time, &inputs)
    inputs += decoder.decode(piece.bytes, at: piece.time)
    if let deadline = decoder.deadline {
      expect(deadline > piece.time, "a deadline has passed already")
      expect(deadline <= piece.time + InputDecoder.sequenceTime, "a deadline is too late")
    }
  }
  wait(&decoder, until: keys.time + 1_000_000_000, &inputs)
  expect(decoder.deadline == nil, "the decoder waits for ever")
  expect(inputs.count <= 2 * bytes.count, "\(inputs.count) inputs from \(bytes.count) bytes")
  inputs.forEach(check)
  var last = decoder.decode([3], at: keys.time + 2_000_000_000)
  wait(&decoder, until: keys.time + 3_000_000_000, &last)
  expect(last == [.key(.control("c"))], "Ctrl-C after a pause is \(last)")
}

/// Lets time pass, as the event loop does.
private func wait(_ decoder: inout InputDecoder, until now: UInt64, _ inputs: inout [Input]) {
  var count = 0
  while let deadline = decoder.deadline, deadline <= now {
    inputs += decoder.expire(at: deadline)
    count += 1
    expect(count < 10, "the decoder always has another deadline")
  }
}

private func checkOneMoment(_ bytes: [UInt8]) {
  let start: UInt64 = 5_000_000_000
  var whole = InputDecoder()
  var found = whole.decode(bytes, at: start)
  for length in [1, 2, 3, 7] {
    var cut = InputDecoder()
    var inputs: [Input] = []
    for first in stride(from: 0, to: bytes.count, by: length) {
      inputs += cut.decode(bytes[first..<min(first + length, bytes.count)], at: start)
    }
    expect(inputs == found, "in pieces of \(length): \(inputs), and not \(found)")
    expect(cut.deadline == whole.deadline, "the deadline depends on the pieces")
  }
  wait(&whole, until: start + 1_000_000_000, &found)
  found.forEach(check)
}

private func check(_ input: Input) {
  switch input {
  case .key(.character(let character)):
    let scalars = character.unicodeScalars
    expect(scalars.count == 1, "a key is several characters")
    expect(
      !scalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) },
      "a key is a control character")
  case .mouse(let mouse):
    expect(mouse.point.x >= 0 && mouse.point.y >= 0, "the mouse is at \(mouse.point)")
  case .key, .paste: break
  }
}

/// Pieces of bytes with the times when they come.
struct PausedKeys {
  private var bytes: ArraySlice<UInt8>
  private(set) var time: UInt64 = 5_000_000_000

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  /// The next piece, or nil at the end. Pauses are 0 ms to 13 s, and most are short.
  mutating func next() -> (bytes: ArraySlice<UInt8>, time: UInt64)? {
    guard let pause = bytes.popFirst(), let length = bytes.popFirst() else { return nil }
    time += UInt64(pause) * UInt64(pause) * 200_000
    let piece = bytes.prefix(max(1, Int(length) % 32))
    bytes = bytes.dropFirst(piece.count)
    return piece.isEmpty ? nil : (piece, time)
  }
}
