internal import Catalog
internal import History
internal import LessonKit
internal import LessonViews
internal import RunViews
internal import Screen
internal import Trace

extension Model {
  /// Performs a command. This is the only place that does so. The caller has checked that the
  /// command is available.
  package mutating func perform(_ command: Command) -> [Effect] {
    // A command in a step that a search opened counts as a visit.
    if case .find = command {} else if layer == nil, !isSeen(place) { noteSeen() }
    switch command {
    case .run(let words): return run(words)
    case .parameters(let words): openForm(words)
    case .change(let words): change(words)
    case .defaults: resetValues()
    case .togglePause: return session?.isPauseRequested == true ? resume() : pause()
    case .pause: return pause()
    case .resume: return resume()
    case .stepOnce:
      session?.next = nil
      return [.step]
    case .stop: return stop()
    case .setSpeed(let speed): return setSpeed(speed)
    // Plain mode answers from the model.
    case .ask: break
    case .scrub(let events): scrub(by: events)
    case .scrubColumns(let columns): scrub(columns: columns)
    case .runStart: look(at: 0)
    case .followLive: followLive()
    case .event(let number): look(at: number)
    case .moment(let time): look(atTime: time)
    case .play: togglePlayback()
    case .speed(let steps): return changeSpeed(by: steps)
    case .zoomTime(let isIn):
      session?.zoom(in: isIn, now: now)
    case .endOfWait(let name): goToEndOfWait(of: name)
    case .save(let path): return save(as: path)
    case .recordings(let purpose): return [.listRuns(purpose)]
    case .removeRecording: return move(selectedRecording)
    case .remove(let number): return move(recording(number))
    case .putBack(let number): return move(number.map { recording($0) } ?? removed)
    case .otherRun(let steps): selectRun(by: steps)
    case .answer: showAnswer()
    case .measures:
      showsAllMeasures.toggle()
      if let pane = middlePanes.first(where: { $0 == .bars || $0 == .pools }) {
        scroll[pane] = 0
        chosenUpper = pane
        chosenMiddle = pane
      }
    case .nextStep: if let nextPlace { open(nextPlace) }
    case .previousStep: if let previousPlace { open(previousPlace) }
    case .open(let place): open(place)
    case .go(let text): go(to: text)
    case .lessons: layer = .lessons(LessonList(selection: place.lesson))
    case .contents: layer = .contents(.contents(self))
    case .follow: follow()
    case .back: if let last = trail.popLast() { open(last) }
    case .palette: layer = .palette(.palette(self))
    case .settings: layer = .settings(SettingsForm())
    case .nextPane: turnFocus(by: 1)
    case .previousPane: turnFocus(by: -1)
    case .pane(let digit):
      if panes.indices.contains(digit - 1) { focusPane(panes[digit - 1]) }
    case .zoom: isZoomed.toggle()
    case .moveSideBorder(let columns): return move(sideBorder, columns: columns)
    case .moveLowerBorder(let rows): return move(lowerBorder, rows: rows)
    case .resetBorders:
      splits = Splits()
      return [.splits(splits)]
    case .search: beginSearch()
    case .searchEvents(let words): searchEvents(words)
    case .find(let steps): find(by: steps)
    case .copy: return copied.map { [.copy(text: $0.text, what: $0.what)] } ?? []
    case .copyCommand:
      guard let selectedRequest else { return [] }
      return [.copy(text: selectedRequest.shellCommand, what: "the command")]
    case .move(let lines): move(by: lines)
    case .page(let pages): movePages(pages)
    case .top: move(by: -Self.far)
    case .bottom: move(by: Self.far)
    case .help: layer = .help(offset: 0)
    case .finding: layer = .finding(0)
    case .close: close()
    case .repaint: return [.repaint]
    case .suspend: return [.suspend]
    case .interrupt:
      guard let session, session.isLive, !session.isStopping else { return [.quit] }
      return stop()
    case .quit: return session?.isLive == true ? stop() + [.quit] : [.quit]
    case .accept: return accept()
    case .select(let row): select(row)
    case .choose(let steps):
      if case .settings(let form) = layer { return set(form.choosing(by: steps, in: settings)) }
      changeForm { $0.choose(by: steps) }
    case .reset:
      if case .settings = layer { return set(Settings()) }
      changeForm { $0.reset() }
    }
    return []
  }

  /// Applies and saves settings.
  private mutating func set(_ new: Settings) -> [Effect] {
    guard new != settings else { return [] }
    settings = new
    return [.settings(new)]
  }

  private mutating func move(
    _ border: ScreenLayout.Border?, columns: Int = 0, rows: Int = 0
  ) -> [Effect] {
    guard let border else { return [] }
    let place = border.point
    move(border, to: Point(x: place.x + columns, y: place.y + rows))
    return [.splits(splits)]
  }

  /// More lines than any pane has.
  private static let far = Int.max / 4

  // MARK: the run

  package mutating func stop() -> [Effect] {
    guard session?.isStopping == false else { return [] }
    session?.requestStop()
    return [.stop]
  }

  private mutating func pause() -> [Effect] {
    session?.requestPause(now: now)
    return [.pause]
  }

  private mutating func resume() -> [Effect] {
    session?.resume(now: now)
    return [.resume]
  }

  /// Opens a step by its name. If there is no such lesson, opens the list of lessons.
  private mutating func go(to text: String) {
    switch place(named: text) {
    case .place(let place): open(place)
    case .noStep(let reason): notify(reason)
    case .noLesson(let reason):
      notify(reason)
      layer = .lessons(LessonList(selection: place.lesson))
    }
  }

  /// Selects another run block of the step, and scrolls to it.
  private mutating func selectRun(by steps: Int) {
    let count = shownRuns
    guard count > 0 else { return }
    selectedRun = ((selectedRun + steps) % count + count) % count
    guard let lines = lessonText.lines(of: selectedRun), let rect = content(of: .lesson) else {
      return
    }
    var view = ScrollView(
      offset: scroll[.lesson], contentHeight: lessonText.lines.count, height: rect.height)
    view.reveal(lines.upperBound - 1, margin: 1)
    view.reveal(lines.lowerBound, margin: 1)
    scroll[.lesson] = view.offset
  }

  // MARK: layers

  private mutating func select(_ row: Int) {
    switch layer {
    case .lessons(var list):
      list.selection = row
      layer = .lessons(list)
    case .palette, .contents, .recordings: changePicker { $0.select(row: row) }
    case .parameters: changeForm { $0.selection = row }
    case .settings(var form):
      form.select(row: row)
      layer = .settings(form)
    case .help, .finding, .save, .comparison, nil: break
    }
  }

  private mutating func changeForm(_ change: (inout ParameterForm) -> Void) {
    guard case .parameters(var form) = layer else { return }
    change(&form)
    layer = .parameters(form)
  }

  package mutating func changePicker(_ change: (inout Picker) -> Void) {
    switch layer {
    case .palette(var picker):
      change(&picker)
      layer = .palette(picker)
    case .contents(var picker):
      change(&picker)
      layer = .contents(picker)
    case .recordings(var picker, let purpose):
      change(&picker)
      layer = .recordings(picker, purpose)
    default: return
    }
  }

  private mutating func accept() -> [Effect] {
    if layer == nil {
      acceptSearch()
      return []
    }
    switch layer {
    case .recordings(let picker, let purpose): return choose(picker, purpose)
    case .save(let form): return perform(.save(as: form.field.text))
    case .palette(let picker), .contents(let picker):
      guard let item = picker.selected else { return [] }
      if let reason = item.reason {
        notify(Remark(reason))
        return []
      }
      layer = nil
      switch item.choice {
      case .command(let command): return perform(command)
      case .place(let target):
        defer { focusPane(.lesson) }
        guard target != place else { return [] }
        if !picker.isOfLinks { return perform(.open(target)) }
        openLink(target)
        return []
      case .recording: return []
      }
    case .settings:
      layer = nil
      return []
    case .lessons(let list):
      layer = nil
      guard let target = list.target(self), target != place else { return [] }
      return perform(.open(target))
    case .parameters(var form):
      guard let words = form.words() else {
        layer = .parameters(form)
        return []
      }
      layer = nil
      return perform(.run(words))
    case .finding:
      guard let finding = shownFinding else { return [] }
      layer = nil
      return perform(.moment(Int64(clamping: finding.time)))
    case .help, .comparison, nil: return []
    }
  }

  private mutating func close() {
    if layer != nil {
      layer = nil
    } else if search != nil {
      endSearch()
    } else if isZoomed {
      isZoomed = false
    } else {
      notice = nil
      showsWelcome = false
      if let session { self.session?.dismissedAlerts = session.alertCount }
    }
  }

  // MARK: movement

  private mutating func turnFocus(by steps: Int) {
    // The visible panes, or all panes if only one is visible.
    let inSight = layout.panes.map(\.pane)
    let panes = inSight.count > 1 ? inSight : panes
    let index = panes.firstIndex(of: focus) ?? 0
    focusPane(panes[((index + steps) % panes.count + panes.count) % panes.count])
  }

  private mutating func movePages(_ pages: Int) {
    let height: Int
    switch layer {
    case nil: height = content(of: focus)?.height ?? 1
    case .palette, .contents, .recordings: height = Self.inside(layerRect).height - Picker.headRows
    case .lessons, .parameters, .help, .finding, .settings, .save, .comparison:
      height = Self.inside(layerRect).height
    }
    move(by: pages * max(1, height - 1))
  }

  private mutating func move(by lines: Int) {
    switch layer {
    case nil where focus == .timeline && session?.log.isEmpty == false: selectLane(by: lines)
    case nil: scrollPane(focus, by: lines)
    case .lessons(var list):
      let last = max(0, course.lessons.count - 1)
      list.selection = min(max(0, list.selection + lines), last)
      layer = .lessons(list)
    case .parameters: changeForm { $0.move(by: lines) }
    case .palette: changePicker { $0.move(by: lines) }
    case .contents, .recordings: changePicker { $0.move(by: lines) }
    case .settings(var form):
      form.move(by: lines)
      layer = .settings(form)
    case .help(let offset):
      let rect = Self.inside(layerRect)
      var view = ScrollView(
        offset: offset, contentHeight: KeyTable.helpRows(glyphs, width: rect.width).count,
        height: rect.height)
      view.scroll(by: lines)
      layer = .help(offset: view.offset)
    case .comparison(var view):
      let rect = Self.inside(layerRect)
      var scroll = ScrollView(
        offset: view.offset,
        contentHeight: view.rows(width: rect.width, glyphs: glyphs).count, height: rect.height)
      scroll.scroll(by: lines)
      view.offset = scroll.offset
      layer = .comparison(view)
    case .finding(let index):
      let last = max(0, (session?.findings.count ?? 1) - 1)
      layer = .finding(min(max(0, index + lines), last))
    case .save: break
    }
  }

  mutating func scrollPane(_ pane: PaneID, by lines: Int) {
    guard let rect = content(of: pane) else { return }
    let count = rowCount(of: pane, rect)
    let isAtEnd = pane == .events && scroll.follows(.events)
    var view = ScrollView(
      offset: isAtEnd ? count : scroll[pane], contentHeight: count, height: rect.height)
    let before = view.offset
    view.scroll(by: lines)
    scroll[pane] = view.offset
    switch pane {
    case .events: scroll.setFollows(.events, view.isAtEnd)
    case .code, .timeline: scroll.setFollows(pane, lines >= Self.far)
    case .contents: scroll.setFollows(.contents, false)
    case .lesson:
      selectRun(in: view.visible, step: view.offset == before ? lines.signum() : 0)
    case .state, .pools, .bars, .picture, .waits, .exceptions: break
    }
  }

  /// Keeps the selected run block visible. If the text cannot scroll further, selects the next
  /// visible block instead.
  private mutating func selectRun(in range: Range<Int>, step: Int) {
    let runs = lessonText.runs(in: range)
    guard let first = runs.first else { return }
    guard let place = runs.firstIndex(of: selectedRun) else {
      selectedRun = first
      return
    }
    selectedRun = runs[min(max(0, place + step), runs.count - 1)]
  }
}
