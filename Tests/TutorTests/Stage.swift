internal import Catalog
internal import LessonKit
internal import Lessons
internal import Screen
internal import Trace

@testable import RunViews
@testable import Tutor

/// The tutor with the built-in lessons, driven by keys and events without a terminal.
struct Stage {
  var model: Model
  private(set) var effects: [Effect] = []
  private(set) var now: UInt64 = 1_000_000_000

  // Parsed once, because a thousand stages use them.
  private static let catalog = DemoCatalog(cores: 2)
  private static let course = Result {
    try CourseLoader(catalog: catalog).course(of: BuiltInLessons.documents)
  }
  private static let listings = BuiltInLessons.files.filter { $0.name.hasSuffix(".py") }
    .map { Listing(name: $0.name, text: $0.text) }

  init(
    _ columns: Int = 120, _ rows: Int = 40, lesson: Int = 4, step: Int = 1,
    glyphs: Glyphs = .unicode, splits: Splits = Splits(), isFirstStart: Bool = false,
    playbackSpeed: PlaybackSpeed = .own
  ) throws {
    let course = try Self.course.get()
    let start = course.lessons.firstIndex { $0.number == lesson }.map { ($0, step - 1) }
    self.init(
      course, columns, rows, start: start, glyphs: glyphs, splits: splits,
      isFirstStart: isFirstStart, playbackSpeed: playbackSpeed)
  }

  /// A tutor with one document.
  init(document: String, _ columns: Int = 120, _ rows: Int = 40) throws {
    let loader = CourseLoader(catalog: Self.catalog, listings: Self.listings)
    let course = Course(lessons: try loader.lessons(name: "document.md", text: document))
    self.init(course, columns, rows)
  }

  private init(
    _ course: Course, _ columns: Int, _ rows: Int,
    start: (Int, Int)? = nil, glyphs: Glyphs = .unicode, splits: Splits = Splits(),
    isFirstStart: Bool = false, playbackSpeed: PlaybackSpeed = .own
  ) {
    model = Model(
      course: course,
      listings: Dictionary(uniqueKeysWithValues: Self.listings.map { ($0.name, $0) }),
      catalog: Self.catalog,
      size: Size(columns: columns, rows: rows), glyphs: glyphs, start: start, splits: splits,
      isFirstStart: isFirstStart, playbackSpeed: playbackSpeed)
    send(.tick(now: now))
  }

  mutating func send(_ message: Message) {
    effects += update(&model, message)
  }

  /// Presses keys one after the other. Afterwards, `effects` contains only their effects.
  mutating func press(_ keys: Key...) {
    effects = []
    for key in keys { send(.input(.key(key))) }
  }

  mutating func type(_ text: String) {
    effects = []
    for character in text { send(.input(.key(.character(character)))) }
  }

  mutating func wait(milliseconds: UInt64) {
    now += milliseconds * 1_000_000
    send(.tick(now: now))
  }

  /// Plays a script as if the effect runner had started the run.
  mutating func play(_ script: RunScript, of demo: String, words: [String] = []) throws {
    let request = try RunRequest(words: [demo] + words, in: model.catalog)
    send(.runBegan(request))
    send(.events(script.events))
  }

  var lines: [String] { render(model).lines }
  var picture: String { lines.joined(separator: "\n") + "\n" }
  var footer: String { lines.last ?? "" }
}
