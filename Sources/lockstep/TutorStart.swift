public import ArgumentParser
import Catalog
import Curses
import Engine
import Glibc
import LessonKit
public import Screen
import Tutor

/// How the tutor is shown; every command that opens it takes these.
struct TutorOptions: ParsableArguments {
  @Option(help: "Colours for a dark or a light background (else by COLORFGBG, else dark).")
  var theme: Theme.Kind?

  var choices: TutorChoices { TutorChoices(theme: theme) }
}

/// What a person asked for on the command line; nothing, where no word was given.
struct TutorChoices {
  var theme: Theme.Kind?
}

extension Theme.Kind: ExpressibleByArgument {}

/// Everything that the tutor is opened with, whichever face it shows.
struct TutorStart {
  let course: Course
  let catalog: DemoCatalog
  /// Where to begin; nil for where the learner was last.
  let place: Place?
  /// By what the learner's progress in the course is kept.
  var documentKey = "built-in"
  /// The terminal that keys come from.
  var input: Int32 = 0
  /// What the learner is to know first.
  var notice: String?

  /// Shows the tutor, and returns when the learner has left it.
  ///
  /// - Parameter documents: what the course was read from.
  /// - Throws: `Failure` for a terminal that cannot be had.
  func run(
    _ choices: TutorChoices, documents: consuming LiveDocuments = LiveDocuments()
  ) throws {
    let runner = try EffectRunner()
    do throws(TerminalError) {
      let relay = try SignalRelay()
      let terminal = try Terminal(after: relay, theme: theme(choices), input: input)
      show(on: terminal, relay: relay, runner: runner, documents: documents)
    } catch {
      throw Failure("\(error); lockstep run DEMO needs no terminal", .needsTerminal)
    }
  }

  private func show(
    on terminal: consuming Terminal, relay: consuming SignalRelay, runner: EffectRunner,
    documents: consuming LiveDocuments
  ) {
    let model = Model(
      course: course, listings: BuiltInCourse.listings(of: catalog), catalog: catalog,
      size: terminal.size, glyphs: terminal.glyphs,
      start: place.map { (lesson: $0.lesson, step: $0.step) })
    var loop = EventLoop(
      terminal: terminal, relay: relay, runner: runner, documents: documents, model: model,
      notice: notice)
    let ending = loop.run()
    loop.close()
    if let ending { Finish.dieBySignal(ending.number) }
  }

  /// The theme asked for, or the one that fits the background the terminal tells of.
  private func theme(_ choices: TutorChoices) -> Theme {
    if let kind = choices.theme { return Theme(kind: kind) }
    // rxvt's convention, kept by others: foreground;background as palette numbers.
    let background = getenv("COLORFGBG").map { String(cString: $0) }?.split(separator: ";").last
    return background == "7" || background == "15" ? .light : .dark
  }
}
