public import Catalog
public import LessonKit
import LessonViews
public import Screen

/// How much of each step fits the screen, for those who write lessons.
public enum LessonFit {
  /// The rows that each step fills, and those that the lesson's pane has on the whole screen.
  /// - Parameter size: of the whole screen; too small a one has no room.
  public static func rows(
    of lesson: Lesson, catalog: DemoCatalog, in size: Size
  ) -> (filled: [Int], room: Int) {
    var model = Model(
      course: Course(lessons: [lesson]), listings: [:], catalog: catalog, size: size)
    model.isZoomed = true
    guard let room = model.content(of: .lesson) else { return ([], 0) }
    let filled = lesson.steps.indices.map { step in
      model.place = StepPlace(lesson: 0, step: step)
      return LessonText(model.page, width: room.width).lines.count
    }
    return (filled, room.height)
  }
}
