/// What numbers and Enter mean: the choices of the step, or the items of the list told last.
enum SpokenList: Equatable {
  case choices
  case lessons, contents
  case matches([StepPlace])
  case parameters(run: Int)
  /// The next line is the value of a parameter.
  case value(run: Int, name: String)
  /// - Parameter next: the page that follows, from 1; nil after the last.
  case events(next: Int?)
  case settings
  /// - Parameter next: the index of the first that was not told yet.
  case recordings([RecentRun], RecentRunPurpose, next: Int)
  /// The next line is the name of a file.
  case saving

  /// What can be typed at it; nil for the choices, which say so themselves.
  var hint: String? {
    switch self {
    case .choices: nil
    case .lessons: "Type a lesson's number to open it, or back."
    case .contents: "Type a step's number to go to it, or back."
    case .matches: "Type a number to go there, or back."
    case .parameters:
      "Type a number to change one, or name=value, defaults, run, or back."
    case .value: "Type a value, or Enter to keep the one it has."
    case .events(let next):
      "Type an event's number to look at the run just then, "
        + (next == nil ? "or back." : "Enter for the next page, or back.")
    case .settings: "Type a number to change one, or back."
    case .recordings(let runs, let purpose, let next):
      (purpose == .replay
        ? "Type a number to open one, " : "Type a number to compare this run with that one, ")
        + (next < runs.count ? "Enter for the next ones, or back." : "or back.")
    case .saving: "Type a file's name, or back."
    }
  }
}
