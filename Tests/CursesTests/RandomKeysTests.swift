import Glibc
import Screen
import TestFaults
import TestNumbers
import Testing

@testable import Curses

@Suite("Random bytes as keys", .faultMatrix)
struct RandomKeysTests {
  /// Bytes that begin, continue or end sequences come more often than others.
  private static let frequent: [[UInt8]] = [
    [0x1B], [0x1B, 0x5B], Array("\u{1B}[200~".utf8), Array("\u{1B}[201~".utf8), [0x9B], [0x5D],
    Array("\u{1B}[<0;".utf8), [0x7E], [0x4D], [0xE2], [0x3B],
  ]

  private static let pauses: [UInt64] = [0, 0, 0, 5, 30, 60, 120, 300]

  /// A piece of random bytes, short as keys or long as a paste.
  private static func piece(_ numbers: inout Seeded) -> [UInt8] {
    (0..<Int.random(in: 1...12, using: &numbers)).flatMap { _ -> [UInt8] in
      Int.random(in: 0..<4, using: &numbers) == 0
        ? frequent.randomElement(using: &numbers) ?? []
        : [UInt8.random(in: 0...255, using: &numbers)]
    }
  }

  @Test(
    "Row 102: After random bytes with pauses, keys are keys again",
    arguments: 1...20 as ClosedRange<UInt64>)
  func random(seed: UInt64) {
    var numbers = Seeded(seed)
    var input = TestInput()
    var bytes = 0
    while bytes < 10_000 {
      let piece = Self.piece(&numbers)
      bytes += piece.count
      let pause = Self.pauses.randomElement(using: &numbers) ?? 0
      input.send(piece, afterMilliseconds: pause)
      guard bytes.isMultiple(of: 5) else { continue }
      input.wait(milliseconds: 1_000)
      #expect(input.decoder.deadline == nil)
      _ = input.takeInputs()
      input.send("\u{3}")
      input.wait(milliseconds: 200)
      #expect(input.takeInputs() == [.key(.control("c"))], "seed \(seed), after \(bytes) bytes")
    }
  }

  @Test(
    "Row 102: Random bytes of one moment are the same keys in any pieces",
    arguments: 1...20 as ClosedRange<UInt64>)
  func pieces(seed: UInt64) {
    var numbers = Seeded(seed)
    let bytes = (0..<1_000).flatMap { _ in Self.piece(&numbers) }
    var whole = InputDecoder()
    let inputs = whole.decode(bytes, at: 1)
    for length in [1, 2, 3, 7] {
      var cut = InputDecoder()
      let found = stride(from: 0, to: bytes.count, by: length).flatMap {
        cut.decode(bytes[$0..<min($0 + length, bytes.count)], at: 1)
      }
      #expect(found == inputs)
      #expect(cut.deadline == whole.deadline)
    }
  }
}
