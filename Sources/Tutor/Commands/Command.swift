/// What a person can have the app do with a key, from the palette, or with the mouse.
public enum Command: Sendable, Hashable {
  case run, pause, stepOnce, stop, parameters
  /// Goes so many events on in the run that is shown; negative is back.
  case scrub(Int)
  /// Goes so many columns of the lanes on; negative is back.
  case scrubColumns(Int)
  /// To the run's beginning, and to its newest event.
  case runStart, followLive
  /// Lets the film run, or holds it.
  case film
  /// To a faster speed, or a slower one.
  case speed(Int)
  /// Shows half as much time, or twice as much.
  case zoomTime(isIn: Bool)
  /// To what ended a wait.
  case endOfWait
  /// Asks where to write the run's recording.
  case save
  /// The kept runs, to choose one.
  case recordings(RecentRunPurpose)
  /// Takes the selected kept run off the list, or puts it back.
  case removeRecording
  case otherRun(Int)
  case nextStep, previousStep, lessons
  /// Every lesson and step by its title, to go there.
  case contents
  /// Follows a link of the step, or offers its links where there are several.
  case follow
  /// Goes back to where a link was followed.
  case back
  case nextPane, previousPane
  /// The pane with that digit.
  case pane(Int)
  case zoom
  /// Moves the border beside the lesson, in columns; negative is to the left.
  case moveSideBorder(Int)
  /// Moves the border below the focused pane, in rows; negative is up.
  case moveLowerBorder(Int)
  case resetBorders
  /// Lines of the focused pane or rows of a list; negative is up.
  case move(Int)
  case page(Int)
  case top, bottom
  /// Looks for a text in the focused pane.
  case search
  /// Goes to the match that is so many further on; negative is back.
  case find(Int)
  /// Copies what the focused pane shows.
  case copy
  /// Copies the words that start the selected run from a shell.
  case copyCommand
  /// Shows what the run's events prove.
  case finding
  /// Every command by its words.
  case palette
  case settings
  case help, close, repaint, suspend, interrupt, quit
  /// Does or opens what is selected, or runs with the form's values.
  case accept
  /// The next or previous word of a form's choice.
  case choose(Int)
  case reset
}
