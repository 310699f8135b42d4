/// Command lines worth knowing, for the help and the man page.
enum ExampleTable {
  static let rows: [(command: String, doc: String)] = [
    ("lockstep", "open the tutor where you left it"),
    ("lockstep 4/2", "open lesson 4 at its second step"),
    ("lockstep open notes.md", "open any document, or a folder of them, as lessons"),
    ("lockstep run producer-consumer items=5", "run a demo and print what it prints"),
    ("lockstep run pool-sizing --format ndjson | jq .kind", "look at its events"),
    ("lockstep run lost-update -o lost.ndjson", "record it, beside what it prints"),
    ("lockstep export lost.ndjson --format chrome -o lost.json", "open it in ui.perfetto.dev"),
    ("lockstep check lessons/", "say what should be mended in a folder of lessons"),
    ("source <(lockstep completions bash)", "complete commands, lessons and demos with tab"),
    ("lockstep man | man -l -", "read the manual"),
  ]
}

/// The variables of the environment that the program looks at.
enum EnvironmentTable {
  static let rows: [(name: String, doc: String)] = [
    ("NO_COLOR", "Where it is not empty, no colours are used; nothing is said by a colour alone."),
    (
      "FORCE_COLOR",
      "Counts before NO_COLOR: 0 refuses colours, 1 asks for sixteen of them, 2 and 3 for 256."
    ),
    ("COLORTERM", "With truecolor or 24bit, 256 colours are used whatever TERM says."),
    ("COLORFGBG", "The terminal's colours, from which a dark or a light theme follows."),
    (
      "LOCKSTEP_ASCII",
      "Anything but 0 has symbols drawn with ASCII, as by --ascii; 0 refuses it."
    ),
    (
      "LOCKSTEP_REDUCED_MOTION",
      "With anything but 0 nothing moves that need not, as by --reduced-motion; 0 refuses it."
    ),
    (
      "LOCKSTEP_ACCESSIBLE",
      "With anything but 0 the tutor is lines of text, as by --plain."
    ),
    ("TERM", "The kind of terminal; with dumb the tutor is lines of text."),
    (
      "LC_ALL, LC_CTYPE, LANG",
      "The first that is set names the locale; where it is not UTF-8, lines of text are ASCII."
    ),
    (
      "TERM_PROGRAM, TMUX, STY",
      "What draws the picture, and so whether what is copied comes to the clipboard."
    ),
    ("KITTY_WINDOW_ID, ALACRITTY_WINDOW_ID, VTE_VERSION", "The same, of some terminals."),
    ("COLUMNS, LINES", "The size of the picture, where it should not be the window's."),
    ("XDG_STATE_HOME", "Where progress is kept; ~/.local/state where it is not set."),
    ("XDG_CONFIG_HOME", "Where settings are kept; ~/.config where it is not set."),
    ("HOME", "The folder below which these two are."),
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
    (
      "$XDG_STATE_HOME/lockstep/recordings/",
      "The recent runs of the tutor, as recordings; the oldest go, from 50 runs or 200 MB on."
    ),
    (
      "$XDG_STATE_HOME/lockstep/copied.txt",
      "What was copied last, where the terminal may not have taken it."
    ),
    ("$XDG_CONFIG_HOME/lockstep/settings.json", "What was set in the tutor's own form."),
  ]
}
