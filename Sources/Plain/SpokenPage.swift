import LessonKit
import Tutor

/// What numbers and Enter mean beside the rows of an open layer: a list that only plain mode has, or
/// a part of a long one.
enum SpokenPage: Equatable {
  case none
  /// Numbers are events of the run.
  /// - Parameter next: the page that follows, from 1; nil after the last.
  case events(next: Int?)
  /// Numbers are steps that were found.
  case steps([StepPlace])
  /// The open list of kept runs was said up to here.
  /// - Parameter next: the index of the first run that was not said.
  case runs(next: Int)
  /// The next line is the value of the selected parameter.
  case value
}

extension PlainTutor {
  /// What can be typed at the list that was said last; nil where that is the step's choices.
  package var hint: String? {
    switch page {
    case .events(let next):
      return "Type an event's number to look at the run just then, "
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

  /// The index of the first kept run that was not said; nil where all were.
  func nextRun(of picker: Picker) -> Int? {
    if case .runs(let next) = page, next < picker.items.count { next } else { nil }
  }
}
