internal import Events
internal import Trace
internal import Catalog
internal import LessonKit
internal import RunViews
internal import Screen

/// The table of keys. The footer, the help, the palette and Docs/KEYS.md are made from it.
///
/// The rows are in the order of the footer, the most useful first. If several rows have the same
/// key, the first available one acts.
public enum KeyTable {
  static let everywhere = Set(Binding.Scope.allCases)
  static let lists: Set<Binding.Scope> = [.panes, .lessons, .help, .comparison]
  static let pickers: Set<Binding.Scope> = [.palette, .contents, .recordings]
  static let forms: Set<Binding.Scope> = [.parameters, .settings]

  /// The footer's text for Enter in a picker.
  private static func acceptWords(_ model: Model) -> String {
    switch model.layer {
    case .palette: "do it"
    case .recordings(_, .replay): "show it"
    case .recordings(_, .compare): "compare"
    default: "go there"
    }
  }

  /// The footer's text for the speed keys, with the speed unless it is the normal one.
  private static func speedWords(_ model: Model) -> String {
    let speed = model.isPlaybackSpeed ? model.playbackSpeed : PlaybackSpeed(model.speed)
    return speed == .own ? "speed" : "speed " + speed.sign(model.glyphs)
  }

  /// The footer's text for a step: who goes, and what it does.
  private static func stepWords(_ model: Model) -> String {
    guard let session = model.session, let next = session.next, let goes = next.goes else {
      return "one step"
    }
    let letter = goes == .main ? "main" : session.state.letter(of: goes)
    return letter + " " + Narrator.next(next.operations[goes], state: session.state)
  }

  /// Every row, in the order of the footer.
  public static let bindings: [Binding] =
    layers + searching + time + running + course + panes + changing + wider + pace + recordings
    + borders
    + movement + program

  private static let layers: [Binding] = [
    Binding(
      [.enter], .accept, .list, in: [.lessons], "open the selected lesson",
      hint: { _ in "open" }),
    Binding(
      [.enter], .accept, .picker, in: pickers,
      hint: { acceptWords($0) }),
    Binding(
      [.enter], .accept, .save, in: [.save], "save the run under this name",
      hint: { _ in "save" }),
    Binding(
      [.enter], .accept, .finding, in: [.finding], "go to the moment of the finding",
      hint: { _ in "go there" }, when: .shownFinding),
    Binding(
      [.down, .right, .character("f")], .move(1), .finding, in: [.finding], "the next finding",
      hint: { _ in "next finding" }, hintKeys: [.up, .down], when: .severalFindings),
    Binding(
      [.up, .left], .move(-1), .finding, in: [.finding], "the previous finding",
      when: .severalFindings),
    Binding(
      [.down], .move(1), .picker, in: pickers, "a row down",
      hint: { _ in "move" }, hintKeys: [.up, .down]),
    Binding([.up], .move(-1), .picker, in: pickers, "a row up"),
    Binding([.pageDown], .page(1), .picker, in: pickers, "a page of rows down"),
    Binding([.pageUp], .page(-1), .picker, in: pickers, "a page of rows up"),
    Binding(
      [.enter], .accept, .form, in: [.parameters], "run with these values",
      hint: { _ in "run" }),
    Binding(
      [.enter], .accept, .form, in: [.settings], "close the settings, which are saved",
      hint: { _ in "done" }),
    Binding([.up, .backTab], .move(-1), .form, in: forms, "the field above"),
    Binding(
      [.down, .tab], .move(1), .form, in: forms, "the field below",
      hint: { _ in "move" }, hintKeys: [.up, .down]),
    Binding([.character("j")], .move(1), .form, in: [.settings], "the field below"),
    Binding([.character("k")], .move(-1), .form, in: [.settings], "the field above"),
    Binding(
      [.character(" "), .right], .choose(1), .form, in: forms,
      hint: { _ in "change" }),
    Binding(
      [.left], .choose(-1), .form, in: forms),
  ]

  private static let searching: [Binding] = [
    Binding(
      [.enter], .accept, .search, in: [.search], "end typing, and go to the match",
      hint: { _ in "go there" }),
    Binding(
      [.down], .find(1), .search, in: [.search], "the next match",
      hint: { _ in "matches" }, hintKeys: [.up, .down]),
    Binding(
      [.up], .find(-1), .search, in: [.search], "the previous match"),
    Binding(
      [.character("n")], .find(1), .find, "the next match (during a search)",
      hint: { _ in "matches" }, hintKeys: [.character("n"), .character("N")]),
    Binding(
      [.character("N")], .find(-1), .find, "the previous match (during a search)"),
  ]

  /// Moving through a run. While the learner looks back, these keys work in every pane.
  private static let time: [Binding] = [
    Binding(
      [.character(".")], .scrub(1), .time,
      hint: { _ in "one event" }, hintKeys: [.character(","), .character(".")],
      when: .laterEvents),
    Binding([.character(",")], .scrub(-1), .time),
    Binding(
      [.right], .scrubColumns(1), .time,
      hint: { _ in "along" }, hintKeys: [.left, .right], when: .rewound),
    Binding(
      [.left], .scrubColumns(-1), .time, when: .rewound),
    Binding(
      [.left], .scrubColumns(-1), .time, panes: Model.runPanes),
    Binding(
      [.home], .runStart, .time, when: .rewound),
    Binding(
      [.home], .runStart, .time, panes: [.timeline, .events]),
    Binding(
      [.character("F"), .end], .followLive, .time,
      hint: { $0.session?.isLive == true ? "live" : "to the end" }, when: .rewound),
    Binding(
      [.character("G")], .followLive, .time, panes: [.code, .timeline, .events], when: .rewound),
    Binding(
      [.character(" ")], .play, .time,
      hint: { $0.session?.isPlaying == true ? "pause" : "play" }, when: .play),
    Binding(
      [.character("g")], .endOfWait(), .time,
      hint: { _ in "what ended it?" }),
  ]

  /// Recordings.
  private static let recordings: [Binding] = [
    Binding(
      [.character("w")], .save(), .recordings,
      hint: { _ in "save" }),
    Binding(
      [.character("R")], .recordings(.replay), .recordings, in: [.panes, .lessons],
      hint: { _ in "recordings" }),
    Binding(
      [.character("c")], .recordings(.compare), .recordings, hint: { _ in "compare" }),
    Binding(
      [.control("x")], .removeRecording, .picker, in: [.recordings],
      hint: { $0.selectedRecording?.isRemoved == true ? "restore" : "remove" }),
  ]

  /// The scale and the speed of time.
  private static let pace: [Binding] = [
    Binding(
      [.character("+")], .zoomTime(isIn: true), .time,
      hint: { _ in "zoom time" }, hintKeys: [.character("+"), .character("-")]),
    Binding(
      [.character("-")], .zoomTime(isIn: false), .time),
    Binding(
      [.character(")")], .speed(1), .time,
      hint: { speedWords($0) }, hintKeys: [.character("("), .character(")")]),
    Binding([.character("(")], .speed(-1), .time),
  ]

  private static let running: [Binding] = [
    Binding(
      [.character(" ")], .togglePause, .run,
      hint: { $0.session?.isPauseRequested == true ? "resume" : "pause" }),
    Binding(
      [.character(".")], .stepOnce, .run, hint: { stepWords($0) }),
    Binding(
      [.character("X")], .stop, .run, in: [.panes, .finding], hint: { _ in "stop" }),
    Binding(
      [.character("f")], .finding, .run,
      hint: { _ in "finding" }),
    Binding(
      [.character("c")], .recordings(.compare), .recordings,
      hint: { _ in "compare both runs" }, when: .offersComparison),
    Binding(
      [.character("r")], .run(), .run,
      hint: { $0.session == nil ? "run" : "run again" }),
    Binding(
      [.enter], .run(), .run, panes: [.lesson], "run what the lesson shows, where it has no link",
      when: .noLink),
  ]

  private static let changing: [Binding] = [
    Binding(
      [.character("p")], .parameters(), .run,
      hint: { _ in "parameters" }),
    Binding(
      [.right], .otherRun(1), .lessonPane, panes: [.lesson],
      hint: { _ in "other run" }, hintKeys: [.left, .right]),
    Binding(
      [.left], .otherRun(-1), .lessonPane, panes: [.lesson]),
    Binding([.character("v")], .answer, .lesson, hint: { _ in "answer" }),
    Binding(
      [.character("m")], .measures, .run, hint: { $0.showsAllMeasures ? "less" : "more" }),
  ]

  private static let course: [Binding] = [
    Binding(
      [.character("]")], .nextStep, .lesson,
      hint: { model in
        model.nextPlace.map { $0.lesson == model.place.lesson } == false
          ? "next lesson" : "next step"
      }),
    Binding([.character("[")], .previousStep, .lesson),
    Binding(
      [.character("n")], .nextStep, .lesson, "the next step (without a search)",
      when: .noSearch),
    Binding(
      [.character("N")], .previousStep, .lesson, "the previous step (without a search)",
      when: .noSearch),
    Binding(
      [.enter], .follow, .lesson, panes: [.lesson],
      hint: { _ in "follow link" }),
    Binding(
      [.backspace], .back, .lesson, panes: [.lesson],
      hint: { _ in "back" }),
  ]

  private static let panes: [Binding] = [
    Binding(
      [.tab], .nextPane, .panes, hint: { _ in "pane" }),
    Binding([.backTab], .previousPane, .panes),
    Binding(
      [.escape], .close, .program, in: everywhere,
      hint: { $0.closable ?? "" }),
    Binding(
      [.character("?"), .function(1)], .help, .program, in: lists.union([.finding]),
      hint: { _ in "help" }, when: Condition { $0.scope == .help ? .no("the help is open") : .now }),
    Binding(
      [.character(":")], .palette, .program, in: lists.union([.finding]), hint: { _ in "commands" }),
    Binding([.character("1")], .pane(1), .panes),
    Binding([.character("2")], .pane(2), .panes),
    Binding([.character("3")], .pane(3), .panes),
    Binding([.character("4")], .pane(4), .panes),
    Binding([.character("5")], .pane(5), .panes),
    Binding([.character("6")], .pane(6), .panes),
    Binding([.character("7")], .pane(7), .panes),
  ]

  private static let wider: [Binding] = [
    Binding(
      [.control("d")], .reset, .form, in: forms,
      hint: { _ in "defaults" }),
    Binding(
      [.character("/")], .search, .find, in: [.panes],
      hint: { _ in "find" }),
    Binding(
      [.character("/")], .palette, .help, in: [.help], "find a command by its words",
      hint: { _ in "find" }),
    Binding(
      [.character("/")], .contents, .list, in: [.lessons], "find a step by its title",
      hint: { _ in "find" }),
    Binding(
      [.character("t")], .contents, .lesson, in: [.panes, .lessons], hint: { _ in "contents" }),
    Binding(
      [.character("L")], .lessons, .lesson, in: [.panes, .help],
      hint: { _ in "lessons" }),
    Binding(
      [.character("z")], .zoom, .panes,
      hint: { $0.isZoomed ? "unzoom" : "zoom" }),
    Binding(
      [.character("y")], .copy, .find, hint: { _ in "copy" }),
    Binding(
      [.character("Y")], .copyCommand, .find),
    Binding(
      [.character("S")], .settings, .program, in: [.panes, .lessons], hint: { _ in "settings" }),
  ]

  private static let borders: [Binding] = [
    Binding(
      [.character(">")], .moveSideBorder(2), .panes),
    Binding(
      [.character("<")], .moveSideBorder(-2), .panes),
    Binding(
      [.character("}")], .moveLowerBorder(1), .panes),
    Binding(
      [.character("{")], .moveLowerBorder(-1), .panes),
    Binding(
      [.character("=")], .resetBorders, .panes),
  ]

  private static let movement: [Binding] = [
    Binding(
      [.character("j"), .down], .move(1), .movement, in: lists,
      hint: { _ in "move" }, hintKeys: [.character("j"), .character("k")]),
    Binding([.character("k"), .up], .move(-1), .movement, in: lists),
    Binding(
      [.pageDown, .character(" ")], .page(1), .movement, in: lists),
    Binding([.pageUp], .page(-1), .movement, in: lists),
    Binding([.character("g"), .home], .top, .movement, in: lists),
    Binding(
      [.character("G"), .end], .bottom, .movement, in: lists,
      panes: [.lesson, .contents, .state, .pools, .bars, .picture, .waits, .exceptions]),
    Binding(
      [.character("G"), .end], .bottom, .livePanes, panes: [.code, .timeline, .events]),
  ]

  private static let program: [Binding] = [
    Binding(
      [.control("c")], .interrupt, .program, in: everywhere),
    Binding([.control("l")], .repaint, .program, in: everywhere),
    Binding(
      [.control("z")], .suspend, .program, in: everywhere),
    Binding(
      [.character("q")], .quit, .program, in: lists.union([.finding]),
      hint: { _ in "quit" }),
  ]
}
