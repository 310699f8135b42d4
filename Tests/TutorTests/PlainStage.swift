internal import Catalog
internal import Events
internal import LessonKit
internal import Lessons
internal import Screen
internal import Testing

@testable import Plain
@testable import RunViews
@testable import Tutor

/// The plain tutor with the built-in lessons, driven by typed lines and scripted runs.
struct PlainStage {
  var tutor: PlainTutor
  /// The output so far, as it would be written to a pipe.
  private(set) var said = ""
  private(set) var effects: [Effect] = []
  /// Makes the events of a requested run, or nil if the test sends them.
  var run: (@Sendable (RunRequest) -> [Event])?
  /// The saved runs.
  var recent: [RecentRun] = []

  // Parsed once, because there are many stages.
  private static let course = Result {
    try CourseLoader(catalog: DemoCatalog(cores: 2)).course(of: BuiltInLessons.documents)
  }
  private static let listings = Dictionary(
    uniqueKeysWithValues: BuiltInLessons.files.filter { $0.name.hasSuffix(".py") }
      .map { ($0.name, Listing(name: $0.name, text: $0.text)) })

  init(
    lesson: Int = 4, step: Int = 1, isScripted: Bool = true,
    run: (@Sendable (RunRequest) -> [Event])? = nil
  ) throws {
    let course = try Self.course.get()
    let model = Model(
      course: course, listings: Self.listings, catalog: DemoCatalog(cores: 2),
      size: Size(columns: 80, rows: 24),
      start: course.lessons.firstIndex { $0.number == lesson }.map { ($0, step - 1) })
    self.init(model, isScripted: isScripted, run: run)
  }

  init(
    document text: String, name: String = "blocks.md",
    run: (@Sendable (RunRequest) -> [Event])? = nil
  ) throws {
    let catalog = DemoCatalog(cores: 2)
    let lesson = try CourseLoader(catalog: catalog).lesson(name: name, text: text)
    let model = Model(
      course: Course(lessons: [lesson]), listings: [:], catalog: catalog,
      size: Size(columns: 80, rows: 24))
    self.init(model, isScripted: true, run: run)
  }

  init(
    _ model: Model, isScripted: Bool, run: (@Sendable (RunRequest) -> [Event])?
  ) {
    tutor = PlainTutor(model, isScripted: isScripted)
    self.run = run
    take(tutor.begin())
  }

  private mutating func take(_ answer: PlainAnswer) {
    said += PlainPage(width: nil, isASCII: tutor.isASCII).text(of: answer.lines)
    effects += answer.effects
    for effect in answer.effects {
      if case .listRuns(let purpose) = effect {
        send(.message(.recentRuns(recent, purpose)))
      }
      guard case .start(let request) = effect else { continue }
      send(.message(.runBegan(request)))
      if let run { send(.message(.events(run(request)))) }
    }
  }

  mutating func send(_ input: PlainInput) { take(tutor.handle(input)) }

  /// Types lines. Afterwards, `said` contains only the answers to them.
  mutating func type(_ lines: String...) {
    said = ""
    effects = []
    for line in lines { send(.line(line)) }
  }

  /// Forgets the output so far.
  mutating func clear() { said = "" }

  mutating func events(_ events: [Event]) {
    said = ""
    send(.message(.events(events)))
  }

  var lines: [String] { said.split(separator: "\n").map(String.init) }
  func says(_ text: String) -> Bool { said.contains(text) }
}

extension PlainStage: CustomTestStringConvertible {
  /// The stage in the message of a failed expectation.
  var testDescription: String { "\(effects)\n\(said)" }
}

extension RunScript {
  /// Scripted events for a run of each demo.
  static func events(of request: RunRequest) -> [Event] {
    switch request.demo.id {
    case "pool-sizing": poolSizing().events
    case "factorial": factorials().events
    default: producerConsumer(until: 1600).events
    }
  }

  /// A pool of two threads that computes three factorials.
  static func factorials() -> RunScript {
    var script = RunScript("factorial")
    script.name(1, "pool", "pool")
    script.thread(2, named: "worker-1", at: 100)
    script.thread(3, named: "worker-2", at: 150)
    script.add(.poolOpen, object: 1) { $0[1] = 2 }
    for (task, value) in [(1, 1), (2, 2), (3, 6)] {
      let worker = 2 + task % 2
      for kind in [EventKind.taskSubmit, .taskStart, .taskFinish] {
        script.add(kind, by: kind == .taskSubmit ? 1 : worker) {
          $0[0] = Int64(kind == .taskFinish ? value : task)
          $0[1] = 1
          $0[2] = Int64(task)
        }
      }
    }
    script.add(.threadExit, by: 2)
    script.add(.threadExit, by: 3)
    script.add(.poolClose, object: 1) { $0[1] = 2 }
    for (input, value) in [("1!", 1), ("2!", 2), ("3!", 6)] {
      script.add(.result, texts: [input]) { $0[0] = Int64(value) }
    }
    script.finish(.completed, at: script.time)
    return script
  }

  /// One thread that appends faster than plain mode can describe.
  static func busy(_ count: Int) -> RunScript {
    var script = RunScript("producer-consumer")
    script.name(1, "shared_list", "list")
    script.thread(2, named: "add_thread", at: 100)
    for number in 1...count {
      script.add(.listAppend, by: 2, object: 1) {
        $0[0] = Int64(number)
        $0[1] = Int64(number)
      }
    }
    script.add(.threadExit, by: 2)
    script.finish(.completed, at: script.time)
    return script
  }
}
