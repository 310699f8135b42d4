public import Catalog
public import LessonKit
import LessonViews
public import Screen

/// Measures whether each step fits the screen, for authors of lessons.
public enum LessonFit {
  /// The number of rows of each step, and the rows of the lesson's pane when zoomed.
  /// - Parameter size: the size of the screen. A screen that is too small has no room.
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
