internal import LessonKit
internal import Catalog
internal import Screen

/// THE table of keys: the footer, the help, the palette and the README's table are made from it.
///
/// The order is the footer's: what is most useful first. Of several rows for one key the first
/// that is available acts.
public enum KeyTable {
  static let everywhere = Set(Binding.Scope.allCases)
  static let lists: Set<Binding.Scope> = [.panes, .lessons, .help, .comparison]
  static let pickers: Set<Binding.Scope> = [.palette, .contents, .recordings]
  static let forms: Set<Binding.Scope> = [.parameters, .settings]

  /// What choosing a row of a picker does, in the footer's words.
  private static func acceptWords(_ model: Model) -> String {
    switch model.layer {
    case .palette: "do it"
    case .recordings(_, .replay): "show it"
    case .recordings(_, .compare): "compare"
    default: "go there"
    }
  }

  /// What the footer says of the speed: which it is, where it is not the usual one.
  private static func speedWords(_ model: Model) -> String {
    let speed = model.isSpeedOfFilm ? model.filmSpeed : FilmSpeed(model.speed)
    return speed == .own ? "speed" : "speed " + speed.sign(model.glyphs)
  }

  /// Every row, in the footer's order: of several for one key the first available acts.
  public static let bindings: [Binding] =
    layers + searching + time + running + course + panes + changing + wider + pace + recordings
    + borders
    + movement + program

  private static let layers: [Binding] = [
    Binding(
      [.enter], .accept, .list, in: [.lessons], "open the selected lesson",
      hint: { _ in "open" }),
    Binding(
      [.enter], .accept, .picker, in: pickers, "do what is selected, or go there",
      hint: { acceptWords($0) }, when: needsShown),
    Binding(
      [.enter], .accept, .recordings, in: [.save], "write the recording to the file that is named",
      hint: { _ in "save" }),
    Binding(
      [.down], .move(1), .picker, in: pickers, "a row down",
      hint: { _ in "move" }, hintKeys: [.up, .down]),
    Binding([.up], .move(-1), .picker, in: pickers, "a row up"),
    Binding([.pageDown], .page(1), .picker, in: pickers, "a page of rows down"),
    Binding([.pageUp], .page(-1), .picker, in: pickers, "a page of rows up"),
    Binding(
      [.enter], .accept, .form, in: [.parameters], "run with these values",
      hint: { _ in "run" }, when: needsNoStop),
    Binding(
      [.enter], .accept, .form, in: [.settings], "close the settings; they are kept",
      hint: { _ in "done" }),
    Binding([.up, .backTab], .move(-1), .form, in: forms, "the field above"),
    Binding(
      [.down, .tab], .move(1), .form, in: forms, "the field below",
      hint: { _ in "move" }, hintKeys: [.up, .down]),
    Binding([.character("j")], .move(1), .form, in: [.settings], "the field below"),
    Binding([.character("k")], .move(-1), .form, in: [.settings], "the field above"),
    Binding(
      [.character(" "), .right], .choose(1), .form, in: forms, "the next choice",
      hint: { _ in "change" }, when: needsChoice),
    Binding(
      [.left], .choose(-1), .form, in: forms, "the choice before", when: needsChoice),
  ]

  private static let searching: [Binding] = [
    Binding(
      [.enter], .accept, .search, in: [.search], "keep the search, and go to the match",
      hint: { _ in "go there" }),
    Binding(
      [.down], .find(1), .search, in: [.search], "the next match in sight",
      hint: { _ in "matches" }, hintKeys: [.up, .down], when: needsMatches),
    Binding(
      [.up], .find(-1), .search, in: [.search], "the match before", when: needsMatches),
    Binding(
      [.character("n")], .find(1), .find, "the next match (while a search is on)",
      hint: { _ in "matches" }, hintKeys: [.character("n"), .character("N")], when: needsMatches),
    Binding(
      [.character("N")], .find(-1), .find, "the match before (while a search is on)",
      when: needsMatches),
  ]

  /// To and fro in a run. While the learner looks back, the keys are for that in every pane.
  private static let time: [Binding] = [
    Binding(
      [.character(".")], .scrub(1), .time, "an event on, while an earlier moment is looked at",
      hint: { _ in "one event" }, hintKeys: [.character(","), .character(".")],
      when: needsLaterEvents),
    Binding([.character(",")], .scrub(-1), .time, "an event back", when: needsEarlierEvents),
    Binding(
      [.right], .scrubColumns(1), .time,
      "a column of the lanes on, while an earlier moment is looked at",
      hint: { _ in "along" }, hintKeys: [.left, .right], when: needsRewound),
    Binding(
      [.left], .scrubColumns(-1), .time, "a column back, while an earlier moment is looked at",
      when: needsRewound),
    Binding(
      [.left], .scrubColumns(-1), .time, panes: Model.runPanes, "a column of the lanes back",
      when: needsEarlierEvents),
    Binding(
      [.home], .runStart, .time, "to the run's beginning, while an earlier moment is looked at",
      when: needsRewound),
    Binding(
      [.home], .runStart, .time, panes: [.timeline, .events], "to the run's beginning",
      when: needsEarlierEvents),
    Binding(
      [.character("F"), .end], .followLive, .time, "to the newest event; what is live is followed",
      hint: { $0.session?.isLive == true ? "live" : "to the end" }, when: needsRewound),
    Binding(
      [.character("G")], .followLive, .time, panes: [.code, .timeline, .events],
      "the same, from the code, the timeline and the events", when: needsRewound),
    Binding(
      [.character(" ")], .film, .time, "let a recorded run go by like a film, and hold it",
      hint: { $0.session?.isPlaying == true ? "hold" : "play" }, when: needsFilm),
    Binding(
      [.character("g")], .endOfWait, .time, "to what ended the wait that is looked at",
      hint: { _ in "what ended it?" }, when: needsWait),
  ]

  /// Runs that are kept.
  private static let recordings: [Binding] = [
    Binding(
      [.character("w")], .save, .recordings, "write the run to a file, as a recording",
      hint: { _ in "save" }, when: needsRun),
    Binding(
      [.character("R")], .recordings(.replay), .recordings, in: [.panes, .lessons],
      "the recent runs, to be shown again", hint: { _ in "recordings" }),
    Binding(
      [.character("c")], .recordings(.compare), .recordings,
      "lay another run of the demo beside this one", hint: { _ in "compare" }, when: needsEnded),
    Binding(
      [.control("x")], .removeRecording, .recordings, in: [.recordings],
      "take the selected run off the list, and put it back",
      hint: { $0.selectedRecording?.isRemoved == true ? "put back" : "remove" },
      when: needsRecording),
  ]

  /// How large the time is, and how fast it goes.
  private static let pace: [Binding] = [
    Binding(
      [.character("+")], .zoomTime(isIn: true), .time, "show less time, larger",
      hint: { _ in "zoom time" }, hintKeys: [.character("+"), .character("-")],
      when: needsZoomable),
    Binding(
      [.character("-")], .zoomTime(isIn: false), .time, "show more time", when: needsWindow),
    Binding(
      [.character(")")], .speed(1), .time, "faster: up to 4 times, then as fast as it can",
      hint: { speedWords($0) }, hintKeys: [.character("("), .character(")")],
      when: needsSpeed(1)),
    Binding([.character("(")], .speed(-1), .time, "slower", when: needsSpeed(-1)),
  ]

  private static let running: [Binding] = [
    Binding(
      [.character(" ")], .pause, .run, "pause the run, and let it go on",
      hint: { $0.session?.isPauseAsked == true ? "go on" : "pause" }, when: needsLive),
    Binding(
      [.character(".")], .stepOnce, .run, "let one operation of a paused run happen",
      hint: { _ in "one step" }, when: needsPaused),
    Binding(
      [.character("X")], .stop, .run, in: [.panes, .finding], "stop the run", hint: { _ in "stop" },
      when: needsLive),
    Binding(
      [.character("f")], .finding, .run, "show what was found to be wrong in the run",
      hint: { _ in "finding" }, when: needsFinding),
    Binding(
      [.character("r")], .run, .run, "run what the lesson shows",
      hint: { $0.session == nil ? "run" : "run again" }, when: needsRunnable),
  ]

  private static let changing: [Binding] = [
    Binding(
      [.character("p")], .parameters, .run, "change the run's parameters",
      hint: { _ in "parameters" }, when: needsRunnable),
    Binding(
      [.right], .otherRun(1), .lessonPane, panes: [.lesson], "choose the step's next run",
      hint: { _ in "other run" }, hintKeys: [.left, .right], when: needsSeveral),
    Binding(
      [.left], .otherRun(-1), .lessonPane, panes: [.lesson], "choose the step's run before",
      when: needsSeveral),
  ]

  private static let course: [Binding] = [
    Binding(
      [.character("]")], .nextStep, .lesson, "the next step",
      hint: { model in
        model.nextPlace.map { $0.lesson == model.place.lesson } == false
          ? "next lesson" : "next step"
      }, when: needsNextStep),
    Binding([.character("[")], .previousStep, .lesson, "the step before", when: needsPreviousStep),
    Binding(
      [.character("n")], .nextStep, .lesson, "the next step (while no search is on)",
      when: { $0.search == nil ? needsNextStep($0) : .no("nothing was found") }),
    Binding(
      [.character("N")], .previousStep, .lesson, "the step before (while no search is on)",
      when: { $0.search == nil ? needsPreviousStep($0) : .no("nothing was found") }),
    Binding(
      [.enter], .follow, .lesson, panes: [.lesson], "follow a link of the step",
      hint: { _ in "follow link" }, when: needsLinks),
    Binding(
      [.backspace], .back, .lesson, panes: [.lesson], "back to where the link was followed",
      hint: { _ in "back" }, when: needsTrail),
  ]

  private static let panes: [Binding] = [
    Binding(
      [.tab], .nextPane, .panes, "go to the next pane", hint: { _ in "pane" }),
    Binding([.backTab], .previousPane, .panes, "go to the pane before"),
    Binding(
      [.escape], .close, .program, in: everywhere, "close what lies on top; never quits",
      hint: { $0.closable ?? "" },
      when: { $0.closable == nil ? .no("nothing is open that could be closed") : .now }),
    Binding(
      [.character("?")], .help, .program, in: lists.union([.finding]), "all keys",
      hint: { _ in "help" }, when: { $0.scope == .help ? .no("the help is open") : .now }),
    Binding(
      [.character(":")], .palette, .program, in: lists.union([.finding]),
      "every command by its words", hint: { _ in "commands" }),
    Binding([.character("1")], .pane(1), .panes, "go to the lesson"),
    Binding([.character("2")], .pane(2), .panes, "go to the code, or the contents"),
    Binding([.character("3")], .pane(3), .panes, "go to the state, or the demo's view"),
    Binding([.character("4")], .pane(4), .panes, "go to the timeline"),
    Binding([.character("5")], .pane(5), .panes, "go to the events"),
    Binding([.character("6")], .pane(6), .panes, "go to what a demo's view covers: the state"),
    Binding([.character("7")], .pane(7), .panes, "go to the state of a demo with two views"),
  ]

  private static let wider: [Binding] = [
    Binding(
      [.control("d")], .reset, .form, in: forms, "all values back to their defaults",
      hint: { _ in "defaults" }),
    Binding(
      [.character("/")], .search, .find, in: [.panes], "find a text in the pane",
      hint: { _ in "find" }),
    Binding(
      [.character("/")], .palette, .program, in: [.help], "find a command by its words",
      hint: { _ in "find" }),
    Binding(
      [.character("/")], .contents, .list, in: [.lessons], "find a step by its title",
      hint: { _ in "find" }),
    Binding(
      [.character("t")], .contents, .lesson, in: [.panes, .lessons],
      "the contents: every step by its title", hint: { _ in "contents" }),
    Binding(
      [.character("L")], .lessons, .lesson, in: [.panes, .help], "the list of lessons",
      hint: { _ in "lessons" }),
    Binding(
      [.character("z")], .zoom, .panes, "give the pane the whole screen, and take it back",
      hint: { $0.isZoomed ? "unzoom" : "zoom" }, when: needsRoom),
    Binding(
      [.character("y")], .copy, .find, "copy what the pane shows", hint: { _ in "copy" },
      when: { $0.hasCopy ? .now : .no("there is nothing to copy here") }),
    Binding(
      [.character("Y")], .copyCommand, .find, "copy the words that start the run from a shell",
      when: { $0.selectedRequest == nil ? .no("there is nothing to run here") : .now }),
    Binding(
      [.character("S")], .settings, .program, in: [.panes, .lessons],
      "colours, symbols, motion, mouse", hint: { _ in "settings" }),
  ]

  private static let borders: [Binding] = [
    Binding(
      [.character(">")], .moveSideBorder(2), .panes, "make the lesson wider",
      when: needsBorder(columns: true)),
    Binding(
      [.character("<")], .moveSideBorder(-2), .panes, "make the lesson narrower",
      when: needsBorder(columns: true)),
    Binding(
      [.character("}")], .moveLowerBorder(1), .panes, "move the pane's lower border down",
      when: needsBorder(columns: false)),
    Binding(
      [.character("{")], .moveLowerBorder(-1), .panes, "move the pane's lower border up",
      when: needsBorder(columns: false)),
    Binding(
      [.character("=")], .resetBorders, .panes, "all borders back to where they were at first",
      when: { $0.splits.places.isEmpty ? .no("no border was moved") : .now }),
  ]

  private static let movement: [Binding] = [
    Binding(
      [.character("j"), .down], .move(1), .movement, in: lists, "a line down",
      hint: { _ in "move" }, hintKeys: [.character("j"), .character("k")]),
    Binding([.character("k"), .up], .move(-1), .movement, in: lists, "a line up"),
    Binding(
      [.pageDown, .character(" ")], .page(1), .movement, in: lists,
      "a page down (space: while nothing runs)"),
    Binding([.pageUp], .page(-1), .movement, in: lists, "a page up"),
    Binding([.character("g"), .home], .top, .movement, in: lists, "to the top"),
    Binding(
      [.character("G"), .end], .bottom, .movement, in: lists,
      panes: [.lesson, .contents, .state, .pools, .bars, .picture, .waits, .exceptions],
      "to the end"),
    Binding(
      [.character("G"), .end], .bottom, .livePanes, panes: [.code, .timeline, .events],
      "to the end; what is live is followed again"),
  ]

  private static let program: [Binding] = [
    Binding(
      [.control("c")], .interrupt, .program, in: everywhere,
      "stop the run; quit where nothing runs"),
    Binding([.control("l")], .repaint, .program, in: everywhere, "draw the screen anew"),
    Binding(
      [.control("z")], .suspend, .program, in: everywhere, "back to the shell; fg returns"),
    Binding(
      [.character("q")], .quit, .program, in: lists.union([.finding]),
      "quit; a live run is stopped first",
      hint: { _ in "quit" }),
  ]
}
