internal import Catalog
package import Events
internal import History
package import Screen
package import Trace

/// Lanes: what each actor did when, who held each lock, how long each list was. The workers of
/// pools of processes stand together below who spawned them, each pool from its own beginning.
package struct TimelineRows {
  /// What a row is of.
  package enum Subject {
    /// Actors of one name, one after the other.
    case actors([ActorState])
    case object(ObjectState)
    /// A number over time, by its place among those of the run.
    case series(Int)
    case pool(PoolLife)
    case worker(ActorID, PoolLife)
  }

  /// The run at its newest event: its lanes stay while the learner looks back.
  private let session: RunSession
  /// The time that the learner looks at; nil for the newest.
  private let moment: UInt64?
  let subjects: [Subject]
  private let glyphs: Glyphs
  private let now: UInt64
  /// What the lanes show of the time.
  package let shown: (from: UInt64, to: UInt64)
  private let width: Int
  /// How many columns the names, the lanes and the notes at the right take.
  package private(set) var columns: (label: Int, lane: Int, note: Int)

  /// More lanes of threads, or more pools, than these are not drawn; of pools the newest are.
  static let mostLanes = 256
  static let mostPools = 64

  package init(_ session: RunSession, now: UInt64, width: Int, glyphs: Glyphs) {
    self.session = session.atHead
    moment = session.past.map { _ in session.time(at: now) }
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
    let labelColumns = min(max(6, widest), max(18, width / 4))
    var noteColumns = (subjects.map { note($0).columns }.max() ?? 0) + 2
    if noteColumns == 2 || width - labelColumns - 2 - noteColumns < 20 { noteColumns = 0 }
    return (labelColumns, max(0, width - labelColumns - 2 - noteColumns), noteColumns)
  }

  package var count: Int { subjects.count }

  /// How many lanes there are.
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
      tracks(session).map { .object($0) }
      + session.timeline.measured.indices.map { .series($0) }
    // What a demo is about is not looked for below many lanes.
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

  /// What has a lane of its own: what is held, and what has a length. Of a pool how many tasks wait
  /// is drawn where the demo asks for a strip.
  private static func tracks(_ session: RunSession) -> [ObjectState] {
    let objects = session.state.objects
    let sized = objects.indices.lazy.filter { place in
      let object = ObjectID(place + 1)
      return switch objects[place].form {
      case .semaphore, .list, .queue: true
      // A pipe in which one message at a time goes there and back has nothing to show.
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

  /// What the lanes span, such as `0 – 2 s`; of pools, each from its own beginning.
  package static func axis(_ session: RunSession, now: UInt64) -> String {
    let isPooled = session.window == nil && !session.atHead.lanePools.isEmpty
    if isPooled {
      let end = poolEnd(session.atHead, now: session.headTime(at: now))
      return "0 – " + ValueText.duration(Int64(clamping: end))
    }
    let shown = session.shownTime(at: now)
    let end = ValueText.duration(Int64(clamping: shown.to))
    guard session.window != nil else { return "0 – " + end }
    // Two moments far into a run may be told alike; how much lies between is told beside them.
    return ValueText.duration(Int64(clamping: shown.from)) + " – " + end
      + " (" + ValueText.duration(Int64(clamping: shown.to - shown.from)) + ")"
  }

  /// The length that the lanes of all pools have in common, so that they can be compared.
  private static func poolEnd(_ session: RunSession, now: UInt64) -> UInt64 {
    BarScale.barEnd(after: max(1, session.lanePools.map { $0.length(now: now) }.max() ?? 1))
  }

  // MARK: rows

  /// The rows of a range, and the signs that the actors' lanes among them show; the cost is theirs,
  /// however many there are.
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

  /// The column of the time that is looked at, through all lanes.
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
      // A line on the lane's own colour, so that what is there is still seen.
      signs[column] = StyledText.Span(line, sign.style.adding(.reverse))
    } else {
      signs[column] = StyledText.Span(line, .strong)
    }
    return StyledText(signs)
  }

  /// The lanes' part of the run.
  package var whole: Lane {
    Lane(
      session: session, glyphs: glyphs, from: shown.from, to: shown.to, now: now,
      columns: columns.lane)
  }

  /// What a row shows of the time: of a pool all from its own beginning; under a glass all rows show
  /// the same.
  package func part(of subject: Subject) -> Lane {
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

  // MARK: strips

  private func sizes(_ object: ObjectState, _ part: Lane) -> StyledText {
    let sizes = session.timeline.sizes(
      object.id, from: part.from, to: part.to, columns: part.columns, now: now)
    let peak = session.timeline.peak(of: object.id)
    // Small sizes keep their own heights: two is always twice as high as one. What is full is as
    // high as can be.
    let top = capacity(object).map { max(peak, min($0, 4 * max(1, peak))) } ?? max(peak, 4)
    return strip(sizes, top: max(1, top))
  }

  private func series(_ place: Int, _ part: Lane) -> StyledText {
    let values = session.timeline.values(
      ofSeries: place, from: part.from, to: part.to, columns: part.columns, now: now)
    let greatest = siblingPeaks(of: place).max() ?? 1
    return strip(values, top: max(1, greatest))
  }

  /// The greatest values of the series that measure the same of other arms, and of this one: they
  /// have one scale, so that they can be compared.
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

  /// The greatest value of a strip and what it can be at most, at the right of its row.
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

  /// How many a queue may hold, as the run's parameters say, or how many may be inside a semaphore.
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
