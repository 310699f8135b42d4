import Glibc
import Synchronization
import SystemPackage
import TestFaults
import TestTerminal
import Testing

@testable import Documents

@Suite("The boundary of an opened folder", .faultMatrix)
struct FolderBoundaryTests {
  private let folder: TemporaryFolder
  private let outside: TemporaryFolder
  private var root: FilePath { FilePath(folder("docs")) }

  init() throws {
    folder = try TemporaryFolder()
    outside = try TemporaryFolder()
    try outside.write("secret", to: "secret.md")
    try folder.makeFolder("docs")
    try folder.makeFolder("docs/sub")
    try folder.write("inside", to: "docs/a.md")
  }

  private func read(_ name: String) throws(Unreadable) -> String {
    let bytes = try DocumentFile.read(
      root.appending(name), in: root, limit: 1000, progress: ReadingProgress(isShown: false)
    ).bytes
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("Row 75: Links inside the folder are followed, and links out of it are refused by name")
  func links() throws {
    try folder.link("docs/relative.md", to: "a.md")
    try folder.link("docs/full.md", to: folder("docs/a.md"))
    try folder.link("docs/sub/up.md", to: "../a.md")
    for name in ["a.md", "relative.md", "full.md", "sub/up.md"] {
      #expect(try read(name) == "inside")
    }
    try folder.link("docs/out.md", to: outside("secret.md"))
    try folder.link("docs/again.md", to: "out.md")
    try folder.link("docs/up.md", to: "../../" + outside("secret.md").dropFirst(5))
    try folder.link("docs/folder", to: outside.path)
    for name in ["out.md", "again.md", "up.md", "folder/secret.md"] {
      let path = "\(folder("docs"))/\(name)"
      #expect(
        throws: Unreadable(
          "\(path) is a link that leads out of \(folder("docs")), so it is not opened")
      ) { _ = try read(name) }
    }
    let walk = try FolderWalk(root)
    #expect(
      walk.documents.compactMap { $0.lastComponent?.string }
        == ["a.md", "full.md", "relative.md", "up.md"])
    #expect(walk.notices.count { $0.contains("leads out of") } == 3)
  }

  @Test("Row 75: A folder that is itself named by a link is no reason to refuse")
  func linkedRoot() throws {
    try folder.link("link", to: "docs")
    let root = FilePath(folder("link"))
    let bytes = try DocumentFile.read(
      root.appending("a.md"), in: root, limit: 1000, progress: ReadingProgress(isShown: false)
    ).bytes
    #expect(bytes == Array("inside".utf8))
    #expect(try FolderWalk(root).documents.count == 1)
  }

  @Test("Row 77: A link that replaces a file between the check and the opening is never read")
  func race() async throws {
    let isOver = Atomic(false)
    let (path, target) = (folder("docs/a.md"), outside("secret.md"))
    try folder.write("inside", to: "kept.md")
    let kept = folder("kept.md")
    let swapper = Task.detached {
      while !isOver.load(ordering: .relaxed) {
        unlink(path)
        symlink(target, path)
        unlink(path)
        link(kept, path)
      }
    }
    var (read, refused) = (0, 0)
    for _ in 0..<300 {
      do throws(Unreadable) {
        let text = try self.read("a.md")
        #expect(text == "inside")
        read += 1
      } catch {
        refused += 1
      }
    }
    isOver.store(true, ordering: .relaxed)
    await swapper.value
    #expect(read + refused == 300)
  }
}
