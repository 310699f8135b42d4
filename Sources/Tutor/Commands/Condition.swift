internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import RunViews
internal import Screen
internal import Trace

/// Decides whether a command is available. The reasons are the same on the screen and in plain mode.
struct Condition: Sendable {
  private let check: @Sendable (Model) -> Availability

  init(_ check: @escaping @Sendable (Model) -> Availability) { self.check = check }

  func callAsFunction(_ model: Model) -> Availability { check(model) }

  static let always = Condition { _ in .now }

  // MARK: a run

  /// - Parameter words: names the run. Its values are checked when they are set.
  static func request(_ words: RunWords) -> Condition {
    Condition { model in model.problem(with: words).map { .no($0) } ?? .now }
  }

  static func runnable(_ words: RunWords) -> Condition {
    Condition { model in
      if case .no(let reason) = request(words)(model) { return .no(reason) }
      return noStop(model)
    }
  }

  static let closedAnswer = Condition { model in
    model.closedAnswer == nil ? .no("there is no closed answer in this step") : .now
  }

  static let offersComparison = Condition { model in
    // The reason is the same as without the offer.
    if case .no(let reason) = ended(model) { return .no(reason) }
    return model.offersComparison ? .now : .no("no second run of this step has ended")
  }

  static let moreMeasures = Condition { model in
    guard let session = model.session else { return .no("nothing has run") }
    return session.request.demo.measures.count > 1 ? .now : .no("this run has no other measures")
  }

  static let noStop = Condition { model in
    model.awaited != nil || model.queued != nil || model.session?.isStopping == true
      ? .no("the run is starting or stopping") : .now
  }

  static let live = Condition { model in
    guard let session = model.session, session.isLive else { return .no("nothing is running") }
    return session.isStopping ? .no("the run is stopping") : .now
  }

  static let unpaused = Condition { model in
    if case .no(let reason) = live(model) { return .no(reason) }
    return model.session?.isPauseRequested == true ? .no("the run is already paused") : .now
  }

  static let pauseAsked = Condition { model in
    if case .no(let reason) = live(model) { return .no(reason) }
    return model.session?.isPauseRequested == true ? .now : .no("the run is not paused")
  }

  static let paused = Condition { model in
    guard let session = model.session, session.isLive, !session.isStopping else {
      return .no("nothing is running")
    }
    return session.isPaused ? .now : .no("pause the run first")
  }

  static let hasSession = Condition { model in
    model.session == nil ? .no("nothing has run") : .now
  }

  static let hasRun = Condition { model in
    guard let session = model.session, !session.log.isEmpty else { return .no("nothing has run") }
    return .now
  }

  static let ended = Condition { model in
    if case .no(let reason) = hasRun(model) { return .no(reason) }
    return model.session?.isLive == true ? .no("the run has not ended yet") : .now
  }

  static let finding = Condition { model in
    guard let session = model.session else { return .no("nothing has run") }
    if !session.findings.isEmpty || session.raised > 0 { return .now }
    let reach = session.isRewound ? "up to \(session.place)" : "in this run"
    return .no("no problem was found \(reach)")
  }

  static let shownFinding = Condition { model in
    model.shownFinding == nil ? .no("an exception has no moment of its own") : .now
  }

  static let severalFindings = Condition { model in
    (model.session?.findings.count ?? 0) > 1 ? .now : .no("this is the only finding")
  }

  static let hasResults = Condition { model in
    guard let session = model.session else { return .no("nothing has run") }
    let isSomething =
      session.resultCount > 0 || session.shown != nil || !session.arms.quantities.isEmpty
      || session.sizing.arms.contains { !$0.total.isEmpty }
    let reach = session.isRewound ? " up to \(session.place)" : ""
    return isSomething ? .now : .no("the run has no results\(reach)")
  }

  static let several = Condition { model in
    model.shownRuns > 1 ? .now : .no("this step has no other run")
  }

  // MARK: speed

  static let delays = Condition { model in
    if model.isPlaybackSpeed { return .now }
    let live = model.session.flatMap { $0.isLive ? $0.request : nil }
    guard let request = live ?? model.selectedRequest else {
      return Condition.request(RunWords())(model)
    }
    return request.demo.hasDelays
      ? .now
      : .no(
        Remark(
          "\(request.demo.id) has no delays to speed up or slow down", beginsWithName: true))
  }

  static func speed(_ steps: Int) -> Condition {
    Condition { model in
      if case .no(let reason) = delays(model) { return .no(reason) }
      let isLast =
        model.isPlaybackSpeed
        ? model.playbackSpeed.stepped(by: steps) == nil : model.speed.stepped(by: steps) == nil
      guard isLast else { return .now }
      return .no(steps > 0 ? "this is the fastest speed" : "this is the slowest speed")
    }
  }

  // MARK: moving through a run

  static let rewound = Condition { model in
    if case .no(let reason) = hasRun(model) { return .no(reason) }
    guard model.session?.isRewound != true else { return .now }
    return .no(Remark(naming: .scrub(-1)) { "this is the newest event; \($0) goes back" })
  }

  static let laterEvents = Condition { model in
    guard let session = model.session, session.isLive, !session.isRewound else {
      return rewound(model)
    }
    return .no("pause the run first")
  }

  static let earlierEvents = Condition { model in
    if case .no(let reason) = hasRun(model) { return .no(reason) }
    return model.session?.position == 0 ? .no("this is the beginning of the run") : .now
  }

  static func event(_ number: Int) -> Condition {
    Condition { model in
      guard let session = model.session, !session.log.isEmpty else { return .no("nothing has run") }
      return (1...session.log.count).contains(number)
        ? .now : .no("the run's events are 1 to \(ValueText.grouped(session.log.count))")
    }
  }

  /// - Parameter name: the waiting actor, or empty for the current one.
  static func wait(of name: String) -> Condition {
    Condition { model in
      if case .no(let reason) = hasRun(model) { return .no(reason) }
      guard let session = model.session, session.isRewound else {
        return .no(
          Remark(naming: .scrub(-1)) {
            "go to a moment at which a thread waits first; \($0) goes back"
          })
      }
      return model.problem(withWaitOf: name, session).map { .no($0) } ?? .now
    }
  }

  /// A live run needs no playback.
  static let over = Condition { model in
    if case .no(let reason) = hasRun(model) { return .no(reason) }
    return model.session?.isLive == true
      ? .no("the run is still live") : .now
  }

  /// After a live run has ended, the space bar scrolls the lesson.
  static let play = Condition { model in
    guard let session = model.session, !session.log.isEmpty, !session.isLive else {
      return .no("nothing has run")
    }
    return session.isRewound || session.isRecorded
      ? .now : .no(Remark(naming: .scrub(-1)) { "go back first, with \($0)" })
  }

  static let zoomable = Condition { model in
    guard let session = model.session, !session.log.isEmpty else { return .no("nothing has run") }
    let shown = session.shownTime(at: model.now)
    return shown.to - shown.from > TimeWindow.shortest
      ? .now : .no("this is the shortest time to show")
  }

  static let window = Condition { model in
    model.session?.window == nil ? .no("the timeline shows the whole run") : .now
  }

  // MARK: recordings

  static let recording = Condition { model in
    model.selectedRecording == nil ? .no("no run is selected") : .now
  }

  /// A run of the open list, present or removed.
  /// - Parameter number: from 1, or nil for the last removed run.
  static func listed(_ number: Int?, isRemoved: Bool) -> Condition {
    Condition { model in
      guard let number else { return model.removed == nil ? .no("no run was removed") : .now }
      guard case .recordings(let picker, _) = model.layer else {
        return .no("type recordings first, to see the numbers of the runs")
      }
      guard let run = picker.recording(number) else {
        return .no("there is no number \(number) in this list")
      }
      guard run.isRemoved != isRemoved else { return .now }
      return .no(isRemoved ? "that run was not removed" : "that run was already removed")
    }
  }

  // MARK: lessons

  static let nextStep = Condition { model in
    model.nextPlace == nil ? .no("this is the last step") : .now
  }

  static let previousStep = Condition { model in
    model.previousPlace == nil ? .no("this is the first step") : .now
  }

  /// A step that the user names.
  static func step(_ text: String) -> Condition {
    Condition { model in
      if case .noStep(let reason) = model.place(named: text) { .no(reason) } else { .now }
    }
  }

  static let links = Condition { model in
    model.links.isEmpty ? .no("this step has no link to another step") : .now
  }

  static let noLink = Condition { model in
    model.links.isEmpty ? .now : .no("this step has a link")
  }

  static let trail = Condition { model in
    model.trail.isEmpty ? .no("no link was followed") : .now
  }

  // MARK: search

  static let noSearch = Condition { model in
    model.search == nil ? .now : .no("nothing was found")
  }

  static let matches = Condition { model in
    guard let search = model.search else {
      return model.soughtWords.isEmpty
        ? .no(
          Remark { "search for something first, with \($0 == .brief ? "/" : "search and words")" })
        : .now
    }
    return search.hits.isEmpty ? .no("nothing was found") : .now
  }

  static func words(_ text: String) -> Condition {
    Condition { model in
      if case .no(let reason) = hasRun(model) { return .no(reason) }
      return TextFinder.words(of: text).isEmpty
        ? .no("search needs words: search adder appends") : .now
    }
  }

  // MARK: the screen

  static let acceptable = Condition { model in
    switch model.layer {
    case .recordings where model.selectedRecording?.isRemoved == true:
      .no(
        Remark {
          $0 == .brief
            ? "this run was removed; ^X restores it"
            : "this run was removed; restore and its number restore it"
        })
    case .parameters: noStop(model)
    default: .now
    }
  }

  static func row(_ index: Int) -> Condition {
    Condition { model in
      let count =
        switch model.layer {
        case .lessons: model.course.lessons.count
        case .palette(let picker), .contents(let picker), .recordings(let picker, _):
          picker.matches.count
        case .parameters(let form): form.fields.count
        case .settings: SettingsForm.Field.allCases.count
        case .help, .finding, .save, .comparison, nil: 0
        }
      return (0..<count).contains(index) ? .now : .no("there is no such row")
    }
  }

  static let choice = Condition { model in
    switch model.layer {
    case .settings: .now
    case .parameters(let form) where form.isChoice: .now
    default: .no("this value is typed")
    }
  }

  static let room = Condition { model in
    model.isZoomed || !model.layout.isSingle ? .now : .no("the pane already fills the screen")
  }

  /// - Parameter columns: true for a vertical border.
  static func border(columns: Bool) -> Condition {
    Condition { model in
      let border = columns ? model.sideBorder : model.lowerBorder
      return border == nil ? .no("there is no border to move here") : .now
    }
  }
}

extension Remark {
  /// A remark that names a command: on the screen by its key, in plain mode by its word.
  init(naming command: Command, _ make: (String) -> String) {
    self.init { voice in
      switch voice {
      case .brief:
        make(KeyTable.bindings.first { $0.command == command }?.keys.first?.label(.unicode) ?? "")
      case .spoken:
        make(WordTable.word(for: command)?.words.first ?? "")
      }
    }
  }
}
