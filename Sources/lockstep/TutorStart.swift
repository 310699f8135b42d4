public import ArgumentParser
import Catalog
import Curses
import Engine
import LessonKit
public import Screen
import Tutor

/// How the tutor is shown; every command that opens it takes these.
struct TutorOptions: ParsableArguments {
  @Option(help: "The colours; else as set, else by COLORFGBG, else for a dark background.")
  var theme: Theme.Kind?

  @Flag(help: "Draw with ASCII symbols only, as LOCKSTEP_ASCII=1 does.")
  var ascii = false

  @Flag(help: "Let nothing move that need not, as LOCKSTEP_REDUCED_MOTION=1 does.")
  var reducedMotion = false

  var choices: TutorChoices {
    TutorChoices(
      look: LookChoices(
        theme: theme, isASCII: ascii ? true : nil, hasReducedMotion: reducedMotion ? true : nil))
  }
}

/// What a person asked for on the command line; nothing, where no word was given.
struct TutorChoices {
  var look = LookChoices()
}

extension Theme.Kind: ExpressibleByArgument {}

/// Everything that the tutor is opened with, whichever face it shows.
struct TutorStart {
  let course: Course
  let catalog: DemoCatalog
  /// Where to begin; nil for where the learner was last.
  let place: Place?
  /// The name under which progress is kept: of the built-in lessons, or the real path of whatever
  /// was opened.
  var documentKey = ProgressFile.builtIn

  /// Shows the tutor, and returns when the learner has left it.
  /// - Throws: `Failure` for a terminal that cannot be had.
  func run(_ choices: TutorChoices) throws {
    let kept = KeptState(of: documentKey)
    let runner = try EffectRunner(kept)
    do throws(TerminalError) {
      let relay = try SignalRelay()
      let wishes = LookWishes(asked: choices.look, kept: LookChoices(kept.settings))
      let terminal = try Terminal(
        after: relay, wishes: wishes, takesMouse: kept.settings.takesMouse)
      show(on: terminal, relay: relay, runner: runner, wishes, kept)
    } catch {
      kept.notice.map(Finish.complain)
      throw Failure("\(error); lockstep run DEMO needs no terminal", .needsTerminal)
    }
  }

  private func show(
    on terminal: consuming Terminal, relay: consuming SignalRelay, runner: EffectRunner,
    _ wishes: LookWishes, _ kept: KeptState
  ) {
    let model = Model(
      course: course, listings: BuiltInCourse.listings(of: catalog), catalog: catalog,
      size: terminal.size, glyphs: terminal.glyphs,
      start: start(kept.progress), progress: kept.progress,
      settings: kept.settings.with(wishes.settled(in: .current)), splits: kept.splits,
      isFirstStart: kept.isFirstStart)
    var loop = EventLoop(
      terminal: terminal, relay: relay, runner: runner, model: model, wishes: wishes)
    let ending = loop.run()
    loop.close()
    kept.keeper.flush().map(Finish.complain)
    if let ending { Finish.dieBySignal(ending.number) }
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
