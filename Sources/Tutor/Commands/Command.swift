package import Events
package import LessonKit

/// Everything that a person can have the tutor do: with a key, from the palette, with the mouse, or
/// by a typed word. `Model.perform` does it; `Command.row` says what it does, and when.
package enum Command: Sendable, Hashable {
  // MARK: a run

  case run(RunWords = RunWords())
  case parameters(RunWords = RunWords())
  /// Sets parameters of the selected run by `name=value`.
  case change([String])
  case defaults
  case otherRun(Int)
  case togglePause, pause, resume, stepOnce, stop
  /// To a faster speed, or a slower one.
  case speed(Int)
  case setSpeed(RunSpeed)
  /// Shows what the run's events prove.
  case finding
  /// Asks for what the screen's panes show all the time.
  case ask(Question)

  // MARK: back and forth in a run

  /// Goes so many events on in the run that is shown; negative is back.
  case scrub(Int)
  /// Goes so many columns of the lanes on; negative is back.
  case scrubColumns(Int)
  /// To the run's beginning, and to its newest event.
  case runStart, followLive
  /// To the event of that number, from 1.
  case event(Int)
  /// To what was true after so many nanoseconds of the run.
  case moment(Int64)
  /// Plays the run, or holds it.
  case film
  /// Shows half as much time, or twice as much.
  case zoomTime(isIn: Bool)
  /// To what ended the wait of the actor of that name; of the one that is looked at where it is
  /// empty.
  case endOfWait(of: String = "")

  // MARK: recordings

  /// Writes the run's recording to a file; asks for its name where none is given.
  case save(as: String? = nil)
  /// The kept runs, to choose one.
  case recordings(RecentRunPurpose)
  /// Takes the selected kept run off the list, or puts it back.
  case removeRecording
  /// Takes a run off the open list, by its number.
  case remove(Int)
  /// Puts a run of the open list back, by its number; the last that was removed where it is nil.
  case putBack(Int?)

  // MARK: lessons

  case nextStep, previousStep
  /// To a step that a person names: `4`, `4/2`, `factorial/1`, `/3` in this lesson.
  case go(String)
  case open(StepPlace)
  case lessons
  /// Every lesson and step by its title, to go there.
  case contents
  /// Follows a link of the step, or offers its links where there are several.
  case follow
  /// Goes back to where a link was followed.
  case back

  // MARK: find and copy

  /// Begins a search in the focused pane.
  case search
  /// Goes to the next event whose sentence has these words.
  case searchEvents(String)
  /// Goes to the match that is so many further on; negative is back.
  case find(Int)
  /// Copies what the focused pane shows.
  case copy
  /// Copies the words that start the selected run from a shell.
  case copyCommand

  // MARK: panes

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

  // MARK: the program

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

/// What a person asks of the plain tutor; the screen answers it all the time.
package enum Question: Sendable, Hashable {
  case state, timeline, results
  /// - Parameter page: from 1; nil for the last.
  case events(page: Int?)
  /// The event that is looked at.
  case event
  case speed
  case step
  case code(numbered: Bool)
  /// The steps with these words.
  case steps(with: String)
  case progress, choices, more
}

/// Whether a command does something now, and if not, why.
package enum Availability: Sendable, Equatable {
  case now
  case no(Remark)
}
