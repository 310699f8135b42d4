import CPlatform
import Glibc
import Platform
import SystemPackage
import TestFaults
import TestState
import TestTerminal
import Testing

@testable import Events
@testable import Recordings
@testable import StateFiles

@Suite("Recent runs", .faultMatrix)
struct RecordingShelfTests {
  private let folder: TemporaryFolder
  private var shelf: RecordingShelf

  init() throws {
    folder = try TemporaryFolder()
    shelf = RecordingShelf(in: StateFolder(path: folder.path))
  }

  private static func header(_ second: Int, _ demo: String = "lock") -> RecordingHeader {
    RecordingHeader(
      demo: demo, parameters: "threads=2",
      started: "2026-11-25T14:05:\(second < 10 ? "0" : "")\(second)Z")
  }

  private static let events = [
    Event(.runStart, seq: 1, texts: ["lock", "threads=2", "native", "1"]),
    Event(.output, seq: 2, time: 2_000_000, texts: ["hello"]),
  ]

  private static var finish: Event {
    var event = Event(.runFinish, seq: 3, time: 2_500_000_000)
    event.record[EventField.runOutcome.slot] = RunOutcome.completed.rawValue
    return event
  }

  /// Keeps a run to its end.
  private func keep(_ second: Int, _ demo: String = "lock") throws {
    let file = try shelf.begin(Self.header(second, demo)) { _ in }
    file.write(Self.events + [Self.finish])
  }

  private var names: [String] { folder.names(in: "recordings").filter { $0 != ".lock" } }

  @Test("Runs are named by time and demo, private, and listed newest first")
  func kept() throws {
    try keep(1)
    try keep(3, "producer-consumer")
    try keep(2)
    let list = shelf.list()
    #expect(
      list.map(\.name) == [
        "2026-11-25T14-05-03Z-producer-consumer.ndjson", "2026-11-25T14-05-02Z-lock.ndjson",
        "2026-11-25T14-05-01Z-lock.ndjson",
      ])
    #expect(list.last?.header == Self.header(1))
    #expect(list.last?.ending == .finished(.completed))
    #expect(list.last?.events == 3 && list.last?.duration == 2_500_000_000)
    #expect(list.last?.summary == "3 events, 2.5 s, completed")
    var status = stat()
    #expect(stat(folder("recordings"), &status) == 0 && status.st_mode & 0o777 == 0o700)
    #expect(stat(list[0].path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(try RecordingOnDisk(list[0].path).end == .whole)
  }

  @Test("Runs of the same second get different names")
  func sameSecond() throws {
    for _ in 1...3 { try keep(1) }
    #expect(
      names == [
        "2026-11-25T14-05-01Z-lock-2.ndjson", "2026-11-25T14-05-01Z-lock-3.ndjson",
        "2026-11-25T14-05-01Z-lock.ndjson",
      ])
    #expect(shelf.list().count == 3)
  }

  @Test("The oldest runs are deleted at the limit, but never one being written")
  mutating func count() throws {
    shelf.greatestCount = 3
    let oldest = try shelf.begin(Self.header(1)) { _ in }
    oldest.write(Self.events)
    for second in 2...6 { try keep(second) }
    #expect(shelf.list().map { $0.name.prefix(19).suffix(2) } == ["06", "05", "01"])
    #expect(shelf.list().last?.ending == .goesOn)
    oldest.write([Self.finish])
    #expect(shelf.list().last?.ending == .finished(.completed))
  }

  @Test("All runs together stay below the size limit, including room for the next")
  mutating func size() throws {
    try keep(1)
    let one = shelf.list()[0].size
    shelf.longestRecording = one * 2
    shelf.greatestSize = one * 5
    for second in 2...9 { try keep(second) }
    #expect(shelf.list().count == 4)
    #expect(shelf.list().reduce(0) { $0 + $1.size } <= shelf.greatestSize)
  }

  @Test("Other files, folders and links are neither deleted nor listed")
  mutating func foreign() throws {
    shelf.greatestCount = 1
    try keep(1)
    try folder.write("mine", to: "recordings/notes.txt")
    try folder.write("mine", to: "recordings/2026-11-25T14-05-00Z-.ndjson")
    try folder.write("mine", to: "recordings/2026-11-25T14-05-00Z-Lock.ndjson")
    try folder.write("mine", to: "target")
    try folder.makeFolder("recordings/2026-11-25T14-05-00Z-a.ndjson")
    try folder.link("recordings/2026-11-25T14-05-00Z-b.ndjson", to: folder("target"))
    try keep(2)
    #expect(shelf.list().map(\.name) == ["2026-11-25T14-05-02Z-lock.ndjson"])
    #expect(names.count == 6)
  }

  @Test("Row 60: Cut and damaged runs are listed as such")
  func damaged() throws {
    try keep(1)
    let whole = try RecordingOnDisk.bytes(shelf.list()[0].path)
    func list(_ bytes: [UInt8]) throws -> RecordingSummary {
      try folder.write(bytes, to: "recordings/2026-11-25T14-05-09Z-lock.ndjson")
      return shelf.list()[0]
    }
    let cut = try list(Array(whole.dropLast(5)))
    #expect(cut.ending == .cut && cut.events == 2 && cut.summary == "2 events, 2 ms, cut short")
    #expect(try list([]).ending == .damaged("not a recording: it is empty"))
    #expect(try list(Array("hello\n".utf8)).summary.contains("it is text"))
    #expect(try list(whole + Array("\u{0}\u{0}".utf8)).ending == .finished(.completed))
  }

  @Test("Row 60: Listing reads only both ends of a run, however large it is")
  func large() throws {
    try keep(1)
    let path = shelf.list()[0].path
    #expect(truncate(path, 1 << 40) == 0)
    #expect(shelf.list()[0].header == Self.header(1))
    #expect(shelf.list()[0].ending == .cut)
  }

  @Test("A run can be removed and put back, unless it is being written")
  mutating func removal() throws {
    try keep(1)
    let recording = shelf.list()[0]
    try shelf.remove(recording.path)
    #expect(shelf.list().isEmpty)
    let removed = shelf.list(withRemoved: true)
    #expect(removed.map(\.path) == [recording.path] && removed[0].isRemoved)
    #expect(removed[0].header == recording.header && removed[0].ending == recording.ending)
    try shelf.restore(recording.path)
    #expect(shelf.list() == [recording])
    try shelf.remove(recording.path)
    // Where room is needed, what was removed goes first.
    shelf.greatestSize = shelf.longestRecording
    try keep(2)
    let full = shelf
    #expect(throws: StateError.self) { try full.restore(recording.path) }
    let file = try full.begin(Self.header(3)) { _ in }
    let written = full.list()[0]
    #expect(throws: StateError.isWritten(written.path)) { try full.remove(written.path) }
    withExtendedLifetime(file) {}
  }

  @Test("Putting a run back never overwrites another one")
  func restoredOver() throws {
    try keep(1)
    let path = shelf.list()[0].path
    try shelf.remove(path)
    let file = try shelf.begin(Self.header(1)) { _ in }
    #expect(file.path == path)
    #expect(throws: StateError.system("cannot be put back", path, .fileExists)) {
      try shelf.restore(path)
    }
    #expect(shelf.list(withRemoved: true).map(\.isRemoved).sorted { !$0 && $1 } == [false, true])
  }

  @Test("A run counts as being written from its first byte")
  func living() throws {
    let file = try shelf.begin(Self.header(1)) { _ in }
    #expect(shelf.list()[0].ending == .goesOn)
    // Before the header is there, too.
    #expect(truncate(file.path, 0) == 0)
    #expect(shelf.list()[0].ending == .goesOn)
    // One that only lists them shares the lock, which is waited for.
    let looking = open(shelf.list()[0].path, O_RDONLY | O_CLOEXEC)
    defer { close(looking) }
    #expect(flock(looking, LOCK_SH | LOCK_NB) != 0)
  }

  @Test("A run that is listed while it starts still gets its lock")
  func beganWhileListed() throws {
    // A list of the runs holds the lock of each file for a moment, also of a new one.
    let system = FileSystem(
      create: { path throws(Errno) in
        let descriptor = try FileSystem.real.create(path)
        let looking = open(path, O_RDONLY | O_CLOEXEC)
        _ = flock(looking, LOCK_SH | LOCK_NB)
        let beginner = lks_gettid()
        _ = PosixThread.start(named: "lockstep:test") {
          // The beginner sleeps once it has found the lock taken.
          while Kernel.state(ofThread: beginner, in: getpid()) != "S" { sched_yield() }
          close(looking)
        }
        return descriptor
      }, write: FileSystem.real.write, synchronize: FileSystem.real.synchronize,
      close: FileSystem.real.close, rename: FileSystem.real.rename)
    let shelf = RecordingShelf(in: StateFolder(path: folder.path), system: system)
    let file = try shelf.begin(Self.header(1)) { _ in }
    file.write(Self.events)
    #expect(shelf.list()[0].ending == .goesOn)
    withExtendedLifetime(file) {}
  }

  @Test("Deletion uses the write time, so a clock that was ahead does not delete new runs")
  mutating func clockAhead() throws {
    shelf.greatestCount = 3
    let ahead = RecordingHeader(demo: "lock", started: "2099-01-01T00:00:00Z")
    for _ in 1...3 { try shelf.begin(ahead) { _ in }.write(Self.events + [Self.finish]) }
    // Long before the others, despite their names.
    for kept in shelf.list() { #expect(utimes(kept.path, [timeval(), timeval()]) == 0) }
    for second in 1...3 { try keep(second) }
    #expect(shelf.list().map { $0.name.prefix(19).suffix(2) } == ["03", "02", "01"])
  }

  @Test("A run being written counts with its largest size")
  mutating func room() throws {
    try keep(1)
    shelf.longestRecording = 10_000
    shelf.greatestSize = 30_100
    let living = try [shelf.begin(Self.header(2)) { _ in }, shelf.begin(Self.header(3)) { _ in }]
    #expect(shelf.list().count == 3)
    let third = try shelf.begin(Self.header(4)) { _ in }
    #expect(shelf.list().map { $0.name.prefix(19).suffix(2) } == ["04", "03", "02"])
    withExtendedLifetime((living, third)) {}
  }

  @Test("A run with a long last line is listed with all its events")
  func longLine() throws {
    let file = try shelf.begin(Self.header(1)) { _ in }
    file.write(Self.events)
    let text = String(repeating: "9", count: 100_000)
    file.write([Event(.output, seq: 3, time: 3_000_000, texts: [text])])
    #expect(shelf.list()[0].events == 3 && shelf.list()[0].duration == 3_000_000)
  }

  @Test("A failure to record is reported once, and the runs go on")
  func unwritable() throws {
    try folder.write("a file", to: "state")
    let messages = Guarded<[String]>([])
    let shelf = RecordingShelf(in: StateFolder(path: folder("state")))
    let recorder = RunRecorder(shelf) { sentence in messages.withLock { $0.append(sentence) } }
    for second in 1...3 {
      let run = recorder.run(Self.header(second))
      run.write(Self.events)
      run.write([Self.finish])
    }
    let sentences = messages.withLock { $0 }
    #expect(sentences.count == 1 && sentences[0].hasPrefix("this run is not recorded: "))
    #expect(shelf.list().isEmpty)
  }

  @Test("The first event creates the recording, and the last one closes it")
  func recorder() throws {
    let recorder = RunRecorder(shelf) { _ in }
    let run = recorder.run(Self.header(1))
    #expect(shelf.list().isEmpty)
    run.write(Self.events)
    #expect(shelf.list().map(\.ending) == [.goesOn])
    run.write([Self.finish])
    #expect(shelf.list().map(\.ending) == [.finished(.completed)])
    withExtendedLifetime(run) {}
  }

  @Test("An odd demo name does not get into the file name")
  func hostileNames() {
    for demo in ["../../x", "a/b", "", "\u{1B}[31m", "Ä"] {
      let name = RecordingName(Self.header(1, demo)).text(1)
      #expect(name == "2026-11-25T14-05-01Z-run.ndjson")
    }
    #expect(RecordingName.isOne(RecordingName(Self.header(1)).text(2)))
    #expect(!RecordingName.isOne("2026-11-25T14-05-01Z-.ndjson"))
  }
}
