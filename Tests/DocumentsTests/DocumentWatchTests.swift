import Screen
import SystemPackage
import TestTerminal
import Testing

@testable import Documents

@Suite("The watch over documents")
struct DocumentWatchTests {
  @Test("hears of a file that was named, whatever it is called, beside its opened folder")
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

@Suite("What is told while documents are read")
struct ReadingProgressTests {
  @Test("takes no more columns than a line has, whatever the letters")
  func columns() {
    let line = ReadingProgress.line("reading " + String(repeating: "漢字", count: 60))
    #expect(TextWidth.columns(of: line) <= 78 && line.hasPrefix("lockstep: reading 漢字"))
  }
}
