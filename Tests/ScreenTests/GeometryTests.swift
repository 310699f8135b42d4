import Screen
import Testing

@Suite("Geometry")
struct GeometryTests {
  private let rect = Rect(x: 2, y: 1, width: 10, height: 5)

  @Test("Splits cover the whole, whatever is asked for", arguments: [-1, 0, 3, 5, 10, 99])
  func splits(length: Int) {
    let (top, below) = rect.split(top: length)
    #expect(top.height + below.height == 5 && below.y == top.maxY)
    let (above, bottom) = rect.split(bottom: length)
    #expect(above.height + bottom.height == 5 && bottom.maxY == rect.maxY)
    let (left, afterwards) = rect.split(left: length)
    #expect(left.width + afterwards.width == 10 && afterwards.x == left.maxX)
    let (before, right) = rect.split(right: length)
    #expect(before.width + right.width == 10 && right.maxX == rect.maxX)
  }

  @Test("Insets and intersections end empty, never negative")
  func insets() {
    #expect(rect.inset(by: 1) == Rect(x: 3, y: 2, width: 8, height: 3))
    #expect(rect.inset(by: 50).isEmpty)
    #expect(rect.intersection(Rect(x: 90, y: 0, width: 5, height: 5)).isEmpty)
    #expect(rect.row(5).isEmpty && rect.row(-1).isEmpty && rect.row(4).y == 5)
  }

  @Test("Keys have the names that a footer shows")
  func keys() {
    #expect(Key.character(" ").description == "space")
    #expect(Key.control("l").description == "^L")
    #expect(Key.left.description == "←" && Key.left.label(.ascii) == "left")
    #expect(Key.function(1).description == "F1")
  }
}
