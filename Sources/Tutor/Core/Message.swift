public import Catalog
public import Screen
public import Trace

/// What the app is told: by the person, by the run, by the clock and by the kernel.
///
/// The event loop sends `tick` first whenever it wakes, so that all else happens at a known time.
public enum Message: Sendable {
  case input(Input)
  /// What the run recorded since the last time, in order.
  case events([Event])
  /// A run has begun; the events that follow are its.
  case runBegan(RunRequest)
  /// A run could not begin; the text says why, for a person.
  case runRefused(String)
  /// While a run pauses: who still computes. Empty once all have come to rest.
  case computing([ActorID])
  /// The monotonic clock, in nanoseconds.
  case tick(now: UInt64)
  case signal(Signal)
  case resized(Size)
}

/// What the kernel or another program asked of the app.
public enum Signal: Sendable, Equatable {
  case interrupt, terminate, hangUp
  /// The terminal's stop character, or another program, wants the app suspended.
  case suspend
  /// The app goes on after it was suspended.
  case resume
}
