public import Catalog

/// What the app wants done in the world outside; whoever runs the event loop does it.
public enum Effect: Sendable {
  case start(RunRequest)
  case pause, resume
  /// Let one operation of the paused run happen.
  case step
  case stop
  /// Leave the program; a live run was told to stop by an effect before.
  case quit
  case suspend
  /// Draw the whole screen anew, whatever the terminal is believed to show.
  case repaint
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
    default: false
    }
  }
}
