public import ArgumentParser
import Curses
public import Screen

/// How the tutor is shown; every command that opens it takes these.
struct TutorOptions: ParsableArguments {
  @Option(help: "The colours; else as set, else by COLORFGBG, else for a dark background.")
  var theme: Theme.Kind?

  @Flag(help: "Draw with ASCII symbols only, as LOCKSTEP_ASCII=1 does.")
  var ascii = false

  @Flag(help: "Let nothing move that need not, as LOCKSTEP_REDUCED_MOTION=1 does.")
  var reducedMotion = false

  @Flag(help: "The tutor as plain lines of text: for screen readers, pipes and scripts.")
  var plain = false

  var choices: TutorChoices {
    TutorChoices(
      look: LookChoices(
        theme: theme, isASCII: ascii ? true : nil, hasReducedMotion: reducedMotion ? true : nil),
      isPlain: plain)
  }
}

/// What a person asked for on the command line; nothing, where no word was given.
struct TutorChoices {
  var look = LookChoices()
  var isPlain = false
}

extension Theme.Kind: ExpressibleByArgument {}
