import Glibc
import LessonKit
import SystemPackage
import TestFaults
import TestState
import TestTerminal
import Testing

@testable import StateFiles

@Suite("Progress on disk", .faultMatrix)
struct ProgressStoreTests {
  private let stage: StateStage

  init() throws { stage = try StateStage() }

  @Test("Progress is added to the current file, and the later place wins")
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

  @Test("Nothing is written if nothing is new")
  func unchanged() throws {
    let disk = FaultyDisk()
    _ = try stage.store(disk.system).add(seen("a"), to: "built-in")
    _ = try stage.store(disk.system, now: "later").add(seen("a"), to: "built-in")
    #expect(disk.replaced == 1)
    #expect(try stage.store().read()?.documents["built-in"]?.changed == "T")
  }

  @Test("Row 57: Two instances that each save 100 times lose nothing")
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
          for count in 0..<100 {
            do { _ = try store.add(seen("\(name)\(count)"), to: "built-in") } catch {
              Issue.record(error)
            }
          }
        }
      }
    }
    #expect(try stage.store().read()?.documents["built-in"]?.progress.seen.count == 200)
    #expect(stage.names == ["progress.json"])
  }

  @Test("Row 56: Adding gives up if the lock is held too long, and changes nothing")
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
    "Row 54: A damaged file is renamed and reported, and a new one starts",
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

  @Test("Row 54: A file of a newer version stays unchanged")
  func newer() throws {
    let bytes = Array(#"{"version":99,"shelves":[]}"#.utf8)
    write(bytes, to: stage.path)
    let error = StateError.newer(stage.path, version: 99)
    #expect(throws: error) { _ = try stage.store().open() }
    #expect(throws: error) { _ = try stage.store().add(seen("a"), to: "built-in") }
    #expect(throws: error) { try stage.store().reset(nil) }
    #expect(contents(of: stage.path) == bytes && stage.names == ["progress.json"])
  }

  @Test("Row 55: A pipe in place of the file is refused and not replaced")
  func refused() throws {
    mkfifo(stage.path, 0o600)
    #expect(throws: StateError.refused(stage.path, "a pipe")) { _ = try stage.store().open() }
    #expect(throws: StateError.refused(stage.path, "a pipe")) {
      _ = try stage.store().add(seen("a"), to: "built-in")
    }
    var status = stat()
    #expect(lstat(stage.path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  @Test("A reset of one or all documents can be undone, and later progress stays")
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

  @Test("A second reset does not overwrite the backup of the first")
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

  @Test("A reset changes nothing if its backup cannot be written", arguments: 1...11)
  func resetFails(call: Int) throws {
    _ = try stage.store().add(seen("a"), to: "built-in")
    let before = contents(of: stage.path)
    let disk = FaultyDisk(FaultyDisk.Fault(call: call, error: .noSpace, lasts: true))
    #expect(throws: StateError.self) { try stage.store(disk.system).reset(nil) }
    #expect(contents(of: stage.path) == before)
    #expect(!stage.names.contains { $0.hasSuffix(".new") })
  }
}
