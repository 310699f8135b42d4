import Screen
import Testing

@Suite("The focus point of a frame")
struct FocusPointTests {
  @Test("is the selected row, or else the marked or first row in the focused border, or else nil")
  func order() {
    var frame = Frame(Size(columns: 30, rows: 10))
    Pane("calm").draw(into: &frame, in: Rect(x: 0, y: 0, width: 10, height: 5))
    #expect(frame.focusPoint == nil)
    let room = Pane("bright", isFocused: true).draw(
      into: &frame, in: Rect(x: 10, y: 2, width: 20, height: 6))
    #expect(frame.focusPoint == Point(x: 12, y: 3))
    for (line, cursor) in [nil, nil, 0].enumerated() {
      FormField(label: "name", value: "x", cursor: cursor)
        .draw(into: &frame, in: room.row(line), labelWidth: 4, valueWidth: 4)
    }
    #expect(frame.focusPoint == Point(x: 12, y: 5))
    ListView(["a", "b"], selection: 1).draw(into: &frame, in: room)
    #expect(frame.focusPoint == Point(x: 12, y: 4))
  }

  @Test("is inside even the smallest frame")
  func small() {
    for size in [Size(columns: 2, rows: 2), Size(columns: 1, rows: 1), Size(columns: 0, rows: 0)] {
      var frame = Frame(size)
      Pane("x", isFocused: true).draw(into: &frame, in: frame.bounds)
      if let point = frame.focusPoint { #expect(frame.bounds.contains(point)) }
    }
  }
}
