internal import LessonKit
internal import Catalog
internal import Screen

/// THE table of keys: the footer, the help and the README's table are made from it.
///
/// The order is the footer's: what is most useful first. Of several rows for one key the first
/// that is available acts.
public enum KeyTable {
  static let everywhere: Set<Binding.Scope> = [
    .panes, .lessons, .parameters, .help, .finding,
  ]
  static let lists: Set<Binding.Scope> = [.panes, .lessons, .help]

  /// Every row, in the footer's order: of several for one key the first available acts.
  public static let bindings: [Binding] =
    layers + running + course + panes + changing + wider + movement + program

  private static let layers: [Binding] = [
    Binding(
      [.enter], .accept, .list, in: [.lessons], "open the selected lesson",
      hint: { _ in "open" }),
    Binding(
      [.enter], .accept, .form, in: [.parameters], "run with these values",
      hint: { _ in "run" }, when: needsNoStop),
    Binding(
      [.up, .backTab], .move(-1), .form, in: [.parameters], "the field above"),
    Binding(
      [.down, .tab], .move(1), .form, in: [.parameters], "the field below",
      hint: { _ in "move" }, hintKeys: [.up, .down]),
    Binding(
      [.character(" "), .right], .choose(1), .form, in: [.parameters], "the next choice",
      hint: { _ in "change" }, when: needsChoice),
    Binding(
      [.left], .choose(-1), .form, in: [.parameters], "the choice before", when: needsChoice),
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
      [.character("f")], .finding, .run, "show what the run was found to do, drawn",
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
      [.right], .otherRun(1), .run, "choose the step's next run",
      hint: { _ in "other run" }, hintKeys: [.left, .right], when: needsSeveral),
    Binding(
      [.left], .otherRun(-1), .run, "choose the step's run before", when: needsSeveral),
  ]

  private static let course: [Binding] = [
    Binding(
      [.character("]"), .character("n")], .nextStep, .lesson, "the next step",
      hint: { model in
        model.nextPlace.map { $0.lesson == model.place.lesson } == false
          ? "next lesson" : "next step"
      },
      when: { $0.nextPlace == nil ? .no("this is the last step") : .now }),
    Binding(
      [.character("["), .character("N")], .previousStep, .lesson, "the step before",
      when: { $0.previousPlace == nil ? .no("this is the first step") : .now }),
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
      [.character("?")], .help, .program, in: lists, "all keys",
      hint: { _ in "help" }, when: { $0.scope == .help ? .no("the help is open") : .now }),
    Binding([.character("1")], .pane(1), .panes, "the lesson"),
    Binding([.character("2")], .pane(2), .panes, "the code"),
    Binding([.character("3")], .pane(3), .panes, "the state, or the chart"),
    Binding([.character("4")], .pane(4), .panes, "the timeline"),
    Binding([.character("5")], .pane(5), .panes, "the events"),
  ]

  private static let wider: [Binding] = [
    Binding(
      [.control("d")], .reset, .form, in: [.parameters], "all values back to their defaults",
      hint: { _ in "defaults" }),
    Binding(
      [.character("L")], .lessons, .lesson, in: [.panes, .help], "the list of lessons",
      hint: { _ in "lessons" }),
    Binding(
      [.character("z")], .zoom, .panes, "give the pane the whole screen, and take it back",
      hint: { $0.isZoomed ? "unzoom" : "zoom" }, when: needsRoom),
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

  // MARK: conditions

  private static let needsRunnable: @Sendable (Model) -> Binding.Availability = { model in
    model.selectedRequest == nil ? .no("there is nothing to run here") : needsNoStop(model)
  }

  private static let needsNoStop: @Sendable (Model) -> Binding.Availability = { model in
    model.awaited != nil || model.queued != nil || model.session?.isStopping == true
      ? .no("the run is just beginning or ending") : .now
  }

  private static let needsLive: @Sendable (Model) -> Binding.Availability = { model in
    guard let session = model.session, session.isLive else { return .no("nothing is running") }
    return session.isStopping ? .no("the run is stopping") : .now
  }

  private static let needsPaused: @Sendable (Model) -> Binding.Availability = { model in
    guard let session = model.session, session.isLive, !session.isStopping else {
      return .no("nothing is running")
    }
    return session.isPaused ? .now : .no("pause the run first")
  }

  private static let needsFinding: @Sendable (Model) -> Binding.Availability = { model in
    model.session?.findings.isEmpty == false ? .now : .no("nothing was found in this run")
  }

  private static let needsSeveral: @Sendable (Model) -> Binding.Availability = { model in
    (model.step?.runs.count ?? 0) > 1 ? .now : .no("this step has no other run")
  }

  private static let needsChoice: @Sendable (Model) -> Binding.Availability = { model in
    if case .parameters(let form) = model.layer, form.isChoice { return .now }
    return .no("this value is typed")
  }

  private static let needsRoom: @Sendable (Model) -> Binding.Availability = { model in
    model.isZoomed || !model.layout.isSingle ? .now : .no("the pane has the whole screen already")
  }
}
