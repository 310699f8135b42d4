import ArgumentParser
import CPlatform
import Catalog
import Curses
import Glibc
import LessonKit
import Lessons
import Screen
import Tutor

/// `lockstep [LESSON[/STEP]]`: the tutor on the full screen.
struct OpenTutor: ParsableCommand {
  enum ThemeName: String, ExpressibleByArgument, CaseIterable {
    case dark, light
  }

  static let configuration = CommandConfiguration(
    commandName: "tutor", abstract: "Open the tutor.", shouldDisplay: false)

  @Argument(
    help: ArgumentHelp(
      "A lesson by number or name, and perhaps a step: 4, 4/2, factorial/1.",
      valueName: "LESSON[/STEP]"))
  var place: String?

  @Option(help: "Colours for a dark or a light background (else by COLORFGBG, else dark).")
  var theme: ThemeName?

  func run() throws {
    try Self.open(place, theme: theme)
  }

  /// Opens the tutor and returns when the learner has left it.
  /// - Throws: `Failure` for a place there is not, or a terminal that cannot be had.
  static func open(_ place: String?, theme: ThemeName? = nil) throws {
    let catalog = DemoCatalog(cores: Int(lks_available_cores()))
    let course = try BuiltInCourse.load(catalog)
    let start = try place.map { try Place(text: $0, in: course) }
    let runner = try EffectRunner()
    do throws(TerminalError) {
      let relay = try SignalRelay()
      let terminal = try Terminal(after: relay, theme: chosenTheme(theme))
      show(course, catalog, at: start, on: terminal, relay: relay, runner: runner)
    } catch {
      throw Failure("\(error); lockstep run DEMO needs no terminal", .needsTerminal)
    }
  }

  private static func show(
    _ course: Course, _ catalog: DemoCatalog, at start: Place?, on terminal: consuming Terminal,
    relay: consuming SignalRelay, runner: EffectRunner
  ) {
    let model = Model(
      course: course, listings: BuiltInCourse.listings(of: catalog), catalog: catalog,
      size: terminal.size, glyphs: terminal.glyphs,
      start: start.map { (lesson: $0.lesson, step: $0.step) })
    var loop = EventLoop(terminal: terminal, relay: relay, runner: runner, model: model)
    let ending = loop.run()
    loop.close()
    if let ending { Finish.dieBySignal(ending.number) }
  }

  /// The theme asked for, or the one that fits the background the terminal tells of.
  private static func chosenTheme(_ name: ThemeName?) -> Theme {
    switch name {
    case .dark: return .dark
    case .light: return .light
    case nil: break
    }
    // rxvt's convention, kept by others: foreground;background as palette numbers.
    let background = getenv("COLORFGBG").map { String(cString: $0) }?.split(separator: ";").last
    return background == "7" || background == "15" ? .light : .dark
  }
}

/// A lesson and a step, as a person names them.
struct Place {
  /// The lesson's number and the step's, both from 1.
  let lesson: Int
  let step: Int

  /// - Throws: `Failure` that says which lessons or steps there are.
  init(text: String, in course: Course) throws {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard
      let lesson = course.lessons.first(where: {
        $0.id == name || ($0.number.map { "\($0)" } ?? "") == name
      }), let lessonNumber = lesson.number
    else {
      throw Failure(Self.unknown(name, in: course), .wrongUsage)
    }
    self.lesson = lessonNumber
    guard parts.count == 2 else {
      step = 1
      return
    }
    let steps = lesson.steps.count
    guard let number = Int(parts[1]), (1...max(1, steps)).contains(number) else {
      throw Failure(
        "lesson \(name) has no step \"\(parts[1])\"; its steps are 1...\(steps)", .wrongUsage)
    }
    step = number
  }

  private static func unknown(_ name: String, in course: Course) -> String {
    if let command = Suggestion.closest(to: name, among: Lockstep.commandNames) {
      return "no lesson or command is called \"\(name)\" (did you mean \(command)?)"
    }
    let ids = course.lessons.map(\.id)
    let hint = Suggestion.closest(to: name, among: ids).map { " (did you mean \($0)?)" } ?? ""
    let known = course.lessons.map { "\($0.number ?? 0) \($0.id)" }
    return "no lesson or command is called \"\(name)\"\(hint); the lessons are \(known.listed)"
  }
}
