internal import Catalog
internal import Events
internal import History
internal import RunViews
internal import Screen
internal import Trace

/// Moving through a run: single steps, playback, the time window of the lanes, and the speed.
extension Model {
  /// The panes of a run in which the arrow keys move through time.
  static let runPanes: Set<PaneID> = Set(
    PaneID.allCases.filter { $0 != .lesson && $0 != .contents })

  /// Shows the run as it was after a number of events.
  package mutating func look(at position: Int) {
    session?.look(at: position)
    showMoment()
  }

  /// Moves by a number of events; negative is back.
  package mutating func scrub(by events: Int) {
    guard let session else { return }
    let count = session.log.count
    look(at: session.position + min(max(events, -count), count))
  }

  /// Shows the run as it was at a time, in nanoseconds. A time in whole milliseconds, the unit of
  /// the display, includes all of that millisecond.
  package mutating func look(atTime time: Int64) {
    guard let session else { return }
    let (end, overflows) = UInt64(clamping: time).addingReportingOverflow(999_999)
    let until = time % 1_000_000 == 0 && !overflows ? end : UInt64(clamping: time)
    look(at: max(1, session.log.position(at: until)))
  }

  /// Moves by columns of the lanes, and by at least one event.
  package mutating func scrub(columns: Int) {
    guard let session, !session.log.isEmpty else { return }
    let lanes = TimelineRows(session, now: now, width: lanesWidth, glyphs: glyphs)
    let time = session.time(at: now)
    let columnTime = lanes.timePerColumn
    let position = session.position
    if columns > 0 {
      let (later, overflows) = time.addingReportingOverflow(columnTime)
      look(at: max(position + 1, session.log.position(at: overflows ? .max : later)))
    } else {
      let earlier = time > columnTime ? time - columnTime : 0
      look(at: min(position - 1, max(earlier == 0 ? 0 : 1, session.log.position(at: earlier))))
    }
  }

  /// The width of the lanes, also while their pane is not visible.
  private var lanesWidth: Int { content(of: .timeline)?.width ?? max(1, size.columns - 4) }

  /// Moves to the newest event, and follows a live run.
  package mutating func followLive() {
    session?.follow()
    for pane in [PaneID.code, .events, .timeline] { scroll.setFollows(pane, true) }
  }

  /// Scrolls the panes to the current event.
  mutating func showMoment() {
    guard let session, session.past != nil else {
      followLive()
      return
    }
    self.session?.keepInWindow(now: now)
    scroll.setFollows(.code, true)
    scroll.setFollows(.events, false)
    guard let rect = content(of: .events) else { return }
    var view = ScrollView(
      offset: scroll[.events], contentHeight: session.log.count, height: rect.height)
    view.reveal(max(0, session.position - 1), margin: 2)
    scroll[.events] = view.offset
  }

  // MARK: playback

  /// Starts or pauses the playback.
  mutating func togglePlayback() {
    guard let session else { return }
    if session.isPlaying {
      self.session?.pausePlayback()
    } else {
      self.session?.play(playbackSpeed, now: now)
      showMoment()
    }
  }

  /// Moves the playback on with the clock.
  mutating func advancePlayback() {
    guard let session, session.isPlaying else { return }
    self.session?.advancePlayback(now: now)
    if self.session?.position != session.position { showMoment() }
  }

  /// Whether the speed keys change the speed of playback: for a recording, or for a finished run that
  /// the learner looks back at. A live run has no playback.
  package var isPlaybackSpeed: Bool {
    session.map { $0.isRecorded || $0.isRewound && !$0.isLive } ?? false
  }

  /// Changes to the next speed, of the playback if there is one, or else of the run.
  mutating func changeSpeed(by steps: Int) -> [Effect] {
    if isPlaybackSpeed {
      playbackSpeed.stepped(by: steps).map { play(at: $0) }
      return []
    }
    return speed.stepped(by: steps).map { run(at: $0) } ?? []
  }

  /// Sets the speed of the run, and of the playback if there is one.
  mutating func setSpeed(_ new: RunSpeed) -> [Effect] {
    guard isPlaybackSpeed else { return run(at: new) }
    play(at: PlaybackSpeed(new))
    return []
  }

  private mutating func play(at new: PlaybackSpeed) {
    playbackSpeed = new
    if session?.isPlaying == true { session?.play(new, now: now) }
    notify("the playback now runs \(new.phrase)", isWarning: false)
  }

  private mutating func run(at new: RunSpeed) -> [Effect] {
    speed = new
    let whose = session?.isLive == true ? "the run now goes" : "the next run goes"
    notify("\(whose) \(new.phrase)", isWarning: false)
    return [.speed(new)]
  }

  // MARK: why

  /// The wait in question: of the selected lane, of the current actor, or else the longest.
  var askedWait: (actor: ActorID, wait: Wait)? {
    guard let session, session.past != nil else { return nil }
    let state = session.state
    func wait(of actor: ActorID) -> (actor: ActorID, wait: Wait)? {
      state[actor]?.wait.map { (actor, $0) }
    }
    if let lane = session.selection, case .actor = lane {
      return TimelineRows(session, now: now, width: lanesWidth, glyphs: glyphs)
        .actors(of: lane).lazy.compactMap(wait).first
    }
    if let latest = session.latest, let own = wait(of: ActorID(rawValue: latest.actor)) {
      return own
    }
    return state.actors.compactMap { wait(of: $0.id) }
      .filter { $0.wait.reason != .sleep && $0.actor != .main }
      .min { $0.wait.since < $1.wait.since }
  }

  /// The wait of a named actor, or the wait in question if the name is empty.
  private func wait(of name: String, _ session: RunSession) -> (actor: ActorID, wait: Wait)? {
    if name.isEmpty { return askedWait }
    let actor = session.state.shownActors.first { $0.name.lowercased() == name.lowercased() }
    return actor.flatMap { actor in actor.wait.map { (actor.id, $0) } }
  }

  /// The reason why there is no such wait, or nil.
  func problem(withWaitOf name: String, _ session: RunSession) -> Remark? {
    guard wait(of: name, session) == nil else { return nil }
    let actors = session.state.shownActors
    if let actor = actors.first(where: { $0.name.lowercased() == name.lowercased() }) {
      return Remark("\(actor.name) is not waiting here", beginsWithName: true)
    }
    guard name.isEmpty else {
      let shown = ValueText.abbreviated(name, limit: 60)
      let names = actors.prefix(12).map(\.name).listed
      return "there is no thread \"\(shown)\" here; there are \(names)"
    }
    let names = actors.filter { $0.wait != nil }.prefix(12).map(\.name)
    guard let first = names.first else { return "no thread is waiting here" }
    let wait = names.count == 1 ? "waits or sleeps" : "wait or sleep"
    return Remark { voice in
      let example = voice == .brief ? "" : ", as in why \(first)"
      return "name a thread\(example): here \(names.listed) \(wait)"
    }
  }

  /// Moves to the event that ended the wait.
  mutating func goToEndOfWait(of name: String) {
    guard let session, let (actor, wait) = wait(of: name, session) else { return }
    let name = session.state.name(of: actor)
    guard let ending = session.log.ending(of: wait, by: actor, after: session.position) else {
      return notify(
        session.isLive
          ? Remark("\(name) is still waiting", beginsWithName: true)
          : "nothing ended the wait of \(name)")
    }
    let object = wait.object.map { session.state.name(of: $0) }
    let waited = session.log[ending.end].waited
    look(at: (ending.cause ?? ending.end) + 1)
    notify(
      Remark { voice in
        let time = waited.map { " " + voice.spelled(max(0, $0)) } ?? ""
        let whatFor = voice == .spoken ? object.map { " for \($0)" } ?? "" : ""
        return switch (wait.reason, ending.cause) {
        case (.sleep, _): "here \(name) wakes after it slept for\(time)"
        case (_, nil): "here the wait of \(name) ends: it waited\(time)\(whatFor)"
        default: "this ended the wait of \(name): it waited\(time)\(whatFor)"
        }
      }, isWarning: false)
  }

  // MARK: lanes

  /// Moves the selection of a lane.
  mutating func selectLane(by steps: Int) {
    guard let session, let rect = content(of: .timeline) else { return }
    let lanes = TimelineRows(session, now: now, width: rect.width, glyphs: glyphs).lanes
    guard !lanes.isEmpty else { return }
    let chosen = session.selection.flatMap { lanes.firstIndex(of: $0) }
    let next: Int
    if abs(steps) >= lanes.count {
      next = steps > 0 ? lanes.count - 1 : 0
    } else if let chosen {
      next = min(max(0, chosen + steps), lanes.count - 1)
    } else {
      next = steps > 0 ? min(scroll[.timeline], lanes.count - 1) : lanes.count - 1
    }
    self.session?.selection = lanes[next]
    var view = ScrollView(
      offset: scroll[.timeline], contentHeight: lanes.count, height: Self.laneRows(of: rect.height))
    view.reveal(next)
    scroll[.timeline] = view.offset
    scroll.setFollows(.timeline, false)
  }

  /// Moves to the clicked time, and selects the lane.
  mutating func clickLanes(at point: Point, in rect: Rect) {
    guard let session, !session.log.isEmpty, rect.contains(point) else { return }
    let lanes = TimelineRows(session, now: now, width: rect.width, glyphs: glyphs)
    let view = ScrollView(
      offset: scroll[.timeline], contentHeight: lanes.count, height: Self.laneRows(of: rect.height))
    let row = view.offset + point.y - rect.y
    guard lanes.lanes.indices.contains(row) else { return }
    self.session?.selection = lanes.lanes[row]
    guard let time = lanes.time(row: row, column: point.x - rect.x) else { return }
    let (end, overflows) = time.addingReportingOverflow(lanes.timePerColumn - 1)
    look(at: max(1, session.log.position(at: overflows ? .max : end)))
  }

  /// Moves to the clicked event.
  mutating func clickEvents(at point: Point, in rect: Rect) {
    guard let session, !session.log.isEmpty, rect.contains(point) else { return }
    let offset = scroll.follows(.events) ? session.log.count : scroll[.events]
    let view = ScrollView(
      offset: offset, contentHeight: session.log.count, height: rect.height)
    let row = view.offset + point.y - rect.y
    guard row < session.log.count else { return }
    look(at: row + 1)
  }
}
