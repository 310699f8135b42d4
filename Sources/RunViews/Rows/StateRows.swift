internal import Events
internal import History
package import Screen
internal import Trace

/// The state of the run: the shared objects, then the results, then the actors.
package struct StateRows {
  package struct Row {
    package var text: StyledText
    package var isLit = false
  }

  package private(set) var rows: [Row] = []
  private let session: RunSession
  private let now: UInt64
  private let width: Int
  private let glyphs: Glyphs
  private let labelColumns: Int

  /// The maximum number of actors with their own row.
  package static let mostActors = 512
  /// The maximum number of objects with their own row.
  package static let mostObjects = 256
  /// The maximum number of listed results that count for the size of the pane.
  private static let mostListedAtOnce = 6

  /// Returns the number of rows, including the first few of a list of results.
  /// - Parameter isSpaced: whether an empty row separates objects and actors.
  package static func count(_ session: RunSession, width: Int, isSpaced: Bool) -> Int {
    let results = ResultRows(session, width: width, labelColumns: 13, glyphs: .unicode)
    let listed = results.listed > 0 ? min(results.listed, mostListedAtOnce) + 1 : 0
    let shown = ShownText.rows(session, width: width, glyphs: .unicode).count
    let objects = shownObjects(session.state).count + results.summary.count
    let actors = shownActors(session).count
    return shown + objects + actors + listed + (isSpaced && shown > 0 ? 1 : 0)
      + (isSpaced && objects > 0 && actors > 0 ? 1 : 0)
  }

  /// Returns the actors to show: of those with one letter only the last, as in a lane. After the
  /// run, results replace the row of the main thread.
  private static func shownActors(_ session: RunSession) -> [ActorState] {
    var shown: [ActorState] = []
    var places: [Int: Int] = [:]
    for actor in session.state.shownActors {
      if let rank = actor.rank, let place = places[rank] {
        shown[place] = actor
      } else if shown.count < mostActors {
        if let rank = actor.rank { places[rank] = shown.count }
        shown.append(actor)
      }
    }
    return shown.filter {
      $0.id != .main || session.isUnderWay
        || EventLog.indices(session.log.results, before: session.position).isEmpty
    }
  }

  /// - Parameter height: the available rows. An empty row separates objects and actors if it fits.
  package init(_ session: RunSession, now: UInt64, width: Int, height: Int, glyphs: Glyphs) {
    self.session = session
    self.now = session.time(at: now)
    self.width = width
    self.glyphs = glyphs
    let state = session.state
    let objects = Self.shownObjects(state)
    let actors = Self.shownActors(session)
    let names =
      objects.map { TextWidth.columns(of: $0.name) }
      + actors.map { ActorText.label($0.id, in: state).columns }
    labelColumns = min(max(8, names.max() ?? 0), max(8, width / 3)) + 2
    for object in objects { rows.append(row(object)) }
    let results = ResultRows(session, width: width, labelColumns: labelColumns, glyphs: glyphs)
    rows += results.summary.map { Row(text: $0) }
    if !rows.isEmpty, !actors.isEmpty, rows.count + 1 + actors.count <= height {
      rows.append(Row(text: StyledText()))
    }
    rows += actorRows(actors)
    if session.isLit(at: now) {
      highlight(objects: objects, actors: rows.count - actors.count, of: actors)
    }
    if results.listed > 0 {
      let heading = StyledText("\(session.resultCount) results, the newest last", .muted)
      rows.append(Row(text: heading))
      rows += results.list(width: width).map { Row(text: $0.truncated(to: width, glyphs: glyphs)) }
    }
  }

  private static func shownObjects(_ state: RunState) -> [ObjectState] {
    let known = state.objects.indices.lazy.filter { state.objects[$0].form != .unknown }
    return known.prefix(mostObjects).map { state.objects[$0] }
  }

  /// Highlights what the latest event changed: its object, or else its actor.
  private mutating func highlight(
    objects: [ObjectState], actors first: Int, of actors: [ActorState]
  ) {
    guard let latest = session.latest else { return }
    if let index = objects.firstIndex(where: { $0.id.rawValue == latest.object }) {
      rows[index].isLit = true
    } else if let index = actors.firstIndex(where: { $0.id.rawValue == latest.actor }) {
      rows[first + index].isLit = true
    }
  }

  private func labelled(_ label: StyledText, _ body: StyledText) -> StyledText {
    let name = label.padded(to: labelColumns - 2, glyphs: glyphs) + StyledText("  ")
    return (name + body).truncated(to: width, glyphs: glyphs)
  }

  private var room: Int { max(0, width - labelColumns) }
}

// MARK: objects

extension StateRows {
  private func row(_ object: ObjectState) -> Row {
    let label = StyledText(ValueText.abbreviated(object.name))
    return Row(text: labelled(label, body(object)))
  }

  private func body(_ object: ObjectState) -> StyledText {
    switch object.form {
    case .list, .queue, .pipe: sequence(object.sequence)
    case .lock, .semaphore: joined { lock(object, $0) }
    case .variable:
      StyledText(object.value.map { ValueText.abbreviated($0.text) } ?? "")
    case .event:
      joined { [StyledText(object.isSet ? "set" : "clear")] + waiting(object, $0) }
    case .condition, .barrier:
      session.state.waiters(of: object.id).isEmpty
        ? StyledText("nobody waits", .muted) : joined { waiting(object, $0) }
    case .pool: pool(object.pool)
    case .unknown: StyledText()
    }
  }

  /// Returns the first values, as many as fit, and their number at the right.
  private func sequence(_ sequence: SequenceState) -> StyledText {
    let count = sequence.count
    let note = count == 0 ? "empty" : count == 1 ? "1 item" : "\(count) items"
    let columns = room - note.count - 2
    let (head, tail) = fitting(count, columns) { sequence[$0].text }
    var text = StyledText(head, .strong)
    if !tail.isEmpty {
      text.append("  \(glyphs.ellipsis)  ", .muted)
      text.append(tail, .strong)
    }
    let gap = max(2, room - text.columns - note.count)
    return text + StyledText(String(repeating: " ", count: gap)) + StyledText(note, .muted)
  }

  /// Returns all values if they fit. Otherwise the head has the first ones, and the tail the last
  /// one.
  private func fitting(
    _ count: Int, _ columns: Int, _ value: (Int) -> String
  ) -> (head: String, tail: String) {
    guard count > 0 else { return ("", "") }
    func short(_ index: Int) -> String { ValueText.abbreviated(value(index), limit: 12) }
    let last = short(count - 1)
    let reserved = TextWidth.columns(of: last) + glyphs.ellipsis.count + 4
    var head = ""
    var used = 0
    for index in 0..<count {
      let text = (index == 0 ? "" : "  ") + short(index)
      let size = TextWidth.columns(of: text)
      let isLast = index == count - 1
      if used + size + (isLast ? 0 : reserved) > columns {
        // The rest may fit if no room is reserved for a tail.
        if let rest = complete(from: index, count, columns - used, short) {
          return (head + rest, "")
        }
        return (head, last)
      }
      head += text
      used += size
    }
    return (head, "")
  }

  private func complete(
    from start: Int, _ count: Int, _ columns: Int, _ value: (Int) -> String
  ) -> String? {
    guard count - start <= 8 else { return nil }
    let text = (start..<count).map { ($0 == 0 ? "" : "  ") + value($0) }.joined()
    return TextWidth.columns(of: text) <= columns ? text : nil
  }

  /// Returns how an actor is shown in the row of an object.
  private typealias Label = (ActorID, RunState) -> StyledText

  private func lock(_ object: ObjectState, _ label: Label) -> [StyledText] {
    var parts: [StyledText] = []
    if let permits = object.lock.permits {
      parts.append(StyledText(permits == 1 ? "1 permit left" : "\(permits) permits left"))
    }
    if object.lock.holders.isEmpty {
      if object.lock.permits == nil { parts.append(StyledText("free", .muted)) }
    } else {
      var text = StyledText(object.lock.permits == nil ? "held by " : "inside ")
      for (index, holder) in object.lock.holders.prefix(6).enumerated() {
        if index > 0 { text.append(", ") }
        text += label(holder, session.state)
      }
      if object.lock.depth > 1 { text.append(", \(object.lock.depth) times") }
      parts.append(text)
    }
    return parts + waiting(object, label)
  }

  /// Returns the waiting actors and how long they have waited, the longest wait first.
  private func waiting(_ object: ObjectState, _ label: Label) -> [StyledText] {
    let waiters = session.state.waiters(of: object.id)
    return waiters.prefix(8).map { waiter in
      let length = ValueText.duration(
        Int64(clamping: now >= waiter.since ? now - waiter.since : 0))
      return label(waiter.actor, session.state) + StyledText(" waits \(length)", .muted)
    }
  }

  private func pool(_ pool: PoolState) -> StyledText {
    let ended = pool.finished + pool.failed
    var parts = [StyledText(pool.size == 1 ? "1 worker" : "\(pool.size) workers")]
    if pool.busy > 0 { parts.append(StyledText("\(pool.busy) busy")) }
    if pool.queued > 0 { parts.append(StyledText("\(pool.queued) queued")) }
    parts.append(StyledText("\(ended) of \(pool.submitted) done"))
    if pool.failed > 0 { parts.append(StyledText("\(pool.failed) failed", .failure)) }
    if !pool.isOpen, ended > 0 || pool.submitted > 0 { parts.append(StyledText("closed", .muted)) }
    return joined(parts)
  }

  /// Returns the parts with the names of actors, or with their letters if the names do not fit.
  private func joined(_ parts: (Label) -> [StyledText]) -> StyledText {
    let named = parts { ActorText.label($0, in: $1) }
    let columns = named.reduce(3 * (named.count - 1)) { $0 + $1.columns }
    guard columns > room else { return joined(named) }
    return joined(
      parts { $0.rawValue >= 2 ? ActorText.letter($0, in: $1) : ActorText.label($0, in: $1) })
  }

  /// Returns the parts with dots between them, as many as fit.
  private func joined(_ parts: [StyledText]) -> StyledText {
    var text = StyledText()
    for part in parts {
      let next = text.isEmpty ? part : text + StyledText(" \(glyphs.separator) ", .muted) + part
      guard text.isEmpty || next.columns <= room else { break }
      text = next
    }
    return text
  }
}

// MARK: actors

extension StateRows {
  /// The space between the actors' columns.
  private static let gap = 2

  private func actorRows(_ actors: [ActorState]) -> [Row] {
    let phases = actors.map(phase)
    let details = actors.map(details)
    // Columns are as wide as their widest cell can become, so that they do not move during a run.
    // Columns that do not fit are left out. The kernel's number is kept longest: it shows that the
    // thread is real.
    var columns = [0, 0, 0, 0, 0]
    let phaseColumns = min(room, max(phases.map(\.columns).max() ?? 0, usualPhaseColumns))
    let usual = [10, 6, 0, 0, 0]
    var used = labelColumns + phaseColumns
    for index in [2, 4, 0, 1, 3] {
      var widest = details.map { $0[index].columns }.max() ?? 0
      if session.isUnderWay, !actors.isEmpty { widest = max(widest, usual[index]) }
      guard widest > 0, used + widest + Self.gap <= width else { continue }
      used += widest + Self.gap
      columns[index] = widest
    }
    return actors.indices.map { place in
      var text = phases[place].padded(to: phaseColumns, glyphs: glyphs)
      for (index, column) in columns.enumerated() where column > 0 {
        text.append(String(repeating: " ", count: Self.gap))
        text += details[place][index].leftPadded(to: column)
      }
      let actor = actors[place]
      return Row(text: labelled(ActorText.label(actor.id, in: session.state), text))
    }
  }

  /// The width of the longest possible wait for one of the run's locks.
  private var usualPhaseColumns: Int {
    guard session.isUnderWay else { return 0 }
    let locks = session.state.objects.filter { $0.form == .lock || $0.form == .semaphore }
    let names = locks.prefix(16).map { TextWidth.columns(of: ValueText.abbreviated($0.name)) }
    return max("waits for A".count, names.max().map { min($0 + 6, 24) } ?? 0)
  }

  /// Returns CPU time, core, thread or process number, tasks and exceptions.
  private func details(_ actor: ActorState) -> [StyledText] {
    let number = actor.type == .process ? "pid \(actor.pid)" : "tid \(actor.tid)"
    let isKnown = actor.type == .process ? actor.pid != 0 : actor.tid != 0
    let tasks = actor.tasksDone == 1 ? "1 task" : "\(actor.tasksDone) tasks"
    return [
      StyledText(actor.cpu.map { "cpu " + TimeText.computed($0) } ?? "", .muted),
      StyledText(actor.core.map { "core \($0)" } ?? "", .muted),
      StyledText(isKnown ? number : "", .muted),
      StyledText(actor.tasksDone == 0 ? "" : tasks, .muted),
      // The same sign as in the lanes.
      StyledText(
        actor.exceptions == 0 ? "" : "\(Lane.raiseSign(glyphs)) \(actor.exceptions)", .failure),
    ]
  }

  private func phase(_ actor: ActorState) -> StyledText {
    let style: Style = actor.id == .main ? .muted : .text
    if !session.isUnderWay, actor.id == .main { return StyledText("ended", .muted) }
    if let next = session.next, !session.isRewound,
      next.operations.keys.contains(actor.id) || next.goes == actor.id
    {
      let goes = next.goes == actor.id
      let operation = next.operations[actor.id]
      return StyledText(goes ? glyphs.cursor + " " : "  ", .strong)
        + StyledText("next: ", .muted)
        + StyledText(Narrator.next(operation, state: session.state), goes ? .strong : style)
    }
    switch actor.phase {
    case .unknown: return StyledText()
    case .spawned: return StyledText("starting", .muted)
    case .ended(.returned): return StyledText("ended", .muted)
    case .ended(.exited(let status)):
      return StyledText("exit \(status)", status == 0 ? .muted : .failure)
    case .ended(.killed(let signal)): return StyledText("killed by \(signal)", .failure)
    case .waiting(let wait): return StyledText(waitText(wait), style == .text ? .text : .muted)
    case .running:
      if let task = actor.task {
        let value = task.value.map { ValueText.abbreviated($0.text, limit: 12) }
        return StyledText("computing \(value ?? "task \(task.number)")", style)
      }
      if let held = actor.holds.last {
        return StyledText("holds \(ValueText.abbreviated(session.state.name(of: held)))", style)
      }
      return StyledText("running", style)
    }
  }

  private func waitText(_ wait: Wait) -> String {
    if wait.reason == .sleep { return "asleep" }
    if wait.reason == .join || wait.reason == .process || wait.reason == .future {
      guard let awaited = wait.awaited else { return "waits" }
      return "waits for \(session.state.letter(of: awaited))"
    }
    guard let object = wait.object else { return "waits" }
    let isHeld = wait.reason == .lock || wait.reason == .semaphore
    return
      "\(isHeld ? "wants" : "waits for") \(ValueText.abbreviated(session.state.name(of: object)))"
  }
}
