internal import Screen
internal import Trace

/// Lanes: what each actor did when, who held each lock, how long each list was.
struct TimelineRows {
  private(set) var rows: [StyledText] = []
  /// More lanes than these are not drawn.
  static let mostLanes = 256

  private let session: RunSession
  private let glyphs: Glyphs
  private let now: UInt64
  private let end: UInt64
  private let columns: Int

  /// How many lanes there are.
  static func count(_ session: RunSession) -> Int {
    let actors = min(mostLanes, session.state.actors.count { $0.phase != .unborn })
    return actors + tracks(session.state).count
  }

  init(_ session: RunSession, now: UInt64, width: Int, glyphs: Glyphs) {
    let state = session.state
    let actors = Array(state.shownActors.prefix(Self.mostLanes))
    let objects = Self.tracks(state)
    let labels =
      actors.map { ActorText.label($0.id, in: state).columns }
      + objects.map { TextWidth.columns(of: $0.name) }
    let labelColumns = min(max(6, labels.max() ?? 0), max(6, width / 4))
    self.session = session
    self.glyphs = glyphs
    self.now = session.time(at: now)
    end = Self.end(session, now: self.now)
    columns = max(0, width - labelColumns - 2)
    let workers = Set(state.objects.flatMap(\.pool.workers))
    func add(_ label: StyledText, _ lane: StyledText) {
      rows.append(label.padded(to: labelColumns, glyphs: glyphs) + StyledText("  ") + lane)
    }
    for actor in actors where actor.id != .main {
      let isWorker = workers.contains(actor.id)
      add(ActorText.label(actor.id, in: state), lane(actor.id, isWorker: isWorker))
    }
    for object in objects {
      let label = StyledText(ValueText.abbreviated(object.name))
      add(label, Self.isHeld(object) ? holders(object.id) : sizes(object.id))
    }
    if actors.contains(where: { $0.id == .main }) {
      add(ActorText.label(.main, in: state), lane(.main, isWorker: true))
    }
  }

  /// What the lanes span, such as `0 – 1.0 s`.
  static func axis(_ session: RunSession, now: UInt64) -> String {
    "0 – " + TimeText.length(end(session, now: session.time(at: now)))
  }

  /// A round time after now while the run is live, the whole run after it.
  private static func end(_ session: RunSession, now: UInt64) -> UInt64 {
    session.isLive ? niceEnd(after: now) : max(1, session.state.time)
  }

  /// What the signs of the lanes mean.
  static func legend(_ glyphs: Glyphs) -> StyledText {
    let signs = [
      (glyphs.solid, "task or lock"), (runs(glyphs), "runs"), (glyphs.waiting, "waits"),
      (glyphs.asleep, "sleeps"), (glyphs.idle == " " ? "" : glyphs.idle, "idle"),
    ]
    var text = StyledText()
    for (sign, meaning) in signs where !sign.isEmpty {
      if !text.isEmpty { text.append("  ") }
      text.append("\(sign) \(meaning)", .muted)
    }
    return text
  }

  /// The sign of an actor that runs, with neither a task nor a lock.
  private static func runs(_ glyphs: Glyphs) -> String { glyphs.isASCII ? "=" : "━" }

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

  /// The next of a few round lengths, so that lanes grow calmly and are rescaled seldom.
  static func niceEnd(after time: UInt64) -> UInt64 {
    var unit: UInt64 = 1_000_000
    while unit < UInt64.max / 100 {
      for factor: UInt64 in [10, 15, 20, 30, 50, 75] where time <= unit * factor / 10 {
        return unit * factor / 10
      }
      unit *= 10
    }
    return time
  }

  // MARK: lanes

  private func lane(_ actor: ActorID, isWorker: Bool) -> StyledText {
    let cells = session.timeline.lane(actor, from: 0, to: end, columns: columns, now: now)
    var text = StyledText()
    for (index, cell) in cells.enumerated() {
      let next = index + 1 < cells.count ? cells[index + 1] : .blank
      let (sign, isQuiet) = sign(cell, next: next, isWorker: isWorker)
      text.append(sign, isQuiet ? .muted : ActorText.style(actor))
    }
    return text
  }

  private func sign(_ cell: LaneCell, next: LaneCell, isWorker: Bool) -> (String, Bool) {
    switch cell {
    case .blank: return (" ", true)
    case .starting: return (glyphs.isASCII ? "-" : "╌", true)
    case .asleep: return (glyphs.asleep, true)
    case .running: return (Self.runs(glyphs), false)
    case .task:
      // A task ends before the next begins: the gap shows where.
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

  /// The holder's letter where it takes the lock, a line for as long as it keeps it.
  private func holders(_ lock: ObjectID) -> StyledText {
    let holders = session.timeline.holders(lock, from: 0, to: end, columns: columns, now: now)
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

  private func sizes(_ object: ObjectID) -> StyledText {
    let sizes = session.timeline.sizes(object, from: 0, to: end, columns: columns, now: now)
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
