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

  @Flag(
    help:
      """
      The tutor as plain lines of text, for screen readers, pipes and scripts; also with \
      LOCKSTEP_ACCESSIBLE=1, with TERM=dumb, and where there is no terminal.
      """)
  var plain = false

  var choices: TutorChoices { TutorChoices(theme: theme, isPlain: plain) }
}

/// What a person asked for on the command line; nothing, where no word was given.
struct TutorChoices {
  var theme: Theme.Kind?
  var isPlain = false
}

extension Theme.Kind: ExpressibleByArgument {}

/// Everything that the tutor is opened with, whichever face it shows.
struct TutorStart {
  let course: Course
  let catalog: DemoCatalog
  /// Where to begin; nil for where the learner was last.
  let place: Place?

  /// Shows the tutor, and returns when the learner has left it.
  /// - Throws: `Failure` for a terminal that cannot be had.
  func run(_ choices: TutorChoices) throws {
    let runner = try EffectRunner()
    if case .plain(let reason) = TutorFace(Self.facts(choices)) {
      return try showPlain(reason: reason, runner: runner)
    }
    do throws(TerminalError) {
      let relay = try SignalRelay()
      let terminal = try Terminal(after: relay, theme: theme(choices))
      show(on: terminal, relay: relay, runner: runner)
    } catch {
      if case .system = error {
        throw Failure("\(error); lockstep --plain needs no full screen", .needsTerminal)
      }
      try showPlain(reason: TutorFace.reason(withoutScreen: "\(error)"), runner: runner)
    }
  }

  private static func facts(_ choices: TutorChoices) -> TutorFace.Facts {
    TutorFace.Facts(
      isAsked: choices.isPlain, isInputTerminal: isatty(0) == 1, isOutputTerminal: isatty(1) == 1,
      accessible: getenv("LOCKSTEP_ACCESSIBLE").map { String(cString: $0) },
      terminalType: getenv("TERM").map { String(cString: $0) })
  }

  /// Shows the tutor as lines of text.
  /// - Parameter reason: why, where the person would wonder.
  private func showPlain(reason: String?, runner: EffectRunner) throws {
    let relay: SignalRelay
    do { relay = try SignalRelay() } catch { throw Failure("\(error)") }
    let tutor = PlainTutor(
      model(size: Size(columns: 80, rows: 24), glyphs: .unicode), isScripted: isatty(0) != 1)
    let loop = PlainLoop(tutor: tutor, runner: runner, relay: relay)
    if let ending = try loop.run(reason: reason) { Finish.dieBySignal(ending.number) }
  }

  private func show(
    on terminal: consuming Terminal, relay: consuming SignalRelay, runner: EffectRunner
  ) {
    let model = model(size: terminal.size, glyphs: terminal.glyphs)
    var loop = EventLoop(terminal: terminal, relay: relay, runner: runner, model: model)
    let ending = loop.run()
    loop.close()
    if let ending { Finish.dieBySignal(ending.number) }
  }

  /// The app as it begins, whichever face it shows.
  private func model(size: Size, glyphs: Glyphs) -> Model {
    Model(
      course: course, listings: BuiltInCourse.listings(of: catalog), catalog: catalog,
      size: size, glyphs: glyphs, start: place.map { (lesson: $0.lesson, step: $0.step) })
  }

  /// The theme asked for, or the one that fits the background the terminal tells of.
  private func theme(_ choices: TutorChoices) -> Theme {
    if let kind = choices.theme { return Theme(kind: kind) }
    // rxvt's convention, kept by others: foreground;background as palette numbers.
    let background = getenv("COLORFGBG").map { String(cString: $0) }?.split(separator: ";").last
    return background == "7" || background == "15" ? .light : .dark
  }
}
