import Glibc
import TestFaults
import TestTerminal
import Testing

@Suite("Reloading documents", .faultMatrix)
struct LiveReloadTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.text("old"), to: "notes.md")
  }

  private static func text(_ word: String) -> String {
    "# Notes\n\n## First\n\nthe first is \(word)\n\n## Second\n\nthe second is \(word)\n"
  }

  private func opened(_ paths: String...) throws -> TestTerminal {
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: try Program.path,
      arguments: ["open", "--at", "notes/2"] + paths.map { folder($0) })
    #expect(terminal.waitUntil { $0.contains("the second is old") })
    return terminal
  }

  private func quit(_ terminal: TestTerminal) {
    terminal.send(.text("q"))
    #expect(terminal.waitForExit() == .exited(0))
  }

  @Test(
    "Row 82: A document is reloaded in place, however it is saved",
    arguments: ["in place", "renamed over", "removed and replaced", "moved away and replaced"])
  func saved(how: String) throws {
    let terminal = try opened("notes.md")
    let path = folder("notes.md")
    switch how {
    case "renamed over":
      try folder.write(Self.text("new"), to: ".notes.md.swap")
      try #require(rename(folder(".notes.md.swap"), path) == 0)
    case "removed and replaced":
      unlink(path)
      try folder.write(Self.text("new"), to: "notes.md")
    case "moved away and replaced":
      try #require(rename(path, path + "~") == 0)
      try folder.write(Self.text("new"), to: "notes.md")
    default: try folder.write(Self.text("new"), to: "notes.md")
    }
    #expect(
      terminal.waitUntil {
        $0.contains("the second is new") && $0.contains("read again: notes.md")
          && $0.contains("step 2 of 2")
      })
    // A watch that was lost with the old file would miss a second change.
    try folder.write(Self.text("newest"), to: "notes.md")
    #expect(terminal.waitUntil { $0.contains("the second is newest") })
    quit(terminal)
  }

  @Test("A document behind a link is reloaded when its target is saved")
  func link() throws {
    try folder.makeFolder("real")
    try folder.write(Self.text("old"), to: "real/text.md")
    unlink(folder("notes.md"))
    try folder.link("notes.md", to: "real/text.md")
    let terminal = try opened("notes.md")
    try folder.write(Self.text("new"), to: "real/text.md")
    #expect(terminal.waitUntil { $0.contains("the second is new") })
    quit(terminal)
  }

  @Test("Row 59: A deleted document keeps its text until it comes back")
  func deleted() throws {
    let terminal = try opened("notes.md")
    unlink(folder("notes.md"))
    #expect(
      terminal.waitUntil {
        $0.contains("notes.md is gone; its old text stays here") && $0.contains("the second is old")
      })
    try folder.write(Self.text("new"), to: "notes.md")
    #expect(terminal.waitUntil { $0.contains("the second is new") })
    quit(terminal)
  }

  @Test("Row 59: A document keeps its text while the file is empty or binary")
  func incomplete() throws {
    let terminal = try opened("notes.md")
    try folder.write("", to: "notes.md")
    #expect(terminal.waitUntil { $0.contains("notes.md is empty now") })
    #expect(terminal.contains("the second is old"))
    try folder.write([0x7F, 0x45, 0x4C, 0x46, 0], to: "notes.md")
    #expect(terminal.waitUntil { $0.contains("is a program (ELF)") })
    #expect(terminal.contains("the second is old"))
    try folder.write(Self.text("new"), to: "notes.md")
    #expect(terminal.waitUntil { $0.contains("the second is new") })
    quit(terminal)
  }

  @Test("Reloading one document leaves the others unchanged")
  func several() throws {
    try folder.write("# Other\n\nother words\n", to: "other.md")
    let terminal = try opened("other.md", "notes.md")
    try folder.write("# Other\n\n## New\n\nchanged\n\n## More\n\nx\n", to: "other.md")
    #expect(
      terminal.waitUntil {
        $0.contains("read again: other.md") && $0.contains("the second is old")
      })
    terminal.send(.text("["), .text("["))
    #expect(terminal.waitUntil { $0.contains("More") })
    quit(terminal)
  }

  @Test("Documents and folders may come and go in an open folder")
  func wholeFolder() throws {
    let terminal = try opened("")
    try folder.write("# Alpha\n\nalpha words\n", to: "alpha.md")
    #expect(
      terminal.waitUntil { $0.contains("new: alpha.md") && $0.contains("the second is old") })
    try folder.makeFolder("part")
    try folder.write("# Deep\n\ndeep words\n", to: "part/deep.md")
    #expect(terminal.waitUntil { $0.contains("new: deep.md") })
    try folder.write("# Deep\n\ndeeper words\n", to: "part/deep.md")
    #expect(terminal.waitUntil { $0.contains("read again: deep.md") })
    unlink(folder("alpha.md"))
    #expect(terminal.waitUntil { $0.contains("gone: alpha.md") })
    #expect(terminal.contains("the second is old"))
    // The new document of the folder follows the last step of the notes.
    terminal.send(.text("]"))
    #expect(terminal.waitUntil { $0.contains("deeper words") })
    quit(terminal)
  }

  @Test("Saving the same text, or a file beside it, changes nothing")
  func nothingNew() throws {
    let terminal = try opened("notes.md")
    try folder.write(Self.text("old"), to: "notes.md")
    try folder.write("x", to: "neighbour.md")
    // The first message is about this change, so the changes before it had none.
    try folder.write(Self.text("new"), to: "notes.md")
    #expect(terminal.waitUntil { $0.contains("the second is new") })
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(!output.contains("neighbour"))
    quit(terminal)
  }

  @Test("A live run goes on while its document is reloaded")
  func liveRun() throws {
    let text =
      "# Notes\n\n## First\n\nx\n\n## Second\n\nthe second is old\n\n"
      + "```lockstep\nrun producer-consumer\n```\n"
    try folder.write(text, to: "notes.md")
    let terminal = try opened("notes.md")
    terminal.send(.text("r"))
    #expect(terminal.waitUntil { $0.contains("list.append") })
    try folder.write(text.replacing("is old", with: "is new"), to: "notes.md")
    #expect(terminal.waitUntil { $0.contains("the second is new") })
    #expect(terminal.waitUntil { $0.contains("completed") })
    quit(terminal)
  }

  @Test("Documents open with a notice if the kernel gives no watch")
  func noWatch() throws {
    let strace = "/usr/bin/strace"
    guard access(strace, X_OK) == 0 else { return }
    let terminal = try TestTerminal(
      columns: 120, rows: 40, path: strace,
      arguments: [
        "-f", "-o", folder("trace"), "-e", "inject=inotify_init1:error=EMFILE", try Program.path,
        "open", folder("notes.md"),
      ])
    let isOpen = terminal.waitUntil { $0.contains("the first is old") }
    // If tracing is not allowed, nothing can be taken away.
    if !isOpen, terminal.exitStatus != nil { return }
    #expect(
      terminal.waitUntil { $0.contains("changes to the documents do not show automatically") })
    quit(terminal)
  }
}
