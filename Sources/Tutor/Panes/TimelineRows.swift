internal import Screen
internal import Trace

/// Lanes: what each actor did when, who held each lock, how long each list was. The workers of
/// pools of processes stand together below who spawned them, each pool from its own beginning.
struct TimelineRows {
  /// What a row is of.
  private enum Subject {
    case actor(ActorState)
    case object(ObjectState)
    case pool(PoolLife)
    case worker(ActorID, PoolLife)
  }

  private let session: RunSession
  private let subjects: [Subject]
  private let glyphs: Glyphs
  private let now: UInt64
  private let width: Int

  /// More lanes of threads, or more pools, than these are not drawn; of pools the newest are.
  static let mostLanes = 256
  static let mostPools = 64

  init(_ session: RunSession, now: UInt64, width: Int, glyphs: Glyphs) {
    self.session = session
    self.glyphs = glyphs
    self.now = session.time(at: now)
    self.width = width
    subjects = Self.subjects(session)
  }

  var count: Int { subjects.count }

  /// How many lanes there are.
  static func count(_ session: RunSession) -> Int { subjects(session).count }

  private static func subjects(_ session: RunSession) -> [Subject] {
    let state = session.state
    let pools = session.pools.filter { !$0.workers.isEmpty }
    let pooled = Set(pools.flatMap(\.workers))
    let actors = state.shownActors.filter { !pooled.contains($0.id) }.prefix(mostLanes)
    var subjects: [Subject] = actors.filter { $0.id != .main }.map { .actor($0) }
    subjects += tracks(state).map { .object($0) }
    guard !pools.isEmpty else {
      return subjects + actors.filter { $0.id == .main }.map { .actor($0) }
    }
    for pool in pools.suffix(mostPools) {
      subjects.append(.pool(pool))
      subjects += pool.workers.map { .worker($0, pool) }
    }
    return subjects
  }

  /// What has a lane of its own: what is held, and what has a length.
  private static func tracks(_ state: RunState) -> [ObjectState] {
    let tracks = state.objects.filter {
      isHeld($0) || $0.form == .list || $0.form == .queue || $0.form == .pipe
    }
    return Array(tracks.filter(isHeld).prefix(64) + tracks.filter { !isHeld($0) }.prefix(64))
  }

  private static func isHeld(_ object: ObjectState) -> Bool {
    object.form == .lock || object.form == .semaphore
  }

  // MARK: time

  /// What the lanes span, such as `0 – 2 s`; of pools, each from its own beginning.
  static func axis(_ session: RunSession, now: UInt64) -> String {
    let now = session.time(at: now)
    let isPooled = session.pools.contains { !$0.workers.isEmpty }
    let end = isPooled ? poolEnd(session, now: now) : end(session, now: now)
    return "0 – " + ValueText.duration(Int64(clamping: end))
  }

  /// A round time after now while the run is live, the whole run after it.
  private static func end(_ session: RunSession, now: UInt64) -> UInt64 {
    session.isLive ? BarScale.axisEnd(after: now) : max(1, session.state.time)
  }

  /// The length that the lanes of all pools have in common, so that they can be compared.
  private static func poolEnd(_ session: RunSession, now: UInt64) -> UInt64 {
    BarScale.barEnd(after: max(1, session.pools.map { $0.length(now: now) }.max() ?? 1))
  }

  // MARK: rows

  /// The rows of a range; the cost is theirs, however many there are.
  func rows(_ range: Range<Int>) -> [StyledText] {
    let range = range.clamped(to: 0..<subjects.count)
    let labels = subjects.map { label($0) }
    let widest = labels.map(\.columns).max() ?? 0
    let labelColumns = min(max(6, widest), max(18, width / 4))
    let columns = max(0, width - labelColumns - 2)
    let whole = Lane(
      session: session, glyphs: glyphs, from: 0, to: Self.end(session, now: now), now: now,
      columns: columns)
    let workers = Set(session.state.objects.flatMap(\.pool.workers))
    let poolEnd = Self.poolEnd(session, now: now)
    return range.map { index in
      let lane: StyledText
      switch subjects[index] {
      case .actor(let actor):
        lane = whole.text(actor.id, isWorker: actor.id == .main || workers.contains(actor.id))
      case .object(let object):
        lane = Self.isHeld(object) ? holders(object.id, whole) : sizes(object.id, whole)
      case .pool(let pool): lane = part(pool, poolEnd, columns).spawner(of: pool.workers)
      case .worker(let actor, let pool): lane = part(pool, poolEnd, columns).worker(actor)
      }
      return labels[index].padded(to: labelColumns, glyphs: glyphs) + StyledText("  ") + lane
    }
  }

  /// The time of one pool.
  private func part(_ pool: PoolLife, _ length: UInt64, _ columns: Int) -> Lane {
    let (end, overflows) = pool.start.addingReportingOverflow(length)
    return Lane(
      session: session, glyphs: glyphs, from: pool.start, to: overflows ? .max : end,
      now: min(now, pool.end ?? now), columns: columns)
  }

  private func label(_ subject: Subject) -> StyledText {
    switch subject {
    case .actor(let actor): return ActorText.label(actor.id, in: session.state)
    case .object(let object): return StyledText(ValueText.abbreviated(object.name))
    case .pool(let pool):
      return StyledText(name(of: pool), .strong) + StyledText("  main", .muted)
    case .worker(let actor, let pool):
      let indent = StyledText(String(repeating: " ", count: name(of: pool).count + 2))
      let pid = session.state[actor]?.pid ?? 0
      return indent + StyledText(pid == 0 ? "starting" : "pid \(pid)", ActorText.style(actor))
    }
  }

  private func name(of pool: PoolLife) -> String {
    ValueText.abbreviated(session.state.name(of: pool.pool), limit: 12)
  }

  /// The holder's letter where it takes the lock, a line for as long as it keeps it.
  private func holders(_ lock: ObjectID, _ part: Lane) -> StyledText {
    let holders = session.timeline.holders(
      lock, from: part.from, to: part.to, columns: part.columns, now: now)
    var text = StyledText()
    var index = 0
    while index < holders.count {
      guard let holder = holders[index] else {
        text.append(" ")
        index += 1
        continue
      }
      let stretch = holders[index...].prefix { $0 == holder }.count
      let letters = String(holder.letter.prefix(stretch))
      let line = String(repeating: glyphs.horizontal, count: stretch - letters.count)
      text.append(letters + line, ActorText.style(holder))
      index += stretch
    }
    return text
  }

  private func sizes(_ object: ObjectID, _ part: Lane) -> StyledText {
    let sizes = session.timeline.sizes(
      object, from: part.from, to: part.to, columns: part.columns, now: now)
    let peak = session.state[object]?.sequence.peak ?? 0
    let steps = glyphs.column.count - 1
    // Small sizes keep their own heights: two is always twice as high as one.
    let top = max(peak, 4)
    return sizes.reduce(into: StyledText()) { text, size in
      guard let size else { return text.append(" ") }
      text.append(glyphs.column[min(steps, size * steps / top)])
    }
  }
}
