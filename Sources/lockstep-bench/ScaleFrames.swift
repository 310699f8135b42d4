import Catalog
import Events
import History
import LessonKit
import Screen
import Tutor

/// Measures the time from a key or click to the finished frame, with a long run on the screen.
struct ScaleFrames {
  private var model: Model
  private var queries: [ScaleFigures.Query] = []

  private static let rounds = 100

  /// Opens a recording without any events yet.
  init?() {
    let catalog = DemoCatalog(cores: 2)
    guard
      let course = try? CourseLoader(catalog: catalog).course(of: [("run.md", "# A long run\n")])
    else { return nil }
    model = Model(
      course: course, listings: [:], catalog: catalog, size: Size(columns: 120, rows: 40))
    let header = RecordingHeader(demo: "producer-consumer", engine: "native", cores: 2)
    _ = update(
      &model, .recordingBegan(header, path: "run.ndjson", isOfTheseLessons: true))
  }

  mutating func take(_ events: [Event]) {
    _ = update(&model, .recorded(events, read: 0, of: nil))
  }

  func draw() -> Frame { render(model) }

  /// Measures scrubbing and zooming in a run.
  static func queries(_ log: EventLog) -> [ScaleFigures.Query] {
    guard var frames = ScaleFrames() else { return [] }
    for start in stride(from: 0, to: log.count, by: 4096) {
      frames.take(Array(log.events(in: start..<start + 4096)))
    }
    _ = update(&frames.model, .recordingEnded(nil))
    let row = frames.lanesRow
    frames.measure("frame: click in the lanes") {
      .mouse(Mouse(Point(x: 118 - $0 * 17 % 40, y: row), .press))
    }
    frames.measure("frame: one event back") { _ in .key(.character(",")) }
    frames.measure("frame: one event forward") { _ in .key(.character(".")) }
    frames.measure("frame: zoom") { .key(.character($0 % 40 < 20 ? "+" : "-")) }
    for _ in 0..<6 { _ = update(&frames.model, .input(.key(.character("+")))) }
    frames.measure("frame: ← held down") { _ in .key(.left) }
    return frames.queries
  }

  /// A screen row with a lane.
  private var lanesRow: Int {
    let lines = draw().lines
    return (lines.lastIndex { $0.contains("Timeline") } ?? 0) + 3
  }

  /// - Parameter input: The user's input in each round.
  private mutating func measure(_ name: String, _ input: (Int) -> Input) {
    var last: Frame?
    var changes = 0
    queries.append(
      ScaleFigures.Query(name, rounds: Self.rounds) { round in
        _ = update(&model, .input(input(round)))
        let frame = draw()
        if frame != last { changes += 1 }
        last = frame
      })
    // A key without effect would be fast.
    precondition(changes > 2, "\(name): the screen does not change")
  }
}
