/// What numbers and Enter mean: the choices of the step, or the items of the list told last.
enum SpokenList: Equatable {
  case choices
  case lessons, contents
  case matches([StepPlace])
  case parameters(run: Int)
  /// The next line is the value of a parameter.
  case value(run: Int, name: String)
  /// - Parameter next: the page that follows, from 1.
  case events(next: Int)
  case settings

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
    case .events: "Enter for the next page, or back."
    case .settings: "Type a number to change one, or back."
    }
  }
}
