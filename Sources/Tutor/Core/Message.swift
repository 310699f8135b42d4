public import Catalog
public import Events
public import LessonKit
public import RunViews
public import Screen

/// What happens to the app: news from the person, the run, the clock and the terminal.
///
/// The event loop sends `tick` first whenever it wakes, so that all else happens at a known time.
public indirect enum Message: Sendable {
  case input(Input)
  /// What the run recorded since the last time, in order.
  case events([Event])
  /// A run has begun; the events that follow are its.
  case runBegan(RunRequest)
  /// A run could not begin; the text says why, for a person.
  case runRefused(String)
  /// While a run pauses: who still computes. Empty once all have come to rest.
  case computing([ActorID])
  /// A recording is being opened; the recorded events that follow are its.
  case recordingBegan(RecordingHeader, path: String, isOfTheseLessons: Bool)
  /// The next events of the recording, and how much of the file has been read, in bytes, of how
  /// much where that is known.
  case recorded([Event], read: Int, of: Int?)
  /// No more of the recording comes; a sentence says why where that is not its own end.
  case recordingEnded(String?)
  /// The recording that was to be laid beside the run on the screen.
  case comparand(OtherRun)
  /// The runs that are kept, the newest first, as they were asked for.
  case recentRuns([RecentRun], RecentRunPurpose)
  /// A kept run was taken off the list, or was put back.
  case recordingMoved(String, isRemoved: Bool)
  /// Something that a person should know for a moment, such as where a copy went.
  case told(String)
  /// Something that went wrong or is not as it should be, and that a person should know.
  case warned(String)
  /// The open documents have changed: the course as it is now, and what happened, in sentences.
  case reloaded(Course, notices: [String])
  /// The monotonic clock, in nanoseconds.
  case tick(now: UInt64)
  case resized(Size)
  /// The terminal shows these symbols from now on.
  case glyphs(Glyphs)

  /// Whether it comes from a run or the clock, and not from the person.
  public var comesByItself: Bool {
    switch self {
    case .events, .recorded, .computing, .tick: true
    default: false
    }
  }
}
