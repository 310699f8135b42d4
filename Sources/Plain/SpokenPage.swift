import LessonKit
import Tutor

/// The meaning of numbers and Enter, in addition to the rows of an open layer: a list that only
/// plain mode has, or a page of a long one.
enum SpokenPage: Equatable {
  case none
  /// Numbers are events of the run.
  /// - Parameter next: the next page, from 1, or nil after the last.
  case events(next: Int?)
  /// Numbers are steps that match a search.
  case steps([StepPlace])
  /// A page of the open list of kept runs was said.
  /// - Parameter next: the index of the first run of the next page.
  case runs(next: Int)
  /// The next line is the value of the selected parameter.
  case value
}

extension PlainTutor {
  /// The input that the current list takes, or nil if that is the step's choices.
  var hint: String? {
    switch page {
    case .events(let next):
      return "Type an event's number to look at the run at that event, "
        + (next == nil ? "or back." : "Enter for the next page, or back.")
    case .steps: return "Type a number to go there, or back."
    case .value: return "Type a value, or Enter to keep the one it has."
    case .none, .runs: break
    }
    switch model.layer {
    case .lessons: return "Type a lesson's number to open it, or back."
    case .contents(let picker):
      return picker.isOfLinks
        ? "Type a link's number to follow it, or back."
        : "Type a step's number to go to it, or back."
    case .parameters:
      return "Type a number to change one, or name=value, defaults, run, or back."
    case .settings: return "Type a number to change one, or back."
    case .recordings(let picker, let purpose):
      return
        (purpose == .replay
        ? "Type a number to open one, " : "Type a number to compare this run with that one, ")
        + (nextRun(of: picker) == nil ? "or back." : "Enter for the next ones, or back.")
    case .save: return "Type a file's name, or back."
    case .help, .finding, .palette, .comparison, nil: return nil
    }
  }

  /// Returns the index of the first run of the next page, or nil after the last.
  func nextRun(of picker: Picker) -> Int? {
    if case .runs(let next) = page, next < picker.items.count { next } else { nil }
  }
}
