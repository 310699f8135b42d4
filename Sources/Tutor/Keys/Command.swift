/// What a person can have the app do with a key.
public enum Command: Sendable, Hashable {
  case run, pause, stepOnce, stop, parameters
  case otherRun(Int)
  case nextStep, previousStep, lessons
  case nextPane, previousPane
  /// The pane with that digit.
  case pane(Int)
  case zoom
  /// Lines of the focused pane or rows of a list; negative is up.
  case move(Int)
  case page(Int)
  case top, bottom
  /// Shows what the run's events prove.
  case finding
  case help, close, repaint, suspend, interrupt, quit
  /// Opens the selected lesson, or runs with the form's values.
  case accept
  /// The next or previous word of a form's choice.
  case choose(Int)
  case reset
}
