import ArgumentParser
import Curses
import Screen

/// The options of all commands that open the tutor.
struct TutorOptions: ParsableArguments {
  @Option(
    help: "The colours. Default: your setting, or else what COLORFGBG suggests, or else dark.")
  var theme: Theme.Kind?

  @Flag(help: "Draw with ASCII only, as with LOCKSTEP_ASCII=1.")
  var ascii = false

  @Flag(help: "Show no animation, as with LOCKSTEP_REDUCED_MOTION=1.")
  var reducedMotion = false

  @Flag(help: "Show the tutor as lines of text, for screen readers, pipes and scripts.")
  var plain = false

  var choices: TutorChoices {
    TutorChoices(
      look: LookChoices(
        theme: theme, isASCII: ascii ? true : nil, hasReducedMotion: reducedMotion ? true : nil),
      isPlain: plain)
  }
}

/// What the command line asks for. Everything is unset if it says nothing.
struct TutorChoices {
  var look = LookChoices()
  var isPlain = false
}
