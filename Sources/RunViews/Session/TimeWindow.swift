package import Events

/// The part of a run's time that zoomed lanes show, in nanoseconds of the run.
package struct TimeWindow: Sendable, Equatable {
  let from: UInt64
  let to: UInt64

  /// The minimum length: the run's operations take longer than a microsecond.
  package static let shortest: UInt64 = 1_000

  var length: UInt64 { to - from }

  /// A window of a length around a time, moved where necessary to lie within the run.
  init(length: UInt64, around time: UInt64, within end: UInt64) {
    let length = min(max(Self.shortest, length), max(Self.shortest, end))
    let half = length / 2
    let start = time > half ? time - half : 0
    from = min(start, end > length ? end - length : 0)
    to = from + length
  }

  func contains(_ time: UInt64) -> Bool { time >= from && time <= to }

  /// Returns a window of the same length that contains a time.
  func following(_ time: UInt64, within end: UInt64) -> TimeWindow {
    contains(time) ? self : TimeWindow(length: length, around: time, within: end)
  }
}

/// The identity of a lane of the timeline.
package enum LaneID: Sendable, Hashable {
  /// The first of the actors that share the lane.
  case actor(ActorID)
  case object(ObjectID)
  case series(Int)
  case pool(ObjectID)
}

extension RunSession {
  /// Returns the end of the time axis: rounded up while the run is under way, later its exact end.
  func totalTime(at now: UInt64) -> UInt64 {
    let head = headTime(at: now)
    return atHead.isUnderWay && !isComplete ? BarScale.axisEnd(after: head) : max(1, head)
  }

  /// Returns the time that the lanes show. The window moves with the newest event of a live run.
  package func shownTime(at now: UInt64) -> (from: UInt64, to: UInt64) {
    guard let window else { return (0, totalTime(at: now)) }
    guard past == nil, atHead.isUnderWay else { return (window.from, window.to) }
    let head = headTime(at: now)
    guard head > window.to || head < window.from else { return (window.from, window.to) }
    return (head > window.length ? head - window.length : 0, max(head, window.length))
  }

  /// Halves or doubles the time that the lanes show, around the moment on display.
  package mutating func zoom(in isIn: Bool, now: UInt64) {
    let shown = shownTime(at: now)
    let whole = totalTime(at: now)
    let length = shown.to - shown.from
    guard isIn || length < whole / 2 else {
      window = nil
      return
    }
    window = TimeWindow(
      length: isIn ? length / 2 : length * 2, around: time(at: now), within: whole)
  }

  /// Moves the window so that it contains the moment on display.
  package mutating func keepInWindow(now: UInt64) {
    guard past != nil, let window else { return }
    self.window = window.following(time(at: now), within: totalTime(at: now))
  }
}
