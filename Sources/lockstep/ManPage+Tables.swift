/// Command lines worth knowing, for the help and the man page.
enum ExampleTable {
  static let rows: [(command: String, doc: String)] = [
    ("lockstep", "open the tutor where you left it"),
    ("lockstep 4/2", "open lesson 4 at its second step"),
    ("lockstep run producer-consumer items=5", "run a demo and print what it prints"),
    ("lockstep run pool-sizing --format ndjson | jq .kind", "look at its events"),
    ("lockstep check lessons/", "say what should be mended in a folder of lessons"),
    ("source <(lockstep completions bash)", "complete commands, lessons and demos with tab"),
    ("lockstep man | man -l -", "read the manual"),
  ]
}

/// The variables of the environment that the program looks at.
enum EnvironmentTable {
  static let rows: [(name: String, doc: String)] = [
    (
      "NO_COLOR",
      "Where it is set to anything, no colours are used; meaning is never in a colour only."
    ),
    (
      "FORCE_COLOR", "Where it is set to anything but 0, colours are used although NO_COLOR is set."
    ),
    (
      "LOCKSTEP_ASCII",
      "Where it is set to anything but 0, symbols are drawn with ASCII, as by --ascii."
    ),
    (
      "LOCKSTEP_REDUCED_MOTION",
      "Where it is set to anything but 0, nothing moves that need not, as by --reduced-motion."
    ),
    (
      "LOCKSTEP_ACCESSIBLE",
      "Where it is set to anything but 0, the tutor is plain text from top to bottom, as by --plain."
    ),
    ("TERM", "The kind of terminal; with dumb the tutor is plain text."),
    ("COLUMNS, LINES", "The size of the screen, where the terminal does not tell its own."),
    ("COLORFGBG", "The terminal's colours, from which a dark or a light theme follows."),
    ("XDG_STATE_HOME", "Where progress is kept; ~/.local/state where it is not set."),
    ("XDG_CONFIG_HOME", "Where settings are kept; ~/.config where it is not set."),
  ]
}

/// The files that the program writes by itself.
enum FileTable {
  static let rows: [(path: String, doc: String)] = [
    (
      "$XDG_STATE_HOME/lockstep/progress.json",
      "What was seen and run, for each document that was opened."
    ),
    ("$XDG_STATE_HOME/lockstep/layout.json", "Where the borders between the panes were moved to."),
    ("$XDG_CONFIG_HOME/lockstep/settings.json", "What was set in the tutor's own form."),
  ]
}
