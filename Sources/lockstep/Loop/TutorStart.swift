import Catalog
import Curses
import Documents
import Glibc
import LessonKit
import Plain
import RunViews
import Screen
import Shell
import StateFiles
import Tutor

/// Opens the tutor, on the full screen or as plain lines.
struct TutorStart {
  let course: Course
  let catalog: DemoCatalog
  /// Where to start, or nil for the learner's last place.
  let place: Place?
  /// The name of the documents in the progress file.
  var documentKey = ProgressFile.builtIn
  /// The descriptor to read keys from.
  var input: Int32 = 0
  /// A recording to open first, and its speed.
  var recording: (path: String, speed: PlaybackSpeed)?
  /// Whether the course is only the beginning of the documents.
  var isPartial = false

  /// A message for the full screen, which hides the messages on standard error.
  var notice: String?

  /// Shows the tutor and returns when the learner leaves it.
  ///
  /// - Parameter documents: the documents of the course.
  /// - Throws: `Failure` if the terminal cannot be used.
  func run(
    _ choices: TutorChoices, documents: consuming LiveDocuments = LiveDocuments()
  ) throws {
    let saved = SavedState(of: documentKey)
    let runner = try EffectRunner(saved)
    let preferences = LookPreferences(session: choices.look, saved: LookChoices(saved.settings))
    if case .plain(let reason) = TutorFace(Self.facts(choices, input: input)) {
      return try showPlain(reason: reason, runner: runner, documents: documents, preferences, saved)
    }
    do throws(TerminalError) {
      let relay = try SignalRelay()
      let terminal = try Terminal(
        after: relay, preferences: preferences, takesMouse: saved.settings.takesMouse, input: input)
      show(on: terminal, relay: relay, runner: runner, documents: documents, preferences, saved)
    } catch {
      if case .system = error {
        saved.notice.map(Finish.warn)
        throw Failure("\(error); lockstep --plain needs no full screen", .needsTerminal)
      }
      let reason = TutorFace.reason(withoutScreen: "\(error)")
      try showPlain(reason: reason, runner: runner, documents: documents, preferences, saved)
    }
  }

  /// Whether the tutor will have the full screen, if the terminal can be used.
  static func hasScreen(_ choices: TutorChoices, input: Int32) -> Bool {
    if case .plain = TutorFace(facts(choices, input: input)) { false } else { true }
  }

  private static func facts(_ choices: TutorChoices, input: Int32) -> TutorFace.Facts {
    let environment = TerminalEnvironment.current
    return TutorFace.Facts(
      isAsked: choices.isPlain || environment.asksForPlainText, isInputTerminal: isatty(input) == 1,
      isOutputTerminal: isatty(1) == 1, terminalType: environment.type)
  }

  /// Shows the tutor as lines of text.
  /// - Parameter reason: why, if the user did not ask for it.
  private func showPlain(
    reason: String?, runner: EffectRunner, documents: consuming LiveDocuments,
    _ preferences: LookPreferences, _ saved: SavedState
  ) throws {
    let relay: SignalRelay
    do {
      relay = try SignalRelay(endsOnInterrupt: false)
    } catch {
      throw Failure("\(error)")
    }
    let model = model(Size(columns: 80, rows: 24), .unicode, preferences, saved)
    let tutor = PlainTutor(model, isScripted: isatty(input) != 1)
    let loop = PlainLoop(
      tutor: tutor,
      sources: LoopSources(relay: relay, runner: runner, documents: documents), input: input,
      recording: recording?.path)
    if let signal = try loop.run(reason: reason) { Finish.dieBySignal(signal) }
  }

  private func show(
    on terminal: consuming Terminal, relay: consuming SignalRelay, runner: EffectRunner,
    documents: consuming LiveDocuments, _ preferences: LookPreferences, _ saved: SavedState
  ) {
    let model = model(terminal.size, terminal.glyphs, preferences, saved)
    var loop = EventLoop(
      terminal: terminal,
      sources: LoopSources(relay: relay, runner: runner, documents: documents), model: model,
      preferences: preferences, notice: notice, recording: recording?.path)
    let ending = loop.run()
    loop.close()
    if let ending { Finish.dieBySignal(ending.number) }
  }

  /// The model of the start.
  private func model(
    _ size: Size, _ glyphs: Glyphs, _ preferences: LookPreferences, _ saved: SavedState
  ) -> Model {
    let settings = saved.settings.with(preferences.resolved(in: .current))
    saved.writer.begin(with: settings)
    return Model(
      course: course, listings: BuiltInCourse.listings(of: catalog), catalog: catalog,
      size: size, glyphs: glyphs, start: start(saved.progress), progress: saved.progress,
      settings: settings, splits: saved.splits, isPartial: isPartial,
      isFirstStart: saved.isFirstStart && recording == nil,
      playbackSpeed: recording?.speed ?? .own)
  }

  /// Where to start, as indices. A lesson without a step starts at the learner's place in it.
  private func start(_ progress: DocumentProgress) -> (lesson: Int, step: Int)? {
    guard let place else { return nil }
    if !place.namesStep, let last = progress.place.flatMap({ course.place(of: $0) }),
      last.lesson == place.lesson
    {
      return last
    }
    return (place.lesson, place.step)
  }
}
