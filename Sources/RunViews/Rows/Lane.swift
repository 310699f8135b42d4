internal import Events
internal import History
package import Screen
internal import Trace

/// The activity of one actor in a part of a run, as a row of signs.
package struct Lane {
  let session: RunSession
  let glyphs: Glyphs
  /// The start of the part, in nanoseconds of the run.
  let from: UInt64
  /// The end of the part, in nanoseconds of the run.
  let to: UInt64
  /// The newest time of the run, in nanoseconds.
  let now: UInt64
  /// The width of the lane.
  let columns: Int

  /// Returns the lane of one actor.
  /// - Parameter isWorker: whether a wait for the next task is drawn as idle.
  func text(_ actor: ActorID, isWorker: Bool = false) -> StyledText {
    text([actor], isWorker: isWorker)
  }

  /// Returns one lane of actors that run one after the other, each in its own colour.
  func text(_ actors: [ActorID], isWorker: Bool = false) -> StyledText {
    var signs = Array(repeating: StyledText.Span(" ", .muted), count: columns)
    for actor in actors {
      let cells = session.timeline.lane(actor, from: from, to: to, columns: columns, now: now)
      let style = ActorText.style(actor)
      for (index, cell) in cells.enumerated() where cell != .blank {
        let next = index + 1 < cells.count ? cells[index + 1] : .blank
        let (sign, isQuiet) = sign(cell, next: next, isWorker: isWorker)
        signs[index] = StyledText.Span(sign, isQuiet ? .muted : style)
      }
    }
    for raise in session.raises where actors.contains(raise.actor) {
      if let column = column(of: raise.time) {
        signs[column] = StyledText.Span(Self.raiseSign(glyphs), .failure.adding(.bold))
      }
    }
    return StyledText(signs)
  }

  /// Returns the lane of the main thread, with a mark where it spawned each worker of a pool.
  func spawner(of workers: [ActorID]) -> StyledText {
    var signs = text(.main, isWorker: true).spans.flatMap { span in
      span.text.map { StyledText.Span(String($0), .muted) }
    }
    for worker in workers {
      guard let spawned = session.state[worker]?.spawned, let column = column(of: spawned),
        signs.indices.contains(column)
      else { continue }
      signs[column] = StyledText.Span(glyphs.isASCII ? "+" : "┬", .text)
    }
    return StyledText(signs)
  }

  /// Returns a worker's lane, with a corner where it was spawned.
  func worker(_ actor: ActorID) -> StyledText {
    var signs = text(actor, isWorker: true).spans.flatMap { span in
      span.text.map { StyledText.Span(String($0), span.style) }
    }
    if let spawned = session.state[actor]?.spawned, let column = column(of: spawned),
      signs.indices.contains(column)
    {
      signs[column] = StyledText.Span(glyphs.isASCII ? "+" : "└", .muted)
    }
    return StyledText(signs)
  }

  /// Returns the column of a time, or nil outside of the lane.
  func column(of time: UInt64) -> Int? {
    guard columns > 0, from < to, time >= from, time <= min(now, to) else { return nil }
    let product = (time - from).multipliedFullWidth(by: UInt64(columns))
    return min(columns - 1, Int((to - from).dividingFullWidth(product).quotient))
  }

  /// Returns the first time that a column shows.
  func time(ofColumn column: Int) -> UInt64 {
    let product = (to - from).multipliedFullWidth(by: UInt64(max(0, column)))
    let quotient = UInt64(max(1, columns)).dividingFullWidth(product).quotient
    return min(from + quotient, to)
  }

  private func sign(_ cell: LaneCell, next: LaneCell, isWorker: Bool) -> (String, Bool) {
    switch cell {
    case .blank: return (" ", true)
    case .starting: return (Self.startSign(glyphs), true)
    case .asleep: return (glyphs.asleep, true)
    case .running: return (Self.runSign(glyphs), false)
    case .task:
      // A gap separates a task from the next one.
      guard case .task = next, next != cell, !glyphs.isASCII else { return (glyphs.solid, false) }
      return ("▌", false)
    case .holding: return (glyphs.solid, false)
    case .waiting(let reason):
      switch reason {
      case .sleep: return (glyphs.asleep, true)
      case .join, .future, .process, .start: return (glyphs.idle, true)
      case .queueGet where isWorker: return (glyphs.idle, true)
      default: return (glyphs.waiting, false)
      }
    }
  }

  /// The sign of an actor that runs without a task and without a lock.
  private static func runSign(_ glyphs: Glyphs) -> String { glyphs.isASCII ? "=" : "━" }
  private static func startSign(_ glyphs: Glyphs) -> String { glyphs.isASCII ? "-" : "╌" }
  static func raiseSign(_ glyphs: Glyphs) -> String { glyphs.isASCII ? "!" : "×" }

  /// Returns the legend of the signs, in full and with the essential ones only.
  /// - Parameter shown: the signs of the lanes on the screen.
  package static func legend(
    _ session: RunSession, shown: Set<Character>, _ glyphs: Glyphs
  ) -> [StyledText] {
    let forms = Set(session.state.objects.map(\.form))
    let hasLocks = forms.contains(.lock) || forms.contains(.semaphore)
    let solid = [(forms.contains(.pool), "task"), (hasLocks, "holds")].filter(\.0).map(\.1)
    let signs: [(sign: String, meaning: String, isEssential: Bool)] = [
      (startSign(glyphs), "starts", true),
      (glyphs.solid, solid.isEmpty ? "works" : solid.joined(separator: " or "), true),
      (runSign(glyphs), "runs", solid.isEmpty), (raiseSign(glyphs), "exception", true),
      (glyphs.idle, "idle", false), (glyphs.waiting, "waits", true),
      (glyphs.asleep, "sleeps", false),
    ]
    let seen = signs.filter { $0.sign != " " && $0.sign.first.map(shown.contains) == true }
    func text(_ signs: [(sign: String, meaning: String, isEssential: Bool)]) -> StyledText {
      StyledText(signs.map { "\($0.sign) \($0.meaning)" }.joined(separator: "  "), .muted)
    }
    return [text(seen), text(seen.filter(\.isEssential))]
  }
}
