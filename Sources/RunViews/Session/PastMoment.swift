internal import Events
internal import History
internal import Trace

/// A moment of a run that the learner looks at instead of its newest: every pane shows the run as it
/// was then.
package struct PastMoment: Sendable {
  /// How many events have happened: the last of them is the one that is looked at.
  let position: Int
  /// What follows from those events.
  @Boxed var fold: RunFold
  /// The film goes on from here by itself; nil while it stands.
  var playback: Playback?

  /// The time that is shown, in nanoseconds of the run.
  func time(at now: UInt64) -> UInt64 {
    max(fold.state.time, playback?.time(at: now) ?? 0)
  }
}

/// A film that runs: which time of the run is shown when.
struct Playback: Sendable, Equatable {
  /// A time of the run, in nanoseconds, and the monotonic clock when it is shown.
  let from: UInt64
  let since: UInt64
  let speed: FilmSpeed

  /// The time of the run that is shown.
  func time(at now: UInt64) -> UInt64 {
    let (sum, overflows) = from.addingReportingOverflow(
      speed.runTime(of: now > since ? now - since : 0))
    return overflows ? .max : sum
  }

  /// When a time of the run will be shown, on the monotonic clock.
  func moment(of time: UInt64) -> UInt64 {
    let (sum, overflows) = since.addingReportingOverflow(
      speed.machineTime(of: time > from ? time - from : 0))
    return overflows ? .max : sum
  }
}

/// A recording that is shown, and how much of it has been read.
package struct Recorded: Sendable, Equatable {
  /// Where its file is; empty for one that was read as a whole.
  package let path: String
  /// Bytes read so far, and of how many; the latter is nil where the file does not say.
  package var read = 0
  package var size: Int?
  /// Whether all of it has been read.
  var isWhole = false
  /// The film begins as soon as there is something to show.
  var awaitsFilm = false

  package init(path: String, isWhole: Bool = false) {
    self.path = path
    self.isWhole = isWhole
  }
}

extension RunSession {
  /// The file that is shown; nil for a run that is live or was.
  package var path: String? {
    if case .recorded(let recorded) = source { recorded.path } else { nil }
  }

  private mutating func change(_ change: (inout Recorded) -> Void) {
    guard case .recorded(var recorded) = source else { return }
    change(&recorded)
    source = .recorded(recorded)
  }

  package mutating func note(read: Int, of size: Int?) {
    change {
      $0.read = read
      $0.size = size
    }
  }

  package mutating func noteWhole() { change { $0.isWhole = true } }

  /// The film begins with the first events.
  package mutating func startFilm() { change { $0.awaitsFilm = true } }

  /// Begins the film that was asked for, once there is something to show.
  package mutating func beginFilm(_ speed: FilmSpeed, now: UInt64) {
    guard case .recorded(let recorded) = source, recorded.awaitsFilm, log.count > 1 else { return }
    change { $0.awaitsFilm = false }
    look(at: 1)
    play(speed, now: now)
  }
}

extension RunSession {
  /// Whether the learner looks at an earlier moment.
  package var isRewound: Bool { past != nil }

  package var isPlaying: Bool { past?.playback != nil }

  /// Looks at the run as it was after so many events; behind the last, at its newest.
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
    nameThePast()
  }

  /// Whoever looks back knows already how all are called.
  mutating func nameThePast() {
    let latest = log.head.state
    past?.fold.adoptNames(from: latest)
  }

  /// Back to the newest event.
  package mutating func follow() { past = nil }

  // MARK: the film

  /// Lets the film run from where the learner looks, or from the beginning when that is the end.
  package mutating func play(_ speed: FilmSpeed, now: UInt64) {
    guard !log.isEmpty else { return }
    if past == nil { look(at: 0) }
    guard let past else { return }
    self.past?.playback = Playback(from: past.time(at: now), since: now, speed: speed)
  }

  package mutating func holdFilm() { past?.playback = nil }

  /// Moves a film on to what is to be seen now.
  package mutating func roll(now: UInt64) {
    guard let playback = past?.playback else { return }
    let position =
      playback.speed == .unlimited ? log.count : log.position(at: playback.time(at: now))
    guard position > self.position || position >= log.count else { return }
    if position >= log.count {
      // What is not read yet is waited for.
      if isComplete { past = nil } else if log.count > 0 { show(log.count - 1, playback) }
    } else {
      show(position, playback)
    }
  }

  private mutating func show(_ position: Int, _ playback: Playback) {
    look(at: position)
    past?.playback = playback
  }

  /// No more events will come.
  package var isComplete: Bool {
    switch source {
    case .live: !isLive
    case .recorded(let recorded): recorded.isWhole
    }
  }

  /// When the next event of the film is due, on the monotonic clock; nil while it stands.
  package var nextOfFilm: UInt64? {
    guard let past, let playback = past.playback, past.position < log.count else { return nil }
    return playback.moment(of: log.record(at: past.position).time)
  }
}
