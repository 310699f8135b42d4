import CPlatform
import Concurrency
import Glibc
import TestTerminal
import Testing

@testable import Trace
@testable import lockstep

/// Takes the news of an opening, and waits for them.
private final class NewsBox: Sendable {
  private let news = Guarded<[RecordingNews]>([])
  private let arrived = lks_eventfd()

  deinit { close(arrived) }

  func put(_ one: RecordingNews) {
    news.withLock { $0.append(one) }
    var number: UInt64 = 1
    _ = Glibc.write(arrived, &number, 8)
  }

  var all: [RecordingNews] { news.withLock { $0 } }

  /// Waits until the news are as wanted; a generous time at most.
  func wait(_ isWanted: ([RecordingNews]) -> Bool) -> Bool {
    let deadline = MonotonicClock.now() + 20_000_000_000
    while !isWanted(all) {
      guard MonotonicClock.now() < deadline else { return false }
      var polled = pollfd(fd: arrived, events: Int16(POLLIN), revents: 0)
      _ = poll(&polled, 1, 1000)
      var count: UInt64 = 0
      _ = Glibc.read(arrived, &count, 8)
    }
    return true
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

@Suite("A recording that is opened")
struct RecordingOpeningTests {
  private static func bytes(events count: Int) -> [UInt8] {
    var bytes = Array(RecordingHeader(demo: "lock").json().utf8)
    for seq in 1...count {
      bytes.append(10)
      Event(.line, seq: UInt64(seq), line: 3).writeJSON(to: &bytes)
    }
    return bytes
  }

  private static func open(_ path: String) throws -> (RecordingOpening, NewsBox) {
    let box = NewsBox()
    return (try RecordingOpening(path) { box.put($0) }, box)
  }

  @Test("tells what it is of, then its events in order with how far it is, then how it ends")
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

  @Test("is not parsed further than so far ahead, and goes on when events are taken")
  func lookAhead() throws {
    let folder = try TemporaryFolder()
    let count = 200_000
    try folder.write(Self.bytes(events: count), to: "run")
    let (opening, box) = try Self.open(folder("run"))
    var taken = 0
    while taken < count {
      #expect(box.wait { NewsBox.events($0).count > taken })
      let ahead = NewsBox.events(box.all).count - taken
      // One piece of the file may bring it beyond.
      #expect(ahead < RecordingOpening.lookAhead + 8000)
      taken += ahead
      opening.taken(ahead)
    }
    #expect(box.wait(NewsBox.isOver))
    #expect(NewsBox.events(box.all).count == count)
  }

  @Test("is not read any further once it is cancelled, or nobody holds it")
  func cancels() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.bytes(events: 200_000), to: "run")
    try #require(mkfifo(folder("pipe"), 0o600) == 0)
    for name in ["run", "pipe"] {
      for isHeld in [true, false] {
        var (opening, box): (RecordingOpening?, NewsBox) = try Self.open(folder(name))
        if name == "run" {
          #expect(box.wait { NewsBox.events($0).count >= RecordingOpening.lookAhead })
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

  @Test("may be a pipe, and then comes as it is written")
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
    #expect(NewsBox.events(box.all).count == 20)
    opening.cancel()
  }

  @Test("may be made shorter or be taken away while it is read")
  func vanishes() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.bytes(events: 200_000), to: "run")
    let (opening, box) = try Self.open(folder("run"))
    #expect(box.wait { NewsBox.events($0).count >= RecordingOpening.lookAhead })
    #expect(truncate(folder("run"), 1000) == 0 && unlink(folder("run")) == 0)
    opening.taken(1 << 30)
    #expect(box.wait(NewsBox.isOver))
    #expect(box.ending.hasPrefix("cut"))
  }

  @Test(
    "is refused with its name and the reason where it cannot be read",
    arguments: [
      ("/dev/zero", "binary"), ("/", "a folder"), ("/dev/null", "empty"),
      ("/no/such", "No such file"), ("/proc/self/cmdline", "text"),
    ])
  func refuses(path: String, reason: String) throws {
    let (opening, box) = try Self.open(path)
    #expect(box.wait(NewsBox.isOver))
    #expect(box.ending.hasPrefix(path) && box.ending.contains(reason), "\(box.ending)")
    #expect(box.all.count == 1)
    opening.cancel()
  }
}
