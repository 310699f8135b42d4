internal import Events
internal import History
internal import Trace

/// An earlier moment of a run that is on display: every pane shows the run as it was then.
package struct PastMoment: Sendable {
  /// The number of events up to this moment; the last of them is the current event.
  let position: Int
  /// The result of those events.
  @Boxed var fold: RunFold
  /// The current playback, or nil while it is paused.
  var playback: Playback?

  /// The time on display, in nanoseconds of the run.
  func time(at now: UInt64) -> UInt64 {
    max(fold.state.time, playback?.time(at: now) ?? 0)
  }
}

/// A playback: it maps the monotonic clock to the time of the run on display.
struct Playback: Sendable, Equatable {
  /// The time of the run at which playback starts, in nanoseconds.
  let from: UInt64
  /// The monotonic clock at the start of playback, in nanoseconds.
  let since: UInt64
  let speed: PlaybackSpeed

  /// Returns the time of the run to show.
  func time(at now: UInt64) -> UInt64 {
    let (sum, overflows) = from.addingReportingOverflow(
      speed.runTime(of: now > since ? now - since : 0))
    return overflows ? .max : sum
  }

  /// Returns the moment on the monotonic clock at which a time of the run is due.
  func moment(of time: UInt64) -> UInt64 {
    let (sum, overflows) = since.addingReportingOverflow(
      speed.machineTime(of: time > from ? time - from : 0))
    return overflows ? .max : sum
  }
}

/// A recording on display, and the progress of reading it.
package struct Recorded: Sendable, Equatable {
  /// The path of the file.
  package let path: String
  /// The number of bytes read so far.
  package var read = 0
  /// The size of the file in bytes, or nil if it is unknown.
  package var size: Int?
  /// Whether the last event has been read.
  var isComplete = false
  /// Whether playback starts as soon as there are events.
  var playsWhenReady = false

  package init(path: String, isComplete: Bool = false) {
    self.path = path
    self.isComplete = isComplete
  }
}

extension RunSession {
  /// The path of the recording, or nil for a run of this session.
  package var path: String? {
    if case .recorded(let recorded) = source { recorded.path } else { nil }
  }

  private mutating func change(_ change: (inout Recorded) -> Void) {
    guard case .recorded(var recorded) = source else { return }
    change(&recorded)
    source = .recorded(recorded)
  }

  /// Notes how many bytes of the recording have been read.
  package mutating func note(read: Int, of size: Int?) {
    change {
      $0.read = read
      $0.size = size
    }
  }

  /// Notes that the last event of the recording has been read.
  package mutating func markComplete() { change { $0.isComplete = true } }

  /// Requests playback as soon as there are events.
  package mutating func playWhenReady() { change { $0.playsWhenReady = true } }

  /// Starts the requested playback if there are enough events.
  package mutating func startPlaybackIfReady(_ speed: PlaybackSpeed, now: UInt64) {
    guard case .recorded(let recorded) = source, recorded.playsWhenReady, log.count > 1 else {
      return
    }
    change { $0.playsWhenReady = false }
    look(at: 1)
    play(speed, now: now)
  }
}

extension RunSession {
  /// Whether an earlier moment is on display.
  package var isRewound: Bool { past != nil }

  package var isPlaying: Bool { past?.playback != nil }

  /// Displays the run as it was after `position` events; past the last, its newest state.
  package mutating func look(at position: Int) {
    let position = max(0, position)
    guard position < log.count else {
      past = nil
      return
    }
    guard position != past?.position else {
      past?.playback = nil
      return
    }
    past = PastMoment(position: position, fold: log.fold(at: position))
    adoptLatestNames()
  }

  /// Shows objects and actors with their later names also at earlier moments.
  mutating func adoptLatestNames() {
    let latest = log.head.state
    past?.fold.adoptNames(from: latest)
  }

  /// Returns to the newest event.
  package mutating func follow() { past = nil }

  // MARK: playback

  /// Starts playback at the moment on display, or at the beginning if that is the newest event.
  package mutating func play(_ speed: PlaybackSpeed, now: UInt64) {
    guard !log.isEmpty else { return }
    if past == nil { look(at: 0) }
    guard let past else { return }
    self.past?.playback = Playback(from: past.time(at: now), since: now, speed: speed)
  }

  /// Pauses playback at the moment on display.
  package mutating func pausePlayback() { past?.playback = nil }

  /// Advances playback to the event that is due.
  package mutating func advancePlayback(now: UInt64) {
    guard let playback = past?.playback else { return }
    let position =
      playback.speed == .unlimited ? log.count : log.position(at: playback.time(at: now))
    guard position > self.position || position >= log.count else { return }
    if position >= log.count {
      // Playback waits at the last event until more of the recording is read.
      if isComplete { past = nil } else if log.count > 0 { show(log.count - 1, playback) }
    } else {
      show(position, playback)
    }
  }

  private mutating func show(_ position: Int, _ playback: Playback) {
    look(at: position)
    past?.playback = playback
  }

  /// Whether more of the recording is still to be read.
  package var isReading: Bool { isRecorded && !isComplete }

  /// Whether all events are in the log.
  package var isComplete: Bool {
    switch source {
    case .live: !isLive
    case .recorded(let recorded): recorded.isComplete
    }
  }

  /// The moment at which the next event of the playback is due, on the monotonic clock, or nil.
  package var playbackDeadline: UInt64? {
    guard let past, let playback = past.playback, past.position < log.count else { return nil }
    return playback.moment(of: log.record(at: past.position).time)
  }
}
