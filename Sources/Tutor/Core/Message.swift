public import Catalog
public import Events
public import LessonKit
public import RunViews
public import Screen

/// An input of the tutor: from the user, the run, the clock or the terminal.
///
/// The event loop sends `tick` first when it wakes, so that every other message has a known time.
public indirect enum Message: Sendable {
  case input(Input)
  /// The next events of the run, in order.
  case events([Event])
  /// A run has started. The events that follow belong to it.
  case runBegan(RunRequest)
  /// A run could not start, with the reason.
  case runRefused(String)
  /// The actors of a pausing run that still compute. Empty when all are at rest.
  case computing([ActorID])
  /// What the actors of a paused run do next.
  case next(NextOperations)
  /// A recording was opened. The recorded events that follow belong to it.
  case recordingBegan(RecordingHeader, path: String, isOfTheseLessons: Bool)
  /// The next events of the recording, the bytes read so far, and the size of the file in bytes, or
  /// nil.
  case recorded([Event], read: Int, of: Int?)
  /// The recording has been read, with a sentence if it is not whole.
  case recordingEnded(String?)
  /// The recording to compare with the run on the screen.
  case comparison(OtherRun)
  /// The recent runs, the newest first.
  case recentRuns([RecentRun], RecentRunPurpose)
  /// A recording was removed from the list, or restored.
  case recordingMoved(String, isRemoved: Bool)
  /// A notice for a few seconds, such as the place of a copy.
  case notice(String)
  /// A warning.
  case warning(String)
  /// The open documents have changed: the new course, and sentences about the changes.
  case reloaded(Course, notices: [String])
  /// The monotonic clock, in nanoseconds.
  case tick(now: UInt64)
  case resized(Size)
  /// The set of symbols has changed.
  case glyphs(Glyphs)

  /// Whether the message comes from a run or the clock, not from the user.
  public var isFromRunOrClock: Bool {
    switch self {
    case .events, .recorded, .computing, .next, .tick: true
    default: false
    }
  }
}
