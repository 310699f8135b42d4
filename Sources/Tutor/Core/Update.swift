package import Catalog
package import Events
internal import LessonKit
internal import LessonViews
internal import RunViews
internal import Screen

/// Applies a message to the model and returns the effects to run.
public func update(_ model: inout Model, _ message: Message) -> [Effect] {
  var effects: [Effect] = []
  switch message {
  case .input(let input): effects = model.take(input)
  case .events(let events): effects = model.take(events)
  case .runBegan(let request): model.begin(request)
  case .runRefused(let reason):
    model.awaited = nil
    model.queued = nil
    model.notify([Remark(reason, beginsWithName: true)])
  case .recordingBegan(let header, let path, let isOfTheseLessons):
    model.begin(header, at: path, isOfTheseLessons: isOfTheseLessons)
  case .recorded(let events, let read, let size):
    model.take(recorded: events, read: read, of: size)
  case .recordingEnded(let complaint): model.endRecording(complaint)
  case .comparison(let other): model.compare(other)
  case .recentRuns(let runs, let purpose): model.show(runs, for: purpose)
  case .recordingMoved(let path, let isRemoved): model.note(recording: path, isRemoved: isRemoved)
  case .notice(let text): model.notify(also: [Remark(text)], isWarning: false)
  // A warning may start with the name of a file.
  case .warning(let text): model.notify(also: [Remark(text, beginsWithName: true)], isWarning: true)
  case .reloaded(let course, let notices): model.reload(course, notices: notices)
  case .computing(let actors): model.session?.setComputing(actors)
  case .next(let next): model.session?.next = next
  case .tick(let now): model.tick(now)
  case .resized(let size): model.size = size
  case .glyphs(let glyphs):
    model.glyphs = glyphs
    model.lessonText = LessonText()
    model.search?.restart()
  }
  model.settle()
  return effects + model.takeChanges().map { .remember($0) }
}

extension Model {
  /// The time at which the screen changes without a message, in nanoseconds of the monotonic clock,
  /// or nil. The event loop sets its timer to it.
  public var nextDeadline: UInt64? {
    var deadlines: [UInt64] = []
    if let notice { deadlines.append(notice.until) }
    if !isSearchComplete { deadlines.append(now + 1) }
    if let session {
      if let end = session.highlightEnd(after: now) { deadlines.append(end) }
      if session.isPlaying {
        deadlines.append(max(now + 1, min(session.playbackDeadline ?? .max, now + beat)))
      }
      // A live run has growing waits and moving lanes. The deadlines are aligned, so that frames
      // come at even times.
      if session.isLive, !session.isPaused {
        deadlines.append((now / beat + 1) * beat)
      }
    }
    return deadlines.min()
  }

  /// The time between two frames of a live run without events, in nanoseconds.
  var beat: UInt64 { settings.hasReducedMotion ? 1_000_000_000 : 200_000_000 }

  /// The shortest time between two frames without a key, in nanoseconds. Each event of a live run
  /// changes the frame.
  public var leastRest: UInt64 {
    guard settings.hasReducedMotion, let session, session.isLive, !session.isPaused else {
      return 0
    }
    return beat
  }

  package mutating func tick(_ now: UInt64) {
    self.now = max(self.now, now)
    if let notice, notice.until <= self.now { self.notice = nil }
    advancePlayback()
  }

  /// Shows remarks for a few seconds, instead of earlier ones.
  mutating func notify(_ remarks: [Remark], isWarning: Bool = true) {
    notice = Notice(remarks: remarks, until: now + Notice.duration, isWarning: isWarning)
  }

  mutating func notify(_ remark: Remark, isWarning: Bool = true) {
    notify([remark], isWarning: isWarning)
  }

  /// Removes the notice, so that the next one is new.
  package mutating func dismissNotice() { notice = nil }

  /// Shows remarks together with others of the same moment.
  mutating func notify(also remarks: [Remark], isWarning: Bool) {
    guard let notice, notice.until == now + Notice.duration, notice.remarks != remarks else {
      notify(remarks, isWarning: isWarning)
      return
    }
    notify(notice.remarks + remarks, isWarning: notice.isWarning || isWarning)
  }

  // MARK: the run

  package mutating func begin(_ request: RunRequest) {
    awaited = nil
    awaitedComparison = nil
    if case .finding = layer { layer = nil }
    notice = nil
    offersComparison = false
    if session?.request.demo.id != request.demo.id { chosenMiddle = nil }
    session = RunSession(request: request, now: now)
    showsWelcome = false
    answeredRun = RunPlace(step: place, run: selectedRun)
    readingPlace = ReadingPlace(place: place, run: selectedRun, offset: scroll[.lesson])
    if let lesson { note(.ran(lesson.key(ofStep: place.step))) }
    scroll[.events] = 0
    for pane in PaneID.allCases where pane.isMiddle { scroll[pane] = 0 }
    for pane in [PaneID.code, .timeline] { scroll[pane] = 0 }
    for pane in [PaneID.code, .events, .timeline] { scroll.setFollows(pane, true) }
    // A single pane switches to the run.
    if layout.isSingle, !isZoomed, focus == .lesson { focus = shownMiddle }
  }

  package mutating func take(_ events: [Event]) -> [Effect] {
    session?.append(events, now: now)
    if session?.isLive == false { showEnd() }
    if settings.hasReducedMotion { session?.litUntil = 0 }
    if let path = queuedRecording, session?.isLive == false {
      queuedRecording = nil
      return [.openRecording(path)]
    }
    guard let queued, let session, !session.isLive else { return [] }
    self.queued = nil
    awaited = queued
    return [.start(queued)]
  }

  /// Updates all derived state: the step's lines, and the positions of panes that follow the run.
  mutating func settle() {
    if let key = notice?.key, case .command = KeyTable.answer(to: key, self) { notice = nil }
    if !panes.contains(focus) {
      focus = focus.isMiddle ? shownMiddle : focus == .lesson ? .lesson : panes[1]
    }
    layOutLesson()
    followCode()
    followLanes()
    followContents()
    if search != nil { refreshSearch() }
  }

  /// Updates the lines of the step.
  mutating func layOutLesson() {
    let width = content(of: .lesson)?.width ?? max(1, size.columns - 4)
    let page = page
    if lessonText.key != LessonText.Key(page, width: width) {
      lessonText = LessonText(page, width: width)
    }
  }

  /// Opens the answers to a run that has ended, and scrolls to them.
  private mutating func showEnd() {
    if let answeredRun {
      self.answeredRun = nil
      offerComparison(after: answeredRun)
      openAnswers(to: answeredRun)
      layOutLesson()
    }
    readOn()
  }

  /// Scrolls the timeline to the newest pool, if each pool has its own workers.
  private mutating func followLanes() {
    guard shownMiddle == .pools, scroll.follows(.timeline), let session,
      let rect = content(of: .timeline)
    else { return }
    let count = TimelineRows.count(session)
    scroll[.timeline] = max(0, count - Self.laneRows(of: rect.height))
  }

  /// Scrolls the contents to the open step.
  private mutating func followContents() {
    guard isReading, scroll.follows(.contents), let rect = content(of: .contents) else { return }
    let contents = ContentsRows(self)
    var view = ScrollView(
      offset: scroll[.contents], contentHeight: contents.entries.count, height: rect.height)
    view.reveal(contents.current, margin: 2)
    scroll[.contents] = view.offset
  }

  /// Scrolls the code to the lines of the actors, as little as possible.
  private mutating func followCode() {
    guard scroll.follows(.code), let session, let listing = shownListing,
      let rect = content(of: .code)
    else { return }
    let code = CodeRows(
      listing, request: shownRequest, session: session, now: now, width: rect.width, glyphs: glyphs)
    var view = ScrollView(
      offset: scroll[.code], contentHeight: code.rows.count, height: rect.height)
    if let active = code.activeRows(session) {
      view.reveal(active.upperBound, margin: 1)
      view.reveal(active.lowerBound, margin: 1)
    }
    if let latest = session.latest, latest.line > 0, let row = code.firstRow(of: Int(latest.line)) {
      view.reveal(row)
    }
    scroll[.code] = view.offset
  }
}
