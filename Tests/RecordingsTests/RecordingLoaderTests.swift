import Glibc
import Platform
import TestEvents
import TestFaults
import TestTerminal
import Testing

@testable import Events
@testable import Recordings

/// Takes the news of an opening, and waits for them.
private final class NewsBox: Sendable {
  private let news = Guarded<[RecordingNews]>([])
  private let arrived = PollSignal()

  func put(_ one: RecordingNews) {
    news.withLock { $0.append(one) }
    arrived?.set()
  }

  var all: [RecordingNews] { news.withLock { $0 } }

  /// Waits until the news are as wanted; a generous time at most.
  func wait(_ isWanted: ([RecordingNews]) -> Bool) -> Bool {
    let deadline = MonotonicClock.now() + 20_000_000_000
    while !isWanted(all) {
      guard MonotonicClock.now() < deadline else { return false }
      _ = arrived?.wait(milliseconds: 1000)
      arrived?.clear()
    }
    return true
  }

  /// The number of events, without copying them.
  static func count(_ news: [RecordingNews]) -> Int {
    news.reduce(0) { count, one in
      if case .events(let events, _, _) = one { count + events.count } else { count }
    }
  }

  static func events(_ news: [RecordingNews]) -> [Event] {
    news.flatMap { if case .events(let events, _, _) = $0 { events } else { [Event]() } }
  }

  static func isOver(_ news: [RecordingNews]) -> Bool {
    switch news.last {
    case .ended, .refused: true
    default: false
    }
  }

  /// The last news, as text.
  var ending: String {
    switch all.last {
    case .ended(let end): "\(end)"
    case .refused(let reason): reason
    default: "not over"
    }
  }
}

@Suite("Opening a recording", .faultMatrix)
struct RecordingLoaderTests {
  private static func bytes(events count: Int) -> [UInt8] {
    var bytes = Array(RecordingHeader(demo: "lock").json().utf8)
    for seq in 1...count {
      bytes.append(10)
      Event(.line, seq: UInt64(seq), line: 3).writeJSON(to: &bytes)
    }
    return bytes
  }

  /// The number of events in a recording that takes two pauses to read.
  private static let longCount = 2 * RecordingLoader.lookAhead + 20_000
  private static let long = bytes(events: longCount)

  private static func open(_ path: String) throws -> (RecordingLoader, NewsBox) {
    let box = NewsBox()
    return (try RecordingLoader(path) { box.put($0) }, box)
  }

  @Test("The header comes first, then the events with progress, then the end")
  func news() throws {
    let folder = try TemporaryFolder()
    let bytes = Self.bytes(events: 5000)
    try folder.write(bytes, to: "run")
    let (opening, box) = try Self.open(folder("run"))
    #expect(box.wait(NewsBox.isOver))
    guard case .began(let header) = box.all.first else {
      Issue.record("\(box.ending)")
      return
    }
    #expect(header.demo == "lock")
    #expect(NewsBox.events(box.all).map(\.seq) == (1...5000).map { UInt64($0) })
    #expect(box.ending == "\(RecordingEnd.cut(line: 5000))" || box.ending == "cut(line: 5001)")
    let last = box.all.dropLast().last
    if case .events(_, let read, let size) = last {
      #expect(read == bytes.count && size == bytes.count)
    } else {
      Issue.record("no events before the end")
    }
    opening.cancel()
  }

  @Test("Reading ahead is limited, and continues when events are taken")
  func lookAhead() throws {
    let folder = try TemporaryFolder()
    let count = Self.longCount
    try folder.write(Self.long, to: "run")
    let (opening, box) = try Self.open(folder("run"))
    var taken = 0
    while taken < count {
      #expect(box.wait { NewsBox.count($0) > taken })
      let ahead = NewsBox.count(box.all) - taken
      // One piece of the file may bring it beyond.
      #expect(ahead < RecordingLoader.lookAhead + 8000)
      taken += ahead
      opening.taken(ahead)
    }
    #expect(box.wait(NewsBox.isOver))
    #expect(NewsBox.count(box.all) == count)
  }

  @Test("Reading stops when it is cancelled or its owner is gone")
  func cancels() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.long, to: "run")
    try #require(mkfifo(folder("pipe"), 0o600) == 0)
    for name in ["run", "pipe"] {
      for isHeld in [true, false] {
        var (opening, box): (RecordingLoader?, NewsBox) = try Self.open(folder(name))
        if name == "run" {
          #expect(box.wait { NewsBox.count($0) >= RecordingLoader.lookAhead })
        }
        if isHeld { opening?.cancel() }
        opening = nil
        #expect(Self.waitForNoReader())
        #expect(!NewsBox.isOver(box.all))
      }
    }
  }

  /// Waits until the threads that read are gone.
  private static func waitForNoReader() -> Bool {
    let deadline = MonotonicClock.now() + 20_000_000_000
    while Kernel.threads(of: getpid()).values.contains("lockstep:open") {
      guard MonotonicClock.now() < deadline else { return false }
      sched_yield()
    }
    return true
  }

  @Test("Events arrive from a pipe as they are written")
  func fifo() throws {
    let folder = try TemporaryFolder()
    try #require(mkfifo(folder("pipe"), 0o600) == 0)
    let (opening, box) = try Self.open(folder("pipe"))
    let writer = Glibc.open(folder("pipe"), O_WRONLY | O_CLOEXEC)
    let bytes = Self.bytes(events: 20)
    #expect(Glibc.write(writer, bytes, 700) == 700)
    #expect(box.wait { !NewsBox.events($0).isEmpty })
    #expect(Glibc.write(writer, Array(bytes[700...]), bytes.count - 700) == bytes.count - 700)
    close(writer)
    #expect(box.wait(NewsBox.isOver))
    #expect(NewsBox.count(box.all) == 20)
    opening.cancel()
  }

  @Test("Row 59: The file may be truncated or deleted while it is read")
  func vanishes() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.long, to: "run")
    let (opening, box) = try Self.open(folder("run"))
    #expect(box.wait { NewsBox.count($0) >= RecordingLoader.lookAhead })
    #expect(truncate(folder("run"), 1000) == 0 && unlink(folder("run")) == 0)
    opening.taken(1 << 30)
    #expect(box.wait(NewsBox.isOver))
    #expect(box.ending.hasPrefix("cut"))
  }

  @Test(
    "An unreadable file is refused with its name and the reason",
    arguments: [
      ("/dev/zero", "binary"), ("/", "a folder"), ("/dev/null", "empty"),
      ("/no/such", "does not exist"), ("/proc/self/cmdline", "text"),
    ])
  func refuses(path: String, reason: String) throws {
    let (opening, box) = try Self.open(path)
    #expect(box.wait(NewsBox.isOver))
    #expect(box.ending.hasPrefix(path) && box.ending.contains(reason), "\(box.ending)")
    #expect(box.all.count == 1)
    opening.cancel()
  }
}
