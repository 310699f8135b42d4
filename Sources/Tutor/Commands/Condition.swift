internal import Catalog
internal import Events
internal import History
internal import LessonKit
internal import RunViews
internal import Screen
internal import Trace

/// When a command does something, or else why it does not, in the same words for both faces.
struct Condition: Sendable {
  private let check: @Sendable (Model) -> Availability

  init(_ check: @escaping @Sendable (Model) -> Availability) { self.check = check }

  func callAsFunction(_ model: Model) -> Availability { check(model) }

  static let always = Condition { _ in .now }

  // MARK: a run

  /// - Parameter words: the run that is meant; its values are checked when they are set.
  static func request(_ words: RunWords) -> Condition {
    Condition { model in model.problem(with: words).map { .no($0) } ?? .now }
  }

  static func runnable(_ words: RunWords) -> Condition {
    Condition { model in
      if case .no(let reason) = request(words)(model) { return .no(reason) }
      return noStop(model)
    }
  }

  static let noStop = Condition { model in
    model.awaited != nil || model.queued != nil || model.session?.isStopping == true
      ? .no("the run is just beginning or ending") : .now
  }

  static let live = Condition { model in
    guard let session = model.session, session.isLive else { return .no("nothing is running") }
    return session.isStopping ? .no("the run is stopping") : .now
  }

  static let unpaused = Condition { model in
    if case .no(let reason) = live(model) { return .no(reason) }
    return model.session?.isPauseRequested == true ? .no("the run is paused already") : .now
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
    return model.session?.isLive == true ? .no("the run is not over yet") : .now
  }

  static let finding = Condition { model in
    guard let session = model.session else { return .no("nothing has run") }
    if !session.findings.isEmpty || session.raised > 0 { return .now }
    let reach = session.isRewound ? "up to \(session.place)" : "in this run"
    return .no("nothing was found to be wrong \(reach)")
  }

  static let hasResults = Condition { model in
    guard let session = model.session else { return .no("nothing has run") }
    let isSomething =
      session.resultCount > 0 || session.shown != nil || !session.arms.quantities.isEmpty
      || session.sizing.arms.contains { !$0.total.isEmpty }
    let reach = session.isRewound ? " up to \(session.place)" : ""
    return isSomething ? .now : .no("the run has given no result\(reach)")
  }

  static let several = Condition { model in
    (model.step?.runs.count ?? 0) > 1 ? .now : .no("this step has no other run")
  }

  // MARK: speed

  static let delays = Condition { model in
    if model.isSpeedOfFilm { return .now }
    let live = model.session.flatMap { $0.isLive ? $0.request : nil }
    guard let request = live ?? model.selectedRequest else {
      return Condition.request(RunWords())(model)
    }
    return request.demo.hasDelays
      ? .now
      : .no(
        Remark(
          "\(request.demo.id) has no delays that could be shorter or longer", beginsWithName: true))
  }

  static func speed(_ steps: Int) -> Condition {
    Condition { model in
      if case .no(let reason) = delays(model) { return .no(reason) }
      let isLast =
        model.isSpeedOfFilm
        ? model.filmSpeed.stepped(by: steps) == nil : model.speed.stepped(by: steps) == nil
      guard isLast else { return .now }
      return .no(steps > 0 ? "it is as fast as it can be" : "it is as slow as it can be")
    }
  }

  // MARK: back and forth

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
    return model.session?.position == 0 ? .no("this is the run's beginning") : .now
  }

  static func event(_ number: Int) -> Condition {
    Condition { model in
      guard let session = model.session, !session.log.isEmpty else { return .no("nothing has run") }
      return (1...session.log.count).contains(number)
        ? .now : .no("the run's events are 1 to \(ValueText.grouped(session.log.count))")
    }
  }

  /// - Parameter name: whose wait; empty for the one that is looked at.
  static func wait(of name: String) -> Condition {
    Condition { model in
      if case .no(let reason) = hasRun(model) { return .no(reason) }
      guard let session = model.session, session.isRewound else {
        return .no(
          Remark(naming: .scrub(-1)) {
            "go to a moment at which somebody waits first; \($0) goes back"
          })
      }
      return model.problem(withWaitOf: name, session).map { .no($0) } ?? .now
    }
  }

  /// A live run goes on without being played.
  static let over = Condition { model in
    if case .no(let reason) = hasRun(model) { return .no(reason) }
    return model.session?.isLive == true
      ? .no("the run is live and goes on by itself") : .now
  }

  /// The space bar leaves a run that has just ended to be read about.
  static let film = Condition { model in
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
      ? .now : .no("nothing happens in less time than that")
  }

  static let window = Condition { model in
    model.session?.window == nil ? .no("all of the time is shown") : .now
  }

  // MARK: recordings

  static let recording = Condition { model in
    model.selectedRecording == nil ? .no("no run is selected") : .now
  }

  /// A run of the open list, which is there or was removed.
  /// - Parameter number: nil for the run that was removed last.
  static func listed(_ number: Int?, isRemoved: Bool) -> Condition {
    Condition { model in
      guard let number else { return model.removed == nil ? .no("no run was removed") : .now }
      guard case .recordings(let picker, _) = model.layer else {
        return .no("type recordings first, to hear the numbers of the runs")
      }
      guard let run = picker.recording(number) else {
        return .no("there is no number \(number) in this list")
      }
      guard run.isRemoved != isRemoved else { return .now }
      return .no(isRemoved ? "that run was not removed" : "that run was removed already")
    }
  }

  // MARK: lessons

  static let nextStep = Condition { model in
    model.nextPlace == nil ? .no("this is the last step") : .now
  }

  static let previousStep = Condition { model in
    model.previousPlace == nil ? .no("this is the first step") : .now
  }

  /// A step that a person names.
  static func step(_ text: String) -> Condition {
    Condition { model in
      if case .noStep(let reason) = model.place(named: text) { .no(reason) } else { .now }
    }
  }

  static let links = Condition { model in
    model.links.isEmpty ? .no("this step has no link to another step") : .now
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
        ? .no("type the words to look for too: search adder appends") : .now
    }
  }

  // MARK: the screen

  static let acceptable = Condition { model in
    switch model.layer {
    case .recordings where model.selectedRecording?.isRemoved == true:
      .no(
        Remark {
          $0 == .brief
            ? "it was removed: ^X puts it back"
            : "it was removed: put back and its number put it back"
        })
    case .parameters: noStop(model)
    default: .now
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
    model.isZoomed || !model.layout.isSingle ? .now : .no("the pane has the whole screen already")
  }

  /// - Parameter columns: whether the border runs up and down.
  static func border(columns: Bool) -> Condition {
    Condition { model in
      let border = columns ? model.sideBorder : model.lowerBorder
      return border == nil ? .no("there is no border here that could be moved") : .now
    }
  }
}

extension Remark {
  /// A remark that names a command as a person of either face gives it: by its key, or by its word.
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
