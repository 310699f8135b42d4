public import Catalog
public import Events
import History
public import LessonKit
public import RunViews
public import Screen

/// Work outside the model that the tutor asks the event loop to perform.
public indirect enum Effect: Sendable {
  case start(RunRequest)
  case pause, resume
  /// Perform one operation of the paused run.
  case step
  case stop
  /// Set the speed of the run's clock, and of later runs with delays.
  case speed(RunSpeed)
  /// List the recent runs.
  case listRuns(RecentRunPurpose)
  /// Remove a run from the list by the path of its recording, or restore it.
  case removeRecording(String)
  case restoreRecording(String)
  /// Show a recording, by its path.
  case openRecording(String)
  /// Read a recording and compare it with the run on the screen.
  case compare(ComparedRun)
  /// Write a run to a file.
  case save(SavedRun)
  /// Leave the program. A live run is stopped by an earlier effect.
  case quit
  case suspend
  /// Redraw every cell of the screen.
  case repaint
  /// Save progress in the open document.
  case remember(ProgressChange)
  /// Apply and save the settings.
  case settings(Settings)
  /// Save the positions of the borders.
  case splits(Splits)
  /// Copy a text to the clipboard, or to a file if there is none. `what` names the text in messages.
  case copy(text: String, what: String)
}

extension Effect: Equatable {
  /// Whether two effects do the same. Runs are compared by the words that start them.
  public static func == (left: Effect, right: Effect) -> Bool {
    switch (left, right) {
    case (.start(let first), .start(let second)):
      first.words == second.words && first.engine == second.engine
    case (.pause, .pause), (.resume, .resume), (.step, .step), (.stop, .stop), (.quit, .quit),
      (.suspend, .suspend), (.repaint, .repaint):
      true
    case (.listRuns(let first), .listRuns(let second)): first == second
    case (.compare(let first), .compare(let second)):
      first.path == second.path && first.log.count == second.log.count
    case (.openRecording(let first), .openRecording(let second)),
      (.removeRecording(let first), .removeRecording(let second)),
      (.restoreRecording(let first), .restoreRecording(let second)):
      first == second
    case (.save(let first), .save(let second)):
      first.path == second.path && first.log.count == second.log.count
    case (.speed(let first), .speed(let second)): first == second
    case (.remember(let first), .remember(let second)): first == second
    case (.settings(let first), .settings(let second)): first == second
    case (.splits(let first), .splits(let second)): first == second
    case (.copy(let first, let what), .copy(let second, let other)):
      first == second && what == other
    default: false
    }
  }
}
