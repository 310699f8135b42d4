/// Example commands for the help and the man page.
enum ExampleTable {
  static let rows: [(command: String, doc: String)] = [
    ("lockstep", "open the tutor where you left it"),
    ("lockstep 4/2", "open lesson 4 at its second step"),
    ("lockstep open notes.md", "open a document or a folder as lessons"),
    ("lockstep run producer-consumer items=5", "run a demo and print its output"),
    ("lockstep run pool-sizing --format ndjson | jq .kind", "print the kinds of its events"),
    ("lockstep run lost-update -o lost.ndjson", "run a demo and record it in a file"),
    ("lockstep export lost.ndjson --format chrome -o lost.json", "convert it for ui.perfetto.dev"),
    ("lockstep check lessons/", "check a folder of lessons"),
    ("source <(lockstep completions bash)", "turn on tab completion in bash"),
    ("lockstep man | man -l -", "read the manual"),
  ]
}

/// The environment variables that the program reads.
enum EnvironmentTable {
  static let rows: [(name: String, doc: String)] = [
    (
      "NO_COLOR",
      "If it is not empty, no colours are used. Colour is never the only sign of anything."
    ),
    (
      "FORCE_COLOR",
      "Overrides NO_COLOR: 0 turns colours off, 1 asks for 16 colours, 2 and 3 for 256."
    ),
    ("COLORTERM", "With truecolor or 24bit, 256 colours are used, whatever TERM says."),
    ("COLORFGBG", "The terminal's colours, which decide between the dark and the light theme."),
    (
      "LOCKSTEP_ASCII",
      "With any value but 0, symbols are ASCII, as with --ascii. 0 turns that off."
    ),
    (
      "LOCKSTEP_REDUCED_MOTION",
      "With any value but 0, there is no animation, as with --reduced-motion. 0 turns that off."
    ),
    (
      "LOCKSTEP_ACCESSIBLE",
      "With any value but 0, the tutor is lines of text, as with --plain."
    ),
    ("TERM", "The type of the terminal. With dumb, the tutor is lines of text."),
    (
      "LC_ALL, LC_CTYPE, LANG",
      "The first that is set names the locale. If it is not UTF-8, lines of text are ASCII. If it "
        + "is C or POSIX, the full screen is ASCII too."
    ),
    (
      "TERM_PROGRAM, TMUX, STY",
      "The terminal program, which decides whether copies reach the clipboard."
    ),
    ("KITTY_WINDOW_ID, ALACRITTY_WINDOW_ID, VTE_VERSION", "The same, for some terminals."),
    ("COLUMNS, LINES", "A smaller screen than the window's."),
    ("XDG_STATE_HOME", "The folder for progress and recordings. Default: ~/.local/state."),
    ("XDG_CONFIG_HOME", "The folder for settings. Default: ~/.config."),
    ("HOME", "The folder of these two defaults."),
  ]
}

/// The files that the program writes without being asked.
enum FileTable {
  static let rows: [(path: String, doc: String)] = [
    (
      "$XDG_STATE_HOME/lockstep/progress.json",
      "The steps you have seen and run, for each document."
    ),
    ("$XDG_STATE_HOME/lockstep/layout.json", "The places of the borders between the panes."),
    (
      "$XDG_STATE_HOME/lockstep/recordings/",
      "The recent runs of the tutor, as recordings: at most 50 runs and 200 MB."
    ),
    (
      "$XDG_STATE_HOME/lockstep/copied.txt",
      "The last copied text, if the terminal may not have taken it."
    ),
    ("$XDG_CONFIG_HOME/lockstep/settings.json", "Your settings."),
  ]
}
