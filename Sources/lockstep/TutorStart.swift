import Catalog
import Curses
import Glibc
import LessonKit
import Screen
import Trace
import Tutor

/// Everything that the tutor is opened with, whichever face it shows.
struct TutorStart {
  let course: Course
  let catalog: DemoCatalog
  /// Where to begin; nil for where the learner was last.
  let place: Place?
  /// The name under which progress is kept: of the built-in lessons, or the real path of whatever
  /// was opened.
  var documentKey = ProgressFile.builtIn
  /// The terminal that keys come from.
  var input: Int32 = 0
  /// A recording that is shown at once, and how fast.
  var recording: (path: String, speed: FilmSpeed)?

  /// What the learner is to know first on the full screen, which covers what was complained of.
  var notice: String?

  /// Shows the tutor, and returns when the learner has left it.
  ///
  /// - Parameter documents: what the course was read from.
  /// - Throws: `Failure` for a terminal that cannot be had.
  func run(
    _ choices: TutorChoices, documents: consuming LiveDocuments = LiveDocuments()
  ) throws {
    let kept = KeptState(of: documentKey)
    let runner = try EffectRunner(kept)
    let wishes = LookWishes(asked: choices.look, kept: LookChoices(kept.settings))
    if case .plain(let reason) = TutorFace(facts(choices)) {
      return try showPlain(reason: reason, runner: runner, documents: documents, wishes, kept)
    }
    do throws(TerminalError) {
      let relay = try SignalRelay()
      let terminal = try Terminal(
        after: relay, wishes: wishes, takesMouse: kept.settings.takesMouse, input: input)
      show(on: terminal, relay: relay, runner: runner, documents: documents, wishes, kept)
    } catch {
      if case .system = error {
        kept.notice.map(Finish.complain)
        throw Failure("\(error); lockstep --plain needs no full screen", .needsTerminal)
      }
      let reason = TutorFace.reason(withoutScreen: "\(error)")
      try showPlain(reason: reason, runner: runner, documents: documents, wishes, kept)
    }
  }

  private func facts(_ choices: TutorChoices) -> TutorFace.Facts {
    let environment = TerminalEnvironment.current
    return TutorFace.Facts(
      isAsked: choices.isPlain || environment.asksForLines, isInputTerminal: isatty(input) == 1,
      isOutputTerminal: isatty(1) == 1, terminalType: environment.type)
  }

  /// Shows the tutor as lines of text.
  /// - Parameter reason: why, where the person would wonder.
  private func showPlain(
    reason: String?, runner: EffectRunner, documents: consuming LiveDocuments,
    _ wishes: LookWishes, _ kept: KeptState
  ) throws {
    let relay: SignalRelay
    do { relay = try SignalRelay() } catch { throw Failure("\(error)") }
    let model = model(Size(columns: 80, rows: 24), .unicode, wishes, kept)
    let tutor = PlainTutor(model, isScripted: isatty(input) != 1)
    let loop = PlainLoop(
      tutor: tutor, runner: runner, relay: relay, documents: documents, input: input,
      recording: recording?.path)
    // What was learned is kept, however it ends.
    let signal: Int32?
    do {
      signal = try loop.run(reason: reason)
    } catch {
      kept.keeper.flush().map(Finish.complain)
      throw error
    }
    kept.keeper.flush().map(Finish.complain)
    if let signal { Finish.dieBySignal(signal) }
  }

  private func show(
    on terminal: consuming Terminal, relay: consuming SignalRelay, runner: EffectRunner,
    documents: consuming LiveDocuments, _ wishes: LookWishes, _ kept: KeptState
  ) {
    let model = model(terminal.size, terminal.glyphs, wishes, kept)
    var loop = EventLoop(
      terminal: terminal, relay: relay, runner: runner, documents: documents, model: model,
      wishes: wishes, notice: notice, recording: recording?.path)
    let ending = loop.run()
    loop.close()
    kept.keeper.flush().map(Finish.complain)
    if let ending { Finish.dieBySignal(ending.number) }
  }

  /// The app as it begins, whichever face it shows.
  private func model(
    _ size: Size, _ glyphs: Glyphs, _ wishes: LookWishes, _ kept: KeptState
  ) -> Model {
    let settings = kept.settings.with(wishes.settled(in: .current))
    kept.keeper.begin(with: settings)
    return Model(
      course: course, listings: BuiltInCourse.listings(of: catalog), catalog: catalog,
      size: size, glyphs: glyphs, start: start(kept.progress), progress: kept.progress,
      settings: settings, splits: kept.splits, isFirstStart: kept.isFirstStart && recording == nil,
      filmSpeed: recording?.speed ?? .own)
  }

  /// Where to begin, by indices: a lesson without a step begins where the learner was in it.
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
