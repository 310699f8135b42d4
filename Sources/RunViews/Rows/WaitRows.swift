internal import Events
package import Screen
internal import Trace

/// Holders, waiters and the order of turns, for each lock, semaphore, condition, event and barrier.
///
/// The rows do not move during the run. A drawing of a cycle of waits is above them.
package struct WaitRows {
  package private(set) var rows: [StyledText] = []
  private let session: RunSession
  private let now: UInt64
  private let width: Int
  private let glyphs: Glyphs
  private let labelColumns: Int

  /// The maximum number of objects with their own rows.
  private static let mostObjects = 64
  /// The maximum number of waiters with their own rows; the others are counted.
  private static let mostWaiters = 6

  /// - Parameter height: the available rows. Empty rows separate the objects if they fit.
  package init(_ session: RunSession, now: UInt64, width: Int, height: Int, glyphs: Glyphs) {
    self.session = session
    self.now = session.time(at: now)
    self.width = width
    self.glyphs = glyphs
    let objects = session.state.objects.filter { Self.isWaitedFor($0.form) }
      .prefix(Self.mostObjects)
    let names = objects.map { TextWidth.columns(of: ValueText.abbreviated($0.name)) }
    labelColumns = min(max(names.max() ?? 0, 8), max(8, width / 4)) + 2
    var groups = objects.map(rows(of:))
    let joins = self.joins()
    if !joins.isEmpty { groups.append(joins) }
    if let drawing = cycle() { groups.insert(drawing, at: 0) }
    let hasGaps = groups.reduce(-1) { $0 + $1.count + 1 } <= height
    for group in groups {
      if hasGaps, !rows.isEmpty { rows.append(StyledText()) }
      rows += group
    }
    if rows.isEmpty { rows = [StyledText("Nothing is shared yet, and nobody waits.", .muted)] }
    rows = rows.map { $0.truncated(to: width, glyphs: glyphs) }
  }

  private static func isWaitedFor(_ form: ObjectForm) -> Bool {
    switch form {
    case .lock, .semaphore, .condition, .event, .barrier: true
    case .unknown, .list, .queue, .pipe, .variable, .pool: false
    }
  }

  private func labelled(_ label: StyledText, _ body: StyledText) -> StyledText {
    label.padded(to: labelColumns - 2, glyphs: glyphs) + StyledText("  ") + body
  }

  private func noted(_ label: String, _ body: StyledText) -> StyledText {
    labelled(StyledText("  " + label, .muted), body)
  }

  private func wrapped(_ label: String, _ body: StyledText) -> [StyledText] {
    body.wrapped(to: max(1, room)).enumerated().map { noted($0 == 0 ? label : "", $1) }
  }

  private func length(_ nanoseconds: Int64) -> String { ValueText.duration(nanoseconds) }

  private func since(_ time: UInt64) -> String {
    length(Int64(clamping: now - min(now, time)))
  }

  private var room: Int { max(0, width - labelColumns) }
}

// MARK: objects

extension WaitRows {
  private func rows(of object: ObjectState) -> [StyledText] {
    let record = session.handOvers[object.id] ?? HandOvers.Record()
    let name = StyledText(ValueText.abbreviated(object.name), .strong)
    var rows = [labelled(name, status(object, record))]
    rows += waiters(of: object, record)
    switch object.form {
    case .lock, .semaphore: rows += turns(object, record)
    case .condition: rows += wrapped("so far", notifications(record))
    default:
      if record.waits > 0 { rows += wrapped("so far", waits(record)) }
    }
    return rows
  }

  private func status(_ object: ObjectState, _ record: HandOvers.Record) -> StyledText {
    switch object.form {
    case .event: return StyledText(object.isSet ? "set" : "clear")
    case .condition: return inside(object)
    case .barrier: return StyledText("a barrier", .muted)
    default: break
    }
    var parts: [StyledText] = []
    if let permits = object.lock.permits {
      parts.append(StyledText(permits == 1 ? "1 permit left" : "\(permits) permits left"))
    }
    guard let holder = object.lock.holder else {
      return object.lock.permits == nil ? StyledText("free", .muted) : parts[0]
    }
    var text = StyledText(object.lock.permits == nil ? "held by " : "inside ", .muted)
    for (index, holder) in object.lock.holders.prefix(6).enumerated() {
      if index > 0 { text.append(", ") }
      text += ActorText.label(holder, in: session.state)
    }
    if object.lock.depth > 1 { text.append(", \(object.lock.depth) times") }
    if session.state[holder]?.isEnded == true {
      text.append(", who has ended", .failure)
    } else if object.lock.permits == nil, session.isUnderWay, let since = record.heldSince {
      text.append("  for \(self.since(since))", .muted)
    }
    parts.append(text)
    return parts.dropFirst().reduce(parts[0]) {
      $0 + StyledText(" \(glyphs.separator) ", .muted) + $1
    }
  }

  /// Returns the number of actors that wait in a condition. They do not hold its lock.
  private func inside(_ condition: ObjectState) -> StyledText {
    let count = session.state.waiters(of: condition.id).count
    guard count > 0 else { return StyledText("nobody waits in it", .muted) }
    let who = count == 1 ? "1 waits in it" : "\(count) wait in it"
    return StyledText(who) + StyledText(", without the lock", .muted)
  }

  /// Returns a row for each waiting actor, padded to the maximum so far. After the run, returns the
  /// waits that its end stopped.
  private func waiters(of object: ObjectState, _ record: HandOvers.Record) -> [StyledText] {
    let waiting = session.state.waiters(of: object.id)
      .map { ($0.actor, Int64(clamping: now - min(now, $0.since))) }
    guard session.isUnderWay || !waiting.isEmpty else {
      let stopped = record.stoppedWaits.map { ($0.actor, $0.waited) }
      return waits(stopped, of: object, label: "waited")
    }
    let slots = min(Self.mostWaiters, max(1, record.maxWaiting))
    let rows =
      waiting.isEmpty
      ? [noted("waits", StyledText("nobody", .muted))]
      : waits(waiting, of: object, label: "waits")
    return rows + Array(repeating: StyledText(), count: max(0, slots - rows.count))
  }

  /// Returns a row with a bar for each wait; lengths are in nanoseconds.
  private func waits(
    _ waits: [(actor: ActorID, length: Int64)], of object: ObjectState, label: String
  ) -> [StyledText] {
    let shown = waits.prefix(Self.mostWaiters)
    let labels = shown.map { ActorText.label($0.actor, in: session.state) }
    let columns = labels.map(\.columns).max() ?? 0
    // The scale of an endless wait starts at a second, so that the user sees it grow.
    let isEndless = object.lock.holder.map { session.state[$0]?.isEnded == true } ?? false
    let longest = UInt64(max(1, shown.map(\.length).max() ?? 1))
    let end = BarScale.axisEnd(after: max(longest, isEndless ? 1_000_000_000 : 1))
    return shown.enumerated().map { index, wait in
      var text = labels[index].padded(to: columns, glyphs: glyphs)
      text += StyledText("  " + length(wait.length), .strong).leftPadded(to: 9)
      text.append("  ")
      let bar = min(40, max(0, room - text.columns))
      let share = Double(wait.length) / Double(end)
      let signs = max(1, Int((share * Double(bar)).rounded()))
      if bar > 0 {
        text.append(
          String(repeating: glyphs.waiting, count: signs),
          ActorText.style(wait.actor, in: session.state))
      }
      if index == shown.count - 1, waits.count > shown.count {
        text.append("  and \(waits.count - shown.count) more", .muted)
      }
      return noted(index == 0 ? label : "", text)
    }
  }

  /// Returns how often each actor had it, the order of the last turns, and the longest wait.
  private func turns(_ object: ObjectState, _ record: HandOvers.Record) -> [StyledText] {
    guard !record.takers.isEmpty else { return [] }
    let dot = StyledText(" \(glyphs.separator) ", .muted)
    var counts = StyledText()
    for (index, taker) in record.takers.prefix(10).enumerated() {
      if index > 0 { counts += dot }
      counts += name(taker.actor) + StyledText(" \(taker.count)")
    }
    counts.append("   at most \(record.maxInside) at once", .muted)
    var rows = wrapped("turns", counts)
    if record.depths.contains(where: { $0 > 1 }) {
      let depths = record.depths.suffix(max(1, room / 4)).map(String.init)
      rows.append(noted("depth", StyledText(depths.joined(separator: " \(glyphs.arrow) "))))
    } else if record.recent.count > 1 {
      var order = StyledText()
      for actor in record.recent.reversed() {
        let next = name(actor) + StyledText(order.isEmpty ? "" : " ")
        guard next.columns + order.columns <= room else { break }
        order = next + order
      }
      rows.append(noted("order", order))
    }
    if record.waits > 0 { rows += wrapped("so far", waits(record)) }
    return rows
  }

  /// Returns the letter of an actor, or the name of the main thread.
  private func name(_ actor: ActorID) -> StyledText {
    actor.rawValue >= 2
      ? ActorText.letter(actor, in: session.state)
      : ActorText.label(actor, in: session.state)
  }

  private func waits(_ record: HandOvers.Record) -> StyledText {
    var text = StyledText(record.waits == 1 ? "1 wait" : "\(record.waits) waits", .muted)
    if let longest = record.longest {
      text.append(record.waits == 1 ? " of " : ", the longest ", .muted)
      text.append(length(longest.waited))
      text.append(" by ", .muted)
      text += name(longest.actor)
    }
    if record.timeouts > 0 { text.append(", \(record.timeouts) gave up", .muted) }
    return text
  }

  private func notifications(_ record: HandOvers.Record) -> StyledText {
    var text = StyledText(
      record.notified == 1 ? "notified once" : "notified \(record.notified) times")
    if record.notifiedNobody > 0 {
      text.append(", ")
      text.append("\(record.notifiedNobody) while nobody waited", .warning)
    }
    guard record.waits > 0 else { return text }
    return text + StyledText(" \(glyphs.separator) ", .muted) + waits(record)
  }
}

// MARK: actors

extension WaitRows {
  /// Returns a row for each actor that waits for another one to end.
  private func joins() -> [StyledText] {
    let waiting = session.state.actors.prefix(StateRows.mostActors).compactMap { actor in
      actor.wait.flatMap { wait in wait.awaited.map { (actor.id, $0, wait.since) } }
    }
    return waiting.prefix(Self.mostWaiters).map { actor, awaited, since in
      labelled(
        ActorText.label(actor, in: session.state),
        StyledText("waits for ", .muted) + ActorText.label(awaited, in: session.state)
          + StyledText(" to end", .muted) + StyledText("  " + self.since(since), .muted))
    }
  }

  /// Returns the drawing of the latest cycle of waits, also after the run.
  private func cycle() -> [StyledText]? {
    for finding in session.findings.reversed() {
      guard case .deadlock(let cycle, let since) = finding.kind else { continue }
      let drawing = CycleDrawing.rows(
        cycle, state: session.state, width: width, glyphs: glyphs)
      let moment = ValueText.moment(Int64(clamping: since))
      return drawing + [StyledText("deadlock", .failure) + StyledText("  since \(moment)", .muted)]
    }
    return nil
  }
}
