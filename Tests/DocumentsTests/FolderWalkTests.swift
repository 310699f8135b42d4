import SystemPackage
import TestFaults
import TestTerminal
import Testing

@testable import Documents

@Suite("Natural order")
struct NaturalOrderTests {
  @Test("Numbers sort by value, and upper case like lower case")
  func names() {
    let sorted = ["a", "A2", "a2b", "a10", "B", "c02", "c2", "c3"]
    let bytes = sorted.map { Array($0.utf8) }
    for (index, name) in bytes.enumerated() {
      for later in bytes[(index + 1)...] {
        #expect(NaturalOrder.isBefore(name, later) && !NaturalOrder.isBefore(later, name))
      }
      #expect(!NaturalOrder.isBefore(name, name))
    }
  }

  @Test("README and index come first in each folder")
  func folders() {
    let paths: [FilePath] = [
      "x/readme.txt", "x/1-a.md", "x/2-part/INDEX.md", "x/2-part/a.md", "x/2-part/b/c.md", "x/3.md",
      "x/10.md",
    ]
    #expect(paths.reversed().sorted(by: NaturalOrder.isBefore) == paths)
  }
}

@Suite("Folder walk", .faultMatrix)
struct FolderWalkTests {
  private func names(_ walk: FolderWalk) -> [String] {
    walk.documents.compactMap { $0.lastComponent?.string }
  }

  @Test("Row 78: Notices name what the limits leave out")
  func limits() throws {
    let folder = try TemporaryFolder()
    for number in 1...12 { try folder.write("x", to: "\(number).md") }
    try folder.makeFolder("a")
    try folder.makeFolder("a/b")
    try folder.write("x", to: "a/b/deep.md")
    let root = FilePath(folder.path)
    var limits = FolderWalk.Limits()
    limits.documents = 3
    var walk = try FolderWalk(root, limits: limits)
    #expect(names(walk) == ["1.md", "2.md", "3.md"])
    #expect(walk.notices == ["\(folder.path) has 13 documents; the first 3 are opened"])
    limits = FolderWalk.Limits()
    limits.depth = 1
    walk = try FolderWalk(root, limits: limits)
    #expect(walk.documents.count == 12)
    #expect(walk.notices == ["folders more than 1 deep in \(folder.path) are left out"])
    limits = FolderWalk.Limits()
    limits.names = 5
    walk = try FolderWalk(root, limits: limits)
    #expect(walk.documents.count <= 5)
    #expect(walk.notices == ["\(folder.path) has more than 5 names; the rest is left out"])
  }

  @Test("Links to files are followed, and a broken link is a notice")
  func links() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a.md")
    try folder.link("loop.md", to: "loop.md")
    try folder.link("other.md", to: "a.md")
    let walk = try FolderWalk(FilePath(folder.path))
    #expect(names(walk) == ["a.md", "other.md"])
    #expect(walk.notices == ["\(folder.path)/loop.md is a broken link"])
  }
}
