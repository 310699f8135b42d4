import Catalog
import Testing

@Suite("The number of a list item")
struct ListNumberTests {
  @Test("is from 1 to the number of items")
  func range() {
    #expect(
      [Int.min, -1, 0, 1, 2, 3, 4, .max].map { ListNumber.index($0, count: 3) }
        == [nil, nil, nil, 0, 1, 2, nil, nil])
    #expect(ListNumber.index(1, count: 0) == nil)
    #expect(ListNumber.index(.max) == .max - 1 && ListNumber.index(.min) == nil)
  }

  @Test("is parsed from any text")
  func text() {
    #expect(ListNumber.index(in: "2", count: 2) == 1)
    for text in ["", "x", "1.5", "3", "\(Int.min)", "9223372036854775808", "-9223372036854775809"] {
      #expect(ListNumber.index(in: text, count: 2) == nil, "\(text)")
    }
  }
}
