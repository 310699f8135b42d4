public import Catalog
public import Events
import History
public import LessonKit
public import RunViews
public import Screen

/// Work in the world outside that the app asks for; the event loop does it.
public indirect enum Effect: Sendable {
  case start(RunRequest)
  case pause, resume
  /// Let one operation of the paused run happen.
  case step
  case stop
  /// Let the run's clock go at another speed, and that of each run with delays that follows.
  case speed(RunSpeed)
  /// Find out which runs are kept.
  case listRuns(RecentRunPurpose)
  /// Take a kept run off the list, by the path of its recording, or put it back.
  case removeRecording(String)
  case restoreRecording(String)
  /// Show a recording, by its path.
  case openRecording(String)
  /// Lay a recording beside the run on the screen: read it, and find what differs.
  case compare(ComparedRun)
  /// Write a run to a file.
  case save(SavedRun)
  /// Leave the program; an effect before it stops a live run.
  case quit
  case suspend
  /// Draw every cell of the screen again.
  case repaint
  /// Add to what is kept of the open document.
  case remember(ProgressChange)
  /// Take these settings on, and keep them.
  case settings(Settings)
  /// Keep the places of the borders.
  case splits(Splits)
  /// Give a text to the clipboard, or a file where there is none; `what` names it for a person.
  case copy(text: String, what: String)
}

extension Effect: Equatable {
  /// The same thing; runs are the same when the same words ask for them.
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
