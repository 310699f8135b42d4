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
      let slices = session.timeline.lane(actor, from: from, to: to, columns: columns, now: now)
      let style = ActorText.style(actor, in: session.state)
      for (index, slice) in slices.enumerated() where slice.cell != .blank {
        let next = index + 1 < slices.count ? slices[index + 1] : nil
        let (sign, isQuiet) = sign(slice, next: next, isWorker: isWorker)
        signs[index] = StyledText.Span(sign, isQuiet ? .muted : style)
      }
      label(slices.map(\.cell), style.adding(.reverse), &signs)
    }
    for raise in session.raises where actors.contains(raise.actor) {
      if let column = column(of: raise.time) {
        signs[column] = StyledText.Span(Self.raiseSign(glyphs), .failure.adding(.bold))
      }
    }
    return StyledText(signs)
  }

  /// Writes the number of each task into its block, where it fits.
  private func label(
    _ cells: [LaneCell], _ style: Style, _ signs: inout [StyledText.Span]
  ) {
    var start = 0
    while start < cells.count {
      let cell = cells[start]
      let end = cells[start...].firstIndex { $0 != cell } ?? cells.count
      defer { start = end }
      guard case .task(_, let number) = cell else { continue }
      // The block's first column, and its last before another task, stay solid.
      let room = end - start - 1 - (end < cells.count ? 1 : 0)
      let name = String(number)
      guard name.count <= room else { continue }
      let first = start + 1 + (room - name.count) / 2
      for (offset, sign) in name.enumerated() where first + offset < signs.count {
        signs[first + offset] = StyledText.Span(String(sign), style)
      }
    }
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

  private func sign(_ slice: LaneSlice, next: LaneSlice?, isWorker: Bool) -> (String, Bool) {
    switch slice.cell {
    case .blank: return (" ", true)
    case .starting: return (Self.startSign(glyphs), true)
    case .asleep: return (glyphs.asleep, true)
    case .running: return (Self.runSign(glyphs), false)
    case .task:
      // A gap separates a task from the next one.
      guard let next, case .task = next.cell, next.cell != slice.cell, !glyphs.isASCII else {
        return (glyphs.solid, false)
      }
      return ("▌", false)
    case .holding: return (slice.hasWait ? glyphs.waitedHold : glyphs.solid, false)
    case .waiting(let reason):
      switch reason {
      case .sleep: return (glyphs.asleep, true)
      case .join, .future, .process, .start: return (glyphs.idle, true)
      case .queueGet where isWorker: return (glyphs.idle, true)
      default:
        // Two waits in a row are two.
        guard let next, next.cell == slice.cell, next.start > slice.start else {
          return (glyphs.waiting, false)
        }
        return (glyphs.waitBeforeWait, false)
      }
    }
  }

  /// The sign of an actor that runs without a task and without a lock.
  private static func runSign(_ glyphs: Glyphs) -> String { glyphs.isASCII ? "=" : "━" }
  private static func startSign(_ glyphs: Glyphs) -> String { glyphs.isASCII ? "-" : "╌" }
  static func raiseSign(_ glyphs: Glyphs) -> String { glyphs.isASCII ? "!" : "×" }

  /// Returns the legend of the signs in several lengths, the longest first.
  /// - Parameter shown: the signs of the lanes on the screen.
  package static func legend(
    _ session: RunSession, shown: Set<Character>, _ glyphs: Glyphs
  ) -> [StyledText] {
    let forms = Set(session.state.objects.map(\.form))
    let hasLocks = forms.contains(.lock) || forms.contains(.semaphore)
    let solid = [(forms.contains(.pool), "task"), (hasLocks, "holds")].filter(\.0).map(\.1)
    // The greater the weight, the longer a sign stays in the legend.
    let signs: [(sign: String, meaning: String, weight: Int)] = [
      (startSign(glyphs), "starts", 4),
      (glyphs.solid, solid.isEmpty ? "works" : solid.joined(separator: " or "), 8),
      (runSign(glyphs), "runs", solid.isEmpty ? 7 : 3), (raiseSign(glyphs), "exception", 9),
      (glyphs.idle, "idle", 1), (glyphs.waiting, "waits", 6),
      (glyphs.waitBeforeWait, "waits again", 4), (glyphs.waitedHold, "waited, holds", 5),
      (glyphs.asleep, "sleeps", 2),
    ]
    var seen = signs.filter { $0.sign != " " && $0.sign.first.map(shown.contains) == true }
    var legends: [StyledText] = []
    while !seen.isEmpty {
      legends.append(
        StyledText(seen.map { "\($0.sign) \($0.meaning)" }.joined(separator: "  "), .muted))
      let least = seen.map(\.weight).min()
      seen.removeAll { $0.weight == least }
    }
    return legends
  }
}
