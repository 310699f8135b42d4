import Screen
import SystemPackage
import TestTerminal
import Testing

@testable import Documents

@Suite("Document watch")
struct DocumentWatchTests {
  @Test("A named file of any name is watched beside its open folder")
  func both() throws {
    let folder = try TemporaryFolder()
    for name in ["a.md", "log.xyz", "other.xyz"] { try folder.write("x", to: name) }
    var watch = DocumentWatch(isNeeded: true)
    watch.add(file: FilePath(folder("log.xyz")))
    let isNew = [
      watch.add(folder: FilePath(folder.path)), watch.add(folder: FilePath(folder.path)),
    ]
    #expect(isNew == [true, false])
    watch.add(file: FilePath(folder("log.xyz")))
    for (name, isHeard) in [("log.xyz", true), ("a.md", true), ("other.xyz", false)] {
      try folder.write("y", to: name)
      let wasHeard = watch.drain()
      #expect(wasHeard == isHeard, "\(name)")
    }
  }
}

@Suite("Reading progress")
struct ReadingProgressTests {
  @Test("The line fits its columns, even with wide letters")
  func columns() {
    let line = ReadingProgress.line("reading " + String(repeating: "漢字", count: 60))
    #expect(TextWidth.columns(of: line) <= 78 && line.hasPrefix("lockstep: reading 漢字"))
  }
}
