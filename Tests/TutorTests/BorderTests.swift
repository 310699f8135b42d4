internal import Screen
internal import Testing

@testable import Tutor

@Suite("Borders between panes")
struct BorderTests {
  private func drag(_ stage: inout Stage, from start: Point, to end: Point) {
    stage.send(.input(.mouse(Mouse(start, .press))))
    stage.send(.input(.mouse(Mouse(end, .drag))))
    stage.send(.input(.mouse(Mouse(end, .release))))
  }

  @Test("A border follows the mouse and stays where the button is released")
  func dragging() throws {
    for size in [(120, 40), (200, 60), (80, 24), (100, 30)] {
      let stage = try Stage(size.0, size.1, step: 2)
      for border in stage.model.layout.borders {
        for distance in [-3, 3] {
          var moved = stage
          // Away from the corners, where two borders meet.
          let start = Point(
            x: border.point.x + (border.isUpright ? 0 : 5),
            y: border.point.y + (border.isUpright ? 5 : 0))
          let end = Point(
            x: start.x + (border.isUpright ? distance : 0),
            y: start.y + (border.isUpright ? 0 : distance))
          drag(&moved, from: start, to: end)
          let now = moved.model.layout.borders.first { $0.name == border.name }
          let kept = moved.effects.contains { if case .splits = $0 { true } else { false } }
          #expect(kept)
          let went = border.isUpright ? now?.point.x == end.x : now?.point.y == end.y
          // A neighbour with a frame and one line gives no more.
          let isHeld = moved.model.layout.panes.contains { $0.rect.height == 3 }
          #expect(went || isHeld, "\(border.name) \(size) by \(distance)")
        }
      }
    }
  }

  @Test("Each pane keeps its frame and a line, wherever its borders are")
  func bounds() throws {
    for (columns, rows) in [(120, 40), (120, 24), (80, 24), (80, 16), (100, 30), (200, 60)] {
      for lesson in [4, 8] {
        var stage = try Stage(columns, rows, lesson: lesson, step: 2)
        for border in stage.model.layout.borders {
          for end in [Point(x: 0, y: 0), Point(x: columns, y: rows), Point(x: -9, y: 999)] {
            drag(&stage, from: border.point, to: end)
            let layout = stage.model.layout
            for placed in layout.panes {
              #expect(placed.rect.height >= 3 && placed.rect.width >= 30)
              #expect(Rect(stage.model.size).intersection(placed.rect) == placed.rect)
              for other in layout.panes where other != placed {
                #expect(placed.rect.intersection(other.rect).isEmpty)
              }
            }
          }
        }
      }
    }
  }

  @Test("Keys move the lesson's side and the focused pane's lower edge, and reset both")
  func keys() throws {
    var stage = try Stage(120, 40, step: 2)
    let before = stage.picture
    let width = stage.model.layout.rect(of: .lesson)?.width ?? 0
    stage.press(.character(">"))
    #expect(stage.model.layout.rect(of: .lesson)?.width == width + 2)
    stage.press(.character("<"), .character("<"))
    #expect(stage.model.layout.rect(of: .lesson)?.width == width - 2)
    stage.press(.character("2"))
    let height = stage.model.layout.rect(of: .code)?.height ?? 0
    stage.press(.character("{"))
    #expect(stage.model.layout.rect(of: .code)?.height == height - 1)
    #expect(stage.effects == [.splits(stage.model.splits)])
    stage.press(.character("}"), .character("="), .character("1"))
    #expect(stage.picture == before)
    #expect(stage.model.splits == Splits())
  }

  @Test("If one pane fills the screen, the border keys say that there is no border")
  func single() throws {
    var stage = try Stage(50, 15)
    stage.press(.character(">"))
    #expect(stage.picture.contains("! there is no border to move here"))
  }

  @Test("Saved borders return to their place at any size")
  func kept() throws {
    let first = try Stage(120, 40, splits: Splits(places: ["wide.lesson": 600]))
    #expect(first.model.layout.rect(of: .lesson)?.width == 72)
    let second = try Stage(200, 60, splits: Splits(places: ["wide.lesson": 600]))
    #expect(second.model.layout.rect(of: .lesson)?.width == 120)
  }

  @Test("A click on a tab shows its pane")
  func tabs() throws {
    var stage = try Stage(80, 24, step: 2)
    let placed = try #require(stage.model.layout.panes.last)
    let tab = try #require(stage.model.tabPlaces(placed).last)
    stage.send(.input(.mouse(Mouse(tab.rect.origin, .press))))
    #expect(stage.model.focus == tab.pane)
    #expect(tab.pane == .events)
  }
}
