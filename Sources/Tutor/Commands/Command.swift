package import Events
package import LessonKit

/// Everything that a user can make the tutor do: with a key, from the palette, with the mouse, or
/// with a typed word. `Model.perform` performs it, and `Command.row` describes it.
package enum Command: Sendable, Hashable {
  // MARK: a run

  case run(RunWords = RunWords())
  case parameters(RunWords = RunWords())
  /// Sets parameters of the selected run by `name=value`.
  case change([String])
  case defaults
  case otherRun(Int)
  case togglePause, pause, resume, stepOnce, stop
  /// Changes the speed by a number of steps; negative is slower.
  case speed(Int)
  case setSpeed(RunSpeed)
  /// Shows the problem that the run's events prove.
  case finding
  /// Asks plain mode for information that the panes always show.
  case ask(Question)

  // MARK: moving through a run

  /// Moves by a number of events; negative is back.
  case scrub(Int)
  /// Moves by a number of columns of the timeline; negative is back.
  case scrubColumns(Int)
  /// Moves to the run's beginning, or to its newest event.
  case runStart, followLive
  /// Moves to the event of a number, from 1.
  case event(Int)
  /// Moves to a time of the run, in nanoseconds.
  case moment(Int64)
  /// Plays the run, or pauses the playback.
  case play
  /// Halves or doubles the time that the timeline shows.
  case zoomTime(isIn: Bool)
  /// Moves to the event that ended the wait of a named actor, or of the current actor if the name
  /// is empty.
  case endOfWait(of: String = "")

  // MARK: recordings

  /// Saves the run to a file; nil asks for the file's name.
  case save(as: String? = nil)
  /// Lists the recent runs.
  case recordings(RecentRunPurpose)
  /// Removes the selected run from the list, or restores it.
  case removeRecording
  /// Removes a run from the open list, by its number.
  case remove(Int)
  /// Restores a run of the open list by its number, or the last removed run if it is nil.
  case putBack(Int?)

  // MARK: lessons

  case nextStep, previousStep
  /// Shows all measures of the run, or only those that are asked about.
  case measures
  /// Opens the next answer of the step.
  case answer
  /// Opens a step by its name: `4`, `4/2`, `factorial/1`, `/3` in this lesson.
  case go(String)
  case open(StepPlace)
  case lessons
  /// Lists every lesson and step by its title.
  case contents
  /// Follows the step's link, or lists its links if there are several.
  case follow
  /// Goes back to the step with the link.
  case back

  // MARK: find and copy

  /// Starts a search in the focused pane.
  case search
  /// Moves to the next event whose sentence contains the words.
  case searchEvents(String)
  /// Moves by a number of matches; negative is back.
  case find(Int)
  /// Copies the text of the focused pane.
  case copy
  /// Copies the shell command of the selected run.
  case copyCommand

  // MARK: panes

  case nextPane, previousPane
  /// Focuses the pane of a digit.
  case pane(Int)
  case zoom
  /// Moves the border beside the lesson, in columns; negative is to the left.
  case moveSideBorder(Int)
  /// Moves the border below the focused pane, in rows; negative is up.
  case moveLowerBorder(Int)
  case resetBorders
  /// Moves by lines of the focused pane or rows of a list; negative is up.
  case move(Int)
  case page(Int)
  case top, bottom

  // MARK: the program

  /// Lists every command.
  case palette
  case settings
  case help, close, repaint, suspend, interrupt, quit
  /// Performs or opens the selection, or runs with the form's values.
  case accept
  /// Selects a row of the open layer, by its index from 0.
  case select(Int)
  /// Selects the next or previous choice of a form's field.
  case choose(Int)
  case reset
}

extension Command {
  /// Whether it only moves a cursor or scrolls a view.
  var isMovement: Bool {
    switch self {
    case .move, .page, .top, .bottom, .scrub, .scrubColumns, .nextPane, .previousPane: true
    default: false
    }
  }
}

/// A question to plain mode. The screen always shows the answer.
package enum Question: Sendable, Hashable {
  case state, timeline, results
  /// - Parameter page: from 1, or nil for the last.
  case events(page: Int?)
  /// The current event.
  case event
  case speed
  case step
  case code(numbered: Bool)
  /// The steps that contain the words.
  case steps(with: String)
  case progress, choices, more
}

/// Whether a command does something now, or the reason why not.
package enum Availability: Sendable, Equatable {
  case now
  case no(Remark)
}
