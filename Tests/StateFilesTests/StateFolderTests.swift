import Glibc
import TestFaults
import TestTerminal
import Testing

@testable import StateFiles

@Suite("State folder", .faultMatrix)
struct StateFolderTests {
  @Test("The folder comes from XDG variables, or else from HOME")
  func paths() throws {
    let home = try TemporaryFolder()
    func path(_ variables: [String: String]) throws -> String {
      try StateFolder.state { variables[$0] }.path
    }
    let standard = home.path + "/.local/state/lockstep"
    #expect(try path(["HOME": home.path]) == standard)
    #expect(try path(["HOME": home.path, "XDG_STATE_HOME": "/s"]) == "/s/lockstep")
    #expect(try path(["XDG_STATE_HOME": "/s"]) == "/s/lockstep")
    // What is empty or relative is as if it were not set.
    #expect(try path(["HOME": home.path, "XDG_STATE_HOME": ""]) == standard)
    #expect(try path(["HOME": home.path, "XDG_STATE_HOME": "s/t"]) == standard)
    let settings = try StateFolder.configuration { ["HOME": home.path][$0] }
    #expect(settings.path == home.path + "/.config/lockstep")
    let named = try StateFolder.configuration { ["XDG_CONFIG_HOME": "/c"][$0] }
    #expect(named.path == "/c/lockstep")
  }

  @Test(
    "Row 52: Without a home there is no folder",
    arguments: [nil, "", "relative", "/nonexistent", "/dev/null"])
  func nowhere(home: String?) {
    #expect(throws: StateError.self) { try StateFolder.state { $0 == "HOME" ? home : nil } }
  }

  @Test("Row 62: The folder and its parents are created for their owner only")
  func made() throws {
    let home = try TemporaryFolder()
    let folder = try StateFolder.state { ["HOME": home.path][$0] }
    try folder.make()
    try folder.make()
    for path in ["/.local", "/.local/state", "/.local/state/lockstep"] {
      var status = stat()
      #expect(stat(home.path + path, &status) == 0 && status.st_mode & 0o7777 == 0o700)
    }
  }

  @Test("A file in place of the folder is an error")
  func file() throws {
    let home = try TemporaryFolder()
    let descriptor = open(home.path + "/lockstep", O_CREAT | O_WRONLY, 0o600)
    close(descriptor)
    let folder = try StateFolder.state { ["XDG_STATE_HOME": home.path][$0] }
    #expect(throws: StateError.self) { _ = try folder.lock(patience: 0) }
  }

  @Test("Row 56: Only one writer holds the lock, and it is free after the holder has gone")
  func lock() throws {
    let home = try TemporaryFolder()
    let folder = try StateFolder.state { ["XDG_STATE_HOME": home.path][$0] }
    do {
      let lock = try folder.lock(patience: 0)
      #expect(throws: StateError.busy(folder.path + "/.lock")) {
        _ = try folder.lock(patience: 1_000_000)
      }
      _ = consume lock
    }
    _ = try folder.lock(patience: 0)
  }

  @Test("A deleted lock file is replaced by a new lock")
  func cleared() throws {
    let home = try TemporaryFolder()
    let folder = try StateFolder.state { ["XDG_STATE_HOME": home.path][$0] }
    let old = try folder.lock(patience: 0)
    unlink(folder.path + "/.lock")
    let new = try folder.lock(patience: 0)
    #expect(throws: StateError.busy(folder.path + "/.lock")) { _ = try folder.lock(patience: 0) }
    _ = consume old
    _ = consume new
  }

  @Test("Row 50: Locking deletes temporary files of killed writers and nothing else")
  func stale() throws {
    let home = try TemporaryFolder()
    let folder = try StateFolder.state { ["XDG_STATE_HOME": home.path][$0] }
    try folder.make()
    let kept = [".lock", "notes.new", "progress.json", "progress.json.damaged-1.new", "x.12.new"]
    for name in kept + ["progress.json.12.new", "progress.json.before-reset.7.new"] {
      close(open("\(folder.path)/\(name)", O_CREAT | O_WRONLY, 0o600))
    }
    _ = try folder.lock(patience: 0)
    #expect(home.names(in: "lockstep") == kept)
  }
}
