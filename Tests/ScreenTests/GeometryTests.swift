import Screen
import Testing

@Suite("Geometry")
struct GeometryTests {
  private let rect = Rect(x: 2, y: 1, width: 10, height: 5)

  @Test("The parts of a split cover the rectangle", arguments: [-1, 0, 3, 5, 10, 99])
  func splits(length: Int) {
    let (top, below) = rect.split(top: length)
    #expect(top.height + below.height == 5 && below.y == top.maxY)
    let (above, bottom) = rect.split(bottom: length)
    #expect(above.height + bottom.height == 5 && bottom.maxY == rect.maxY)
    let (left, right) = rect.split(left: length)
    #expect(left.width + right.width == 10 && right.x == left.maxX)
  }

  @Test("Insets and intersections are never negative")
  func insets() {
    #expect(
      rect.inset(left: 1, top: 1, right: 1, bottom: 1) == Rect(x: 3, y: 2, width: 8, height: 3))
    #expect(rect.inset(left: 50, top: 50, right: 50, bottom: 50).isEmpty)
    #expect(rect.intersection(Rect(x: 90, y: 0, width: 5, height: 5)).isEmpty)
    #expect(rect.row(5).isEmpty && rect.row(-1).isEmpty && rect.row(4).y == 5)
  }

  @Test("Keys have a label for the footer")
  func keys() {
    #expect(Key.character(" ").description == "space")
    #expect(Key.control("l").description == "^L")
    #expect(Key.left.description == "←" && Key.left.label(.ascii) == "left")
    #expect(Key.function(1).description == "F1")
  }
}
