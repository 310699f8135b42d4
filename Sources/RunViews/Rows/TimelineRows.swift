internal import Catalog
internal import Events
internal import History
package import Screen
internal import Trace

/// The lanes of the timeline: the activity of each actor, the holders of each lock, the length of
/// each list. In a comparison of pool sizes, each pool has its own group of lanes and its own zero.
package struct TimelineRows {
  /// The subject of a row.
  enum Subject {
    /// Actors with the same name that ran one after the other.
    case actors([ActorState])
    case object(ObjectState)
    /// A measured series, by its index.
    case series(Int)
    case pool(PoolLife)
    case worker(ActorID, PoolLife)
  }

  /// The run at its newest event: its lanes do not change at an earlier moment.
  private let session: RunSession
  /// The time of the earlier moment on display, or nil for the newest.
  let moment: UInt64?
  let subjects: [Subject]
  let glyphs: Glyphs
  /// The run at that moment, or nil for the newest.
  private let rewound: RunSession?
  private let now: UInt64
  /// The time that the lanes show, in nanoseconds of the run.
  let shown: (from: UInt64, to: UInt64)
  private let width: Int
  /// The widths of the names, the lanes, and the notes at the right.
  private(set) var columns: (label: Int, lane: Int, note: Int)

  /// The maximum number of lanes of threads.
  static let mostLanes = 256
  /// The maximum number of pools; the newest are drawn.
  static let mostPools = 64

  package init(_ session: RunSession, now: UInt64, width: Int, glyphs: Glyphs) {
    self.session = session.atHead
    moment = session.past.map { _ in session.time(at: now) }
    rewound = session.past == nil ? nil : session
    self.glyphs = glyphs
    self.now = session.headTime(at: now)
    shown = session.shownTime(at: now)
    self.width = width
    subjects = Self.subjects(self.session)
    columns = (0, 0, 0)
    columns = layOut()
  }

  private func layOut() -> (label: Int, lane: Int, note: Int) {
    let widest = subjects.map { label($0).columns }.max() ?? 0
    let labelColumns = min(max(6, widest), max(20, width / 4))
    var noteColumns = (subjects.map { note($0).columns }.max() ?? 0) + 2
    if noteColumns == 2 || width - labelColumns - 2 - noteColumns < 20 { noteColumns = 0 }
    return (labelColumns, max(0, width - labelColumns - 2 - noteColumns), noteColumns)
  }

  package var count: Int { subjects.count }

  /// Returns the number of lanes.
  package static func count(_ session: RunSession) -> Int { subjects(session.atHead).count }

  private static func subjects(_ session: RunSession) -> [Subject] {
    let state = session.state
    let pools = session.lanePools
    let pooled = Set(pools.flatMap(\.workers))
    let actors = Array(
      state.shownActors.lazy.filter { !pooled.contains($0.id) }.prefix(mostLanes))
    let lanes = ActorLanes.lanes(of: actors.filter { $0.id != .main })
    var subjects: [Subject] = lanes.map { .actors($0) }
    let strips: [Subject] =
      trackedObjects(session).map { .object($0) }
      + session.timeline.measured.indices.map { .series($0) }
    // The main subject of a demo is at the top, if it would be below many lanes.
    if wantsStrip(session), lanes.count > 4 {
      subjects.insert(contentsOf: strips, at: 0)
    } else {
      subjects += strips
    }
    guard !pools.isEmpty else {
      return subjects + actors.filter { $0.id == .main }.map { .actors([$0]) }
    }
    for pool in pools.suffix(mostPools) {
      subjects.append(.pool(pool))
      subjects += pool.workers.map { .worker($0, pool) }
    }
    return subjects
  }

  private static func wantsStrip(_ session: RunSession) -> Bool {
    session.request.demo.views.contains(.strip)
  }

  /// Returns the objects with lanes: locks, and objects with a length. A pool's waiting tasks are
  /// drawn if the demo has a strip.
  private static func trackedObjects(_ session: RunSession) -> [ObjectState] {
    let objects = session.state.objects
    let sized = objects.indices.lazy.filter { place in
      let object = ObjectID(place + 1)
      return switch objects[place].form {
      case .semaphore, .list, .queue: true
      // A pipe that never has more than one message has nothing to show.
      case .pipe: session.timeline.peak(of: object) > 1
      case .pool: wantsStrip(session) && session.timeline.peak(of: object) > 0
      default: false
      }
    }
    let held = objects.indices.lazy.filter { objects[$0].form == .lock }
    return held.prefix(64).map { objects[$0] } + sized.prefix(64).map { objects[$0] }
  }

  private static func isHeld(_ object: ObjectState) -> Bool {
    object.form == .lock
  }

  // MARK: time

  /// Returns the time span of the lanes, such as `0 – 2 s`.
  package static func axis(_ session: RunSession, now: UInt64) -> String {
    let isPooled = session.window == nil && !session.atHead.lanePools.isEmpty
    if isPooled {
      let end = poolEnd(session.atHead, now: session.headTime(at: now))
      return "0 – " + ValueText.duration(Int64(clamping: end))
    }
    let shown = session.shownTime(at: now)
    let end = ValueText.duration(Int64(clamping: shown.to))
    guard session.window != nil else { return "0 – " + end }
    // Late in a run, both ends may round to the same text, so the length follows them.
    return ValueText.duration(Int64(clamping: shown.from)) + " – " + end
      + " (" + ValueText.duration(Int64(clamping: shown.to - shown.from)) + ")"
  }

  /// The time under the lanes. Each pool has its own zero.
  var axisPart: (from: UInt64, to: UInt64) {
    guard session.window == nil, !session.lanePools.isEmpty else { return shown }
    return (0, Self.poolEnd(session, now: now))
  }

  /// Returns the common length of the lanes of all pools.
  private static func poolEnd(_ session: RunSession, now: UInt64) -> UInt64 {
    BarScale.barEnd(after: max(1, session.lanePools.map { $0.length(now: now) }.max() ?? 1))
  }

  // MARK: rows

  /// Returns the rows of a range, and the signs in its lanes of actors. The cost depends on the
  /// range only.
  package func rows(_ range: Range<Int>) -> (rows: [StyledText], signs: Set<Character>) {
    let range = range.clamped(to: 0..<subjects.count)
    let whole = self.whole
    let objects = session.state.objects
    let workers = Set(objects.indices.lazy.flatMap { objects[$0].pool.workers })
    var signs: Set<Character> = []
    let rows = range.map { index in
      let subject = subjects[index]
      let part = self.part(of: subject)
      var lane: StyledText
      var isActor = true
      switch subject {
      case .actors(let actors):
        let isWorker = actors.contains { $0.id == .main || workers.contains($0.id) }
        lane = whole.text(actors.map(\.id), isWorker: isWorker)
      case .object(let object):
        isActor = false
        lane = Self.isHeld(object) ? holders(object.id, whole) : sizes(object, whole)
      case .series(let place):
        isActor = false
        lane = series(place, whole)
      case .pool(let pool): lane = part.spawner(of: pool.workers)
      case .worker(let actor, _): lane = part.worker(actor)
      }
      if isActor { signs.formUnion(lane.plain) }
      if let moment, let column = part.column(of: moment) { lane = cursor(in: lane, at: column) }
      let isSelected = session.selection != nil && session.selection == Self.id(of: subject)
      let gap =
        isSelected ? StyledText(" " + glyphs.cursor, .strong) : StyledText("  ")
      let row = label(subject).padded(to: columns.label, glyphs: glyphs) + gap + lane
      let note = note(subject)
      guard columns.note > 0, note.columns > 0 else { return row }
      return row.padded(to: width - columns.note, glyphs: glyphs)
        + note.leftPadded(to: columns.note)
    }
    return (rows, signs)
  }

  /// The events that are searched for the end of a wait, so that each frame stays quick.
  private static let shortWait = 1024

  /// Describes the event on display, or returns an empty text at the newest one. The beginning of a
  /// short wait has the length of the wait.
  var happening: StyledText {
    guard let session = rewound, session.position > 0 else { return StyledText() }
    let latest = session.log[session.position - 1]
    let state = session.state
    let actor =
      latest.actor == .main
      ? ActorText.label(.main, in: state) : ActorText.letter(latest.actor, in: state)
    if latest.kind == .waitBegin, latest.waitReason != .sleep,
      let length = session.log.length(
        ofWaitBy: latest.actor, after: session.position, within: Self.shortWait)
    {
      return actor + StyledText(" waits \(ValueText.duration(length))")
    }
    switch latest.kind {
    case .runStart, .runFinish, .runPause, .runResume, .runStep, .runSpeed, .objectName:
      return StyledText(Narrator.predicate(latest, state: state))
    case .waitEnd:
      let length = latest.waited.map { " \(ValueText.duration($0))" } ?? ""
      let verb = latest.waitReason == .sleep ? " slept" : " waited"
      return actor + StyledText(verb + length)
    default: return actor + StyledText(" " + Narrator.predicate(latest, state: state))
    }
  }

  /// Draws the column of the time on display into a lane.
  private func cursor(in lane: StyledText, at column: Int) -> StyledText {
    var signs = lane.spans.flatMap { span in
      span.text.map { StyledText.Span(String($0), span.style) }
    }
    while signs.count <= column { signs.append(StyledText.Span(" ", .text)) }
    let sign = signs[column]
    let line = glyphs.vertical
    if sign.text.first?.isLetter == true {
      signs[column].style = sign.style.adding(.reverse)
    } else if [glyphs.solid, glyphs.waiting, "▌"].contains(sign.text) {
      // The line keeps the lane's colour, so that the activity is still visible.
      signs[column] = StyledText.Span(line, sign.style.adding(.reverse))
    } else {
      signs[column] = StyledText.Span(line, .strong)
    }
    return StyledText(signs)
  }

  /// The lane for the zoomed part of the run, or for all of it.
  var whole: Lane {
    Lane(
      session: session, glyphs: glyphs, from: shown.from, to: shown.to, now: now,
      columns: columns.lane)
  }

  /// Returns the part of the run that a row shows. A pool's row starts at its own zero, unless the
  /// lanes are zoomed.
  func part(of subject: Subject) -> Lane {
    guard session.window == nil else { return whole }
    switch subject {
    case .pool(let pool), .worker(_, let pool):
      let (end, overflows) = pool.start.addingReportingOverflow(
        Self.poolEnd(session, now: now))
      return Lane(
        session: session, glyphs: glyphs, from: pool.start, to: overflows ? .max : end,
        now: min(now, pool.end ?? now), columns: columns.lane)
    case .actors, .object, .series: return whole
    }
  }

  private func label(_ subject: Subject) -> StyledText {
    switch subject {
    case .actors(let actors):
      guard let last = actors.last else { return StyledText() }
      let stem = ActorLanes.stem(last.name)
      guard actors.contains(where: { $0.name != last.name }) else {
        return ActorText.label(last.id, in: session.state)
      }
      return StyledText("\(ValueText.abbreviated(stem)) ") + StyledText("\(actors.count)×", .muted)
    case .object(let object): return StyledText(ValueText.abbreviated(object.name))
    case .series(let place):
      let name = session.timeline.measured[place].name
      let parts = siblingPeaks(of: place).count > 1 ? ArmSummary.parts(of: name) : nil
      return StyledText(ValueText.abbreviated(parts?.arm ?? name))
    case .pool(let pool):
      return StyledText(name(of: pool), .strong) + StyledText("  main", .muted)
    case .worker(let actor, let pool):
      let indent = StyledText(String(repeating: " ", count: name(of: pool).count + 2))
      let pid = session.state[actor]?.pid ?? 0
      return indent + ActorText.letter(actor, in: session.state)
        + StyledText(
          pid == 0 ? " starting" : " pid \(pid)", ActorText.style(actor, in: session.state))
    }
  }

  private func name(of pool: PoolLife) -> String {
    ValueText.abbreviated(session.state.name(of: pool.pool), limit: 12)
  }

  /// Returns the lane of a lock: a letter where an actor acquires it, and a line while it holds it.
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
      let letters = String(session.state.letter(of: holder).prefix(stretch))
      let line = String(repeating: glyphs.horizontal, count: stretch - letters.count)
      text.append(letters + line, ActorText.style(holder, in: session.state))
      index += stretch
    }
    return text
  }

  // MARK: strips

  private func sizes(_ object: ObjectState, _ part: Lane) -> StyledText {
    let sizes = session.timeline.sizes(
      object.id, from: part.from, to: part.to, columns: part.columns, now: now)
    let peak = session.timeline.peak(of: object.id)
    // Small sizes have fixed heights: two is always twice as high as one. A full queue has the
    // maximum height.
    let top = capacity(object).map { max(peak, min($0, 4 * max(1, peak))) } ?? max(peak, 4)
    return strip(sizes, top: max(1, top))
  }

  private func series(_ place: Int, _ part: Lane) -> StyledText {
    let values = session.timeline.values(
      ofSeries: place, from: part.from, to: part.to, columns: part.columns, now: now)
    let greatest = siblingPeaks(of: place).max() ?? 1
    return strip(values, top: max(1, greatest))
  }

  /// Returns the greatest values of all series of the same quantity. These series share one scale.
  private func siblingPeaks(of place: Int) -> [Int] {
    let measured = session.timeline.measured
    guard let own = ArmSummary.parts(of: measured[place].name) else {
      return [measured[place].peak]
    }
    return measured.filter { ArmSummary.parts(of: $0.name)?.quantity == own.quantity }.map(\.peak)
  }

  private func strip(_ values: [Int?], top: Int) -> StyledText {
    let steps = glyphs.column.count - 1
    return values.reduce(into: StyledText()) { text, value in
      guard let value else { return text.append(" ") }
      let share = Double(max(0, value)) / Double(top)
      text.append(glyphs.column[min(steps, Int(share * Double(steps)))])
    }
  }

  /// Returns the greatest value of a strip and its limit, for the right of its row.
  private func note(_ subject: Subject) -> StyledText {
    guard Self.wantsStrip(session) else { return StyledText() }
    switch subject {
    case .series(let place):
      let measured = session.timeline.measured[place]
      let quantity =
        siblingPeaks(of: place).count > 1 ? ArmSummary.parts(of: measured.name)?.quantity : nil
      return StyledText((quantity.map { "\($0), " } ?? "") + "most ", .muted)
        + StyledText(ValueText.measure(Int64(measured.peak), unit: measured.unit))
    case .object(let object) where !Self.isHeld(object):
      let peak = session.timeline.peak(of: object.id)
      let most = capacity(object).map { " of \($0)" } ?? ""
      return StyledText("most ", .muted) + StyledText("\(peak)\(most)")
    default: return StyledText()
    }
  }

  /// Returns the capacity of a queue, from the run's parameters, or the permits of a semaphore.
  private func capacity(_ object: ObjectState) -> Int? {
    switch object.form {
    case .semaphore: return object.lock.permits.map { $0 + object.lock.inside }
    case .queue:
      let arguments = session.request.arguments
      guard arguments.names.contains("capacity"), case .integer(let most) = arguments["capacity"]
      else { return nil }
      return most
    default: return nil
    }
  }
}
