public import Catalog
public import LessonKit
public import Screen

/// How much of a step fits the screen, for those who write lessons.
public enum LessonFit {
  /// The rows that a step fills and those there are, where the lesson's pane has the whole screen.
  /// - Parameters:
  ///   - step: the step's index in the lesson, from 0.
  ///   - size: of the whole screen; too small a one has no rows.
  public static func rows(
    ofStep step: Int, of lesson: Lesson, catalog: DemoCatalog, in size: Size
  ) -> (filled: Int, room: Int) {
    var model = Model(
      course: Course(lessons: [lesson]), listings: [:], catalog: catalog, size: size,
      start: (lesson: 0, step: step))
    model.isZoomed = true
    guard let room = model.content(of: .lesson) else { return (0, 0) }
    return (LessonText(model, width: room.width).lines.count, room.height)
  }
}
