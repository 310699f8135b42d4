import Testing

@testable import Recordings

@Suite("Long text of a run")
struct LongTextTests {
  @Test("A long number is shown by its ends and its length")
  func number() {
    let digits = String(repeating: "1234567890", count: 50)
    #expect(
      LongText.shortened("Factorial of 200 is \(digits)")
        == "Factorial of 200 is 12345678901234567890123456789012…"
        + "90123456789012345678901234567890 (500 digits)")
  }

  @Test("A long line of short words is shown by its ends and its length")
  func line() {
    let line = "Results: " + (1...500).map { "\($0 * $0)," }.joined(separator: " ")
    let short = LongText.shortened(line)
    #expect(short.hasPrefix("Results: 1, 4, 9,") && short.contains("…"))
    #expect(short.hasSuffix("250000, (\(line.count) characters)"))
    #expect(short.count <= LongText.limit)
  }

  @Test("A line within the limit does not change")
  func short() {
    for line in ["", "Final list: []", String(repeating: "7", count: LongText.limit)] {
      #expect(LongText.shortened(line) == line)
    }
  }
}
