import Catalog
import Events
import LessonKit
import Lessons
import Screen
import Tutor

@testable import Curses

private let catalog = DemoCatalog(cores: 2)
private let documents = BuiltInLessons.documents.filter { $0.name.hasPrefix("04") }
private let course = Course(
  lessons: documents.flatMap { document in
    (try? CourseLoader(catalog: catalog).lesson(name: document.name, text: document.text)).map {
      [$0]
    }
      ?? []
  })
private let listings = Dictionary(
  uniqueKeysWithValues: BuiltInLessons.files.filter { $0.name.hasSuffix(".py") }
    .map { ($0.name, Listing(name: $0.name, text: $0.text)) })

/// Drives the tutor with keys, pauses, other sizes and runs. Each piece is a pause, a length and the
/// bytes; instead of a piece, the length may choose another size of the screen.
///
/// - Each picture has the size of the screen, and no cell controls the terminal.
/// - Ctrl-C or `q` ends the program from anywhere in a few keys.
func checkTutor(_ bytes: [UInt8]) {
  // More pieces than these find nothing that fewer do not.
  var bytes = bytes.prefix(512)
  var stage = FuzzStage()
  while let pause = bytes.popFirst(), let length = bytes.popFirst(), !stage.hasQuit {
    stage.wait(milliseconds: UInt64(pause) * UInt64(pause) / 5)
    if length >= 0xC0 {
      stage.resize(bytes.popFirst() ?? 0, bytes.popFirst() ?? 0)
      stage.draw()
    } else {
      let piece = bytes.prefix(Int(length) % 16 + 1)
      bytes = bytes.dropFirst(piece.count)
      stage.type(piece)
    }
    // A picture takes longer than a key.
    if length & 0x20 != 0 { stage.draw() }
  }
  stage.draw()
  stage.wait(milliseconds: 60_000)
  for _ in 0..<12 where !stage.hasQuit { stage.type([3]) }
  expect(stage.hasQuit, "Ctrl-C does not end the tutor")
}

/// The tutor without a terminal, and with runs that a script plays.
private struct FuzzStage {
  private var model = Model(
    course: course, listings: listings, catalog: catalog, size: Size(columns: 80, rows: 24),
    start: (0, 0))
  private var decoder = InputDecoder()
  private var now: UInt64 = 5_000_000_000
  private(set) var hasQuit = false

  mutating func wait(milliseconds: UInt64) {
    let end = now + milliseconds * 1_000_000
    while let deadline = decoder.deadline, deadline <= end {
      now = max(now, deadline)
      take(decoder.expire(at: deadline))
    }
    now = end
    send(.tick(now: now))
  }

  mutating func type(_ bytes: some Collection<UInt8>) {
    take(decoder.decode(bytes, at: now))
  }

  mutating func resize(_ columns: UInt8, _ rows: UInt8) {
    send(.resized(Size(columns: Int(columns), rows: Int(rows) / 3)))
  }

  func draw() {
    let frame = render(model)
    expect(frame.size == model.size, "the picture has the size \(frame.size)")
    for y in 0..<frame.size.rows {
      for x in 0..<frame.size.columns {
        let value = frame[Point(x: x, y: y)].scalar.value
        expect(value >= 0x20 && !(0x7F..<0xA0).contains(value), "the cell \(x), \(y) is \(value)")
      }
    }
  }

  private mutating func take(_ inputs: [Input]) {
    for input in inputs { send(.input(input)) }
  }

  private mutating func send(_ message: Message) {
    for effect in update(&model, message) {
      switch effect {
      case .quit: hasQuit = true
      case .start(let request):
        send(.runBegan(request))
        send(.events(Self.events))
      case .stop: send(.events([Event(.runFinish, seq: 1_000, time: 9_000_000)]))
      default: break
      }
    }
  }

  /// A run of two threads that does not end.
  private static let events: [Event] = {
    var events = [Event(.runStart, seq: 1, texts: ["producer-consumer", "", "1"])]
    for number in 2...3 {
      var spawn = Event(.threadSpawn, seq: UInt64(number), time: UInt64(number) * 1_000)
      spawn.record[EventField.child.slot] = Int64(number)
      spawn.texts = ["thread \(number)"]
      events.append(spawn)
    }
    let kinds: [EventKind] = [.lockAcquire, .listAppend, .output, .lockRelease, .line]
    for number in 4...40 {
      events.append(
        Event(
          kinds[number % kinds.count], seq: UInt64(number), time: UInt64(number) * 100_000,
          actor: ActorID(2 + number / 5 % 2), object: ObjectID(1), line: number % 20,
          texts: ["text \(number)"]))
    }
    return events
  }()
}
