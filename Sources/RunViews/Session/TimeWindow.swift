package import Events

/// A part of a run's time that the lanes show larger, in nanoseconds of the run.
package struct TimeWindow: Sendable, Equatable {
  package let from: UInt64
  package let to: UInt64

  /// No part is shorter: nothing happens in less than a microsecond.
  package static let shortest: UInt64 = 1_000

  package var length: UInt64 { to - from }

  /// So long a part with a time in its middle, as far as there is so much before and after it.
  package init(length: UInt64, around time: UInt64, within end: UInt64) {
    let length = min(max(Self.shortest, length), max(Self.shortest, end))
    let half = length / 2
    let start = time > half ? time - half : 0
    from = min(start, end > length ? end - length : 0)
    to = from + length
  }

  package func contains(_ time: UInt64) -> Bool { time >= from && time <= to }

  /// So much of the time that it lies around what is looked at.
  func following(_ time: UInt64, within end: UInt64) -> TimeWindow {
    contains(time) ? self : TimeWindow(length: length, around: time, within: end)
  }
}

/// A lane of the timeline, by what it is of.
package enum LaneID: Sendable, Hashable {
  /// Of actors that share a lane the first.
  case actor(ActorID)
  case object(ObjectID)
  case series(Int)
  case pool(ObjectID)
}

extension RunSession {
  /// The time that the lanes can show: a round time after now while the run is under way, the whole
  /// run after it.
  func wholeTime(at now: UInt64) -> UInt64 {
    let head = headTime(at: now)
    return atHead.isUnderWay && !isComplete ? BarScale.axisEnd(after: head) : max(1, head)
  }

  /// The time that the lanes show. What is live and looked at as it is moves through the window.
  package func shownTime(at now: UInt64) -> (from: UInt64, to: UInt64) {
    guard let window else { return (0, wholeTime(at: now)) }
    guard past == nil, atHead.isUnderWay else { return (window.from, window.to) }
    let head = headTime(at: now)
    guard head > window.to || head < window.from else { return (window.from, window.to) }
    return (head > window.length ? head - window.length : 0, max(head, window.length))
  }

  /// Shows half as much time, or twice as much, around where the learner looks.
  package mutating func zoom(in isIn: Bool, now: UInt64) {
    let shown = shownTime(at: now)
    let whole = wholeTime(at: now)
    let length = shown.to - shown.from
    guard isIn || length < whole / 2 else {
      window = nil
      return
    }
    window = TimeWindow(
      length: isIn ? length / 2 : length * 2, around: time(at: now), within: whole)
  }

  /// Keeps where the learner looks within what the lanes show.
  package mutating func keepInWindow(now: UInt64) {
    guard past != nil, let window else { return }
    self.window = window.following(time(at: now), within: wholeTime(at: now))
  }
}
