/// A step of a course, by indices from 0.
public struct StepPlace: Sendable, Hashable, Comparable {
  public var lesson: Int
  public var step: Int

  public init(lesson: Int, step: Int) {
    self.lesson = lesson
    self.step = step
  }

  public static func < (left: StepPlace, right: StepPlace) -> Bool {
    (left.lesson, left.step) < (right.lesson, right.step)
  }
}
