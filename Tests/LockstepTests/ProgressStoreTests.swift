import Glibc
import LessonKit
import SystemPackage
import TestTerminal
import Testing

@testable import lockstep

/// A state folder of a test's own.
struct StateStage {
  let home: TemporaryFolder
  let folder: StateFolder
  var path: String { folder.path + "/progress.json" }

  init() throws {
    let home = try TemporaryFolder()
    self.home = home
    folder = try StateFolder.state { ["XDG_STATE_HOME": home.path][$0] }
    try folder.make()
  }

  /// The names of what is in the folder, but for the lock.
  var names: [String] { home.names(in: "lockstep").filter { $0 != ".lock" } }

  func store(
    _ system: FileSystem = .real, patience: UInt64 = 10_000_000_000, now: String = "T"
  ) -> ProgressStore {
    ProgressStore(in: folder, system: system, patience: patience, now: { now })
  }
}

func seen(_ steps: String...) -> DocumentProgress {
  DocumentProgress(
    seen: Set(steps.map { StepKey(lesson: "one", step: $0) }), ran: [],
    place: steps.last.map { StepKey(lesson: "one", step: $0) })
}

@Suite("The progress file")
struct ProgressFileTests {
  private func file() -> ProgressFile {
    var file = ProgressFile()
    _ = file.add(seen("a \"quoted\" step", "b\u{1B}"), to: ProgressFile.builtIn, at: "T1")
    _ = file.add(seen("ä"), to: "/home/someone/notes.md", at: "T2")
    return file
  }

  @Test("is read as it was written, and written the same each time")
  func wholeRound() throws {
    var file = file()
    let bytes = file.bytes()
    var again = try ProgressFile(parsing: bytes)
    #expect(again == file)
    #expect(again.bytes() == bytes)
  }

  @Test("is damaged when it is cut at any byte")
  func cut() {
    var file = file()
    let bytes = file.bytes()
    // The last byte is the end of the last line.
    for end in 0..<bytes.count - 1 {
      #expect(throws: ProgressFile.Problem.self) { try ProgressFile(parsing: Array(bytes[..<end])) }
    }
  }

  @Test(
    "is damaged when it says something else",
    arguments: [
      "null", "[]", "{}", "7", #"{"version":1}"#, #"{"version":"1","documents":{}}"#,
      #"{"version":0,"documents":{}}"#, #"{"version":1.0,"documents":{}}"#,
      #"{"version":1,"documents":[]}"#, #"{"version":1,"documents":{"a":null}}"#,
      #"{"version":1,"documents":{"a":{"seen":{},"ran":{},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":7,"seen":{},"ran":{},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":[],"ran":{},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":{"x":[1]},"ran":{},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":{},"ran":{"x":{}},"place":null}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":{},"ran":{},"place":"x"}}}"#,
      #"{"version":1,"documents":{"a":{"changed":"","seen":{},"ran":{},"place":{"lesson":"x"}}}}"#,
    ])
  func wrong(text: String) {
    #expect {
      try ProgressFile(parsing: Array(text.utf8))
    } throws: {
      if case .damaged? = $0 as? ProgressFile.Problem { true } else { false }
    }
  }

  @Test("is damaged when it is anything at all")
  func random() {
    var state = UInt64(42)
    for _ in 0..<2_000 {
      var bytes: [UInt8] = Array("{\"version\":1,\"documents\":{".utf8)
      for _ in 0..<40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(UInt8(truncatingIfNeeded: state >> 40))
      }
      #expect(throws: ProgressFile.Problem.self) { try ProgressFile(parsing: bytes) }
    }
  }

  @Test("of a newer version is told from a damaged one")
  func newer() {
    #expect(throws: ProgressFile.Problem.newer(2)) {
      try ProgressFile(parsing: Array(#"{"version":2,"shelves":[]}"#.utf8))
    }
  }

  @Test("lets go of the documents not changed for longest, and never of the built-in lessons")
  func documentLimit() throws {
    var file = ProgressFile()
    _ = file.add(seen("a"), to: ProgressFile.builtIn, at: "0")
    for count in 0..<ProgressFile.documentLimit + 2 {
      _ = file.add(seen("a"), to: "/\(count)", at: count == 1 ? "9" : "5-\(1000 + count)")
    }
    let kept = try ProgressFile(parsing: file.bytes()).documents
    #expect(kept.count == ProgressFile.documentLimit + 1)
    #expect(kept[ProgressFile.builtIn] != nil && kept["/1"] != nil)
    #expect(kept["/0"] == nil && kept["/2"] == nil && kept["/3"] != nil)
  }

  @Test("keeps no more steps of a document than the limit, whatever it says")
  func stepLimit() throws {
    let steps = (0..<DocumentProgress.stepLimit + 5).map { "\"\($0)\"" }.joined(separator: ",")
    let text = #"{"version":1,"documents":{"a":{"changed":"","seen":{"x":[\#(steps)]},"#
    let file = try ProgressFile(parsing: Array((text + #""ran":{},"place":null}}}"#).utf8))
    #expect(file.documents["a"]?.progress.seen.count == DocumentProgress.stepLimit)
  }

  @Test("never grows beyond what can be read, and lets go of the largest documents first")
  func sizeLimit() throws {
    func progress(_ bytes: Int) -> DocumentProgress { seen(String(repeating: "x", count: bytes)) }
    var file = ProgressFile()
    _ = file.add(seen("a"), to: ProgressFile.builtIn, at: "0")
    for count in 0..<20 { _ = file.add(progress(1_000), to: "/small\(count)", at: "1") }
    _ = file.add(progress(700_000), to: "/large", at: "2")
    _ = file.add(progress(800_000), to: "/larger", at: "3")
    // Larger than all others, and just written.
    _ = file.add(progress(900_000), to: "/largest", at: "4")
    var bytes = file.bytes()
    #expect(bytes.count <= ProgressFile.sizeLimit)
    var kept = try ProgressFile(parsing: bytes).documents
    #expect(kept.count == 23 && kept["/larger"] == nil && kept["/largest"] != nil)
    // What takes most of the room for itself takes it from nobody.
    _ = file.add(progress(1_500_000), to: "/huge", at: "5")
    bytes = file.bytes()
    #expect(bytes.count <= ProgressFile.sizeLimit)
    kept = try ProgressFile(parsing: bytes).documents
    #expect(kept.count == 23 && kept["/huge"] == nil && kept["/largest"] != nil)
  }
}

@Suite("Progress on the disk")
struct ProgressStoreTests {
  private let stage: StateStage

  init() throws { stage = try StateStage() }

  @Test("is added to what is there by then, whoever wrote it; the later place is the place")
  func merged() throws {
    let (one, other) = (stage.store(), stage.store())
    #expect(try one.read() == nil)
    _ = try one.add(seen("a"), to: "built-in")
    _ = try other.add(seen("b"), to: "built-in")
    _ = try one.add(seen("c"), to: "/x")
    let documents = try #require(try other.read()).documents
    #expect(
      documents["built-in"]?.progress
        == {
          var progress = seen("a")
          progress.add(seen("b"))
          return progress
        }())
    #expect(documents["/x"]?.progress == seen("c"))
  }

  @Test("is not written where nothing is new")
  func unchanged() throws {
    let disk = FaultyDisk()
    _ = try stage.store(disk.system).add(seen("a"), to: "built-in")
    _ = try stage.store(disk.system, now: "later").add(seen("a"), to: "built-in")
    #expect(disk.replaced == 1)
    #expect(try stage.store().read()?.documents["built-in"]?.changed == "T")
  }

  @Test("loses nothing of two instances that each save 500 times")
  func twoInstances() async throws {
    let stage = stage
    // What is tested is the order of reading and writing, and not the disk.
    var system = FileSystem.real
    system.synchronize = { _ in }
    let fast = system
    await withTaskGroup(of: Void.self) { group in
      for name in ["p", "q"] {
        let store = stage.store(fast, patience: 60_000_000_000)
        group.addTask {
          for count in 0..<500 {
            do { _ = try store.add(seen("\(name)\(count)"), to: "built-in") } catch {
              Issue.record(error)
            }
          }
        }
      }
    }
    #expect(try stage.store().read()?.documents["built-in"]?.progress.seen.count == 1000)
    #expect(stage.names == ["progress.json"])
  }

  @Test("waits for whoever holds the lock only so long, and nothing changes then")
  func busy() throws {
    _ = try stage.store().add(seen("a"), to: "built-in")
    let before = contents(of: stage.path)
    let lock = try stage.folder.lock(patience: 0)
    #expect(throws: StateError.busy(stage.folder.path + "/.lock")) {
      _ = try stage.store(patience: 1_000_000).add(seen("b"), to: "built-in")
    }
    _ = consume lock
    #expect(contents(of: stage.path) == before)
  }

  @Test(
    "that is damaged is set aside whole, told, and begun anew",
    arguments: [
      [], Array("{\"version\"".utf8), [0, 255, 7], Array(repeating: 0x5B, count: 100_000),
    ])
  func damaged(bytes: [UInt8]) throws {
    write(bytes, to: stage.path)
    #expect(throws: StateError.self) { try stage.store().read() }
    #expect(contents(of: stage.path) == bytes)
    let (file, notice) = try stage.store().open()
    #expect(file == ProgressFile())
    #expect(notice?.contains("progress.json.damaged-T") == true)
    #expect(contents(of: stage.path + ".damaged-T") == bytes)
    _ = try stage.store().add(seen("a"), to: "built-in")
    #expect(try stage.store().open().notice == nil)
    #expect(stage.names == ["progress.json", "progress.json.damaged-T"])
    // The next is set aside beside it.
    write([1], to: stage.path)
    #expect(try stage.store().add(seen("b"), to: "built-in") != nil)
    #expect(contents(of: stage.path + ".damaged-T") == bytes)
    #expect(contents(of: stage.path + ".damaged-T-2") == [1])
  }

  @Test("of a newer version stays as it is")
  func newer() throws {
    let bytes = Array(#"{"version":99,"shelves":[]}"#.utf8)
    write(bytes, to: stage.path)
    let error = StateError.newer(stage.path, version: 99)
    #expect(throws: error) { _ = try stage.store().open() }
    #expect(throws: error) { _ = try stage.store().add(seen("a"), to: "built-in") }
    #expect(throws: error) { try stage.store().reset(nil) }
    #expect(contents(of: stage.path) == bytes && stage.names == ["progress.json"])
  }

  @Test("is refused, and not replaced, where something else stands in its place")
  func refused() throws {
    mkfifo(stage.path, 0o600)
    #expect(throws: StateError.refused(stage.path, "a pipe")) { _ = try stage.store().open() }
    #expect(throws: StateError.refused(stage.path, "a pipe")) {
      _ = try stage.store().add(seen("a"), to: "built-in")
    }
    var status = stat()
    #expect(lstat(stage.path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  @Test("can be forgotten, wholly or by document, and comes back; what was done since stays")
  func reset() throws {
    let store = stage.store()
    _ = try store.add(seen("a"), to: "built-in")
    _ = try store.add(seen("b"), to: "/x")
    let before = contents(of: stage.path)
    try store.reset("/x")
    #expect(try store.read()?.documents.keys.sorted() == ["built-in"])
    #expect(contents(of: store.backupPath) == before)
    _ = try store.add(seen("c"), to: "/x")
    #expect(try store.restore())
    let documents = try #require(try store.read()).documents
    #expect(documents["built-in"]?.progress == seen("a"))
    #expect(documents["/x"]?.progress.seen == seen("b", "c").seen)
    #expect(documents["/x"]?.progress.place == seen("c").place)
    #expect(try !store.restore())
    try store.reset(nil)
    #expect(try store.read()?.documents.isEmpty == true)
  }

  @Test("that was forgotten earlier is never overwritten by what is forgotten now")
  func resetTwice() throws {
    let store = stage.store()
    _ = try store.add(seen("a"), to: "built-in")
    let first = contents(of: stage.path)
    try store.reset(nil)
    _ = try store.add(seen("b"), to: "built-in")
    try store.reset(nil)
    #expect(contents(of: store.backupPath + ".older-T") == first)
    #expect(try store.restore())
    #expect(try store.read()?.documents["built-in"]?.progress == seen("b"))
  }

  @Test("is not forgotten where that cannot be undone", arguments: 1...11)
  func resetFails(call: Int) throws {
    _ = try stage.store().add(seen("a"), to: "built-in")
    let before = contents(of: stage.path)
    let disk = FaultyDisk(FaultyDisk.Fault(call: call, error: .noSpace, lasts: true))
    #expect(throws: StateError.self) { try stage.store(disk.system).reset(nil) }
    #expect(contents(of: stage.path) == before)
    #expect(!stage.names.contains { $0.hasSuffix(".new") })
  }
}
