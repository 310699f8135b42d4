import Glibc
import TestFaults
import Testing

@testable import StateFiles

@Suite("Times as text", .faultMatrix)
struct TimestampTests {
  @Test("Row 58: Times of any clock are texts of the same length that sort like the times")
  func sorted() {
    let seconds: [time_t] = [
      .min, -62_167_219_201, -62_167_219_200, -1, 0, 1_777_918_811, 2_147_483_647, 2_147_483_648,
      253_402_300_799, 253_402_300_800, .max,
    ]
    let texts = seconds.map { Timestamp.text(of: $0) }
    #expect(texts == texts.sorted())
    #expect(texts.allSatisfy { $0.utf8.count == 20 })
    #expect(Timestamp.text(of: 0) == "1970-01-01T00:00:00Z")
    #expect(Timestamp.text(of: 2_147_483_648) == "2038-01-19T03:14:08Z")
    #expect(texts.first == "0000-01-01T00:00:00Z" && texts.last == "9999-12-31T23:59:59Z")
  }
}
