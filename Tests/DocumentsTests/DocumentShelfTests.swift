import Catalog
import Glibc
import LessonKit
import SystemPackage
import TestTerminal
import Testing

@testable import Documents

@Suite("Document shelf")
struct DocumentShelfTests {
  private func shelf(
    _ sources: [DocumentSource], limit: Int = DocumentShelf.limit
  ) -> DocumentShelf {
    DocumentShelf(
      sources: sources, parser: DocumentParser(catalog: DemoCatalog(cores: 1)), limit: limit)
  }

  private func read(_ shelf: inout DocumentShelf, isSettled: Bool = true) -> DocumentShelf.News {
    shelf.read(isSettled: isSettled, progress: ReadingProgress(isShown: false))
  }

  @Test("A notice names the documents beyond the common limit")
  func together() throws {
    let folder = try TemporaryFolder()
    for name in ["a.md", "b.md", "c.md"] { try folder.write("0123456789", to: name) }
    var shelf = shelf([.folder(FilePath(folder.path))], limit: 25)
    let news = read(&shelf)
    #expect(news.added == ["a.md", "b.md"] && shelf.course.lessons.count == 2)
    #expect(
      news.notices == [
        "\(folder("c.md")) is left out: the documents are larger than 25 bytes together"
      ])
  }

  @Test("Standard input counts toward the common limit", arguments: [true, false])
  func input(isFirst: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write("0123456789", to: "a.md")
    let file = DocumentSource.file(FilePath(folder("a.md")))
    let input = DocumentSource.standardInput(Array("01234567890123456789".utf8))
    var shelf = shelf(isFirst ? [input, file] : [file, input], limit: 25)
    let news = read(&shelf)
    let name = isFirst ? folder("a.md") : "standard input"
    #expect(
      news.notices == ["\(name) is left out: the documents are larger than 25 bytes together"])
    #expect(shelf.course.lessons.count == 1)
  }

  @Test("A missing file counts as gone only once settled")
  func settling() throws {
    let folder = try TemporaryFolder()
    for name in ["a.md", "b.md"] { try folder.write("words", to: name) }
    var shelf = shelf([.folder(FilePath(folder.path)), .file(FilePath(folder("a.md")))])
    _ = read(&shelf)
    unlink(folder("a.md"))
    var news = read(&shelf, isSettled: false)
    #expect(news.isUnsettled && !news.hasLessons && shelf.course.lessons.count == 3)
    news = read(&shelf)
    #expect(!news.isUnsettled && news.removed == ["a.md"])
    #expect(news.notices == ["a.md is gone; its old text stays here"])
    #expect(shelf.course.lessons.map(\.id) == ["b", "a"])
    #expect(read(&shelf) == DocumentShelf.News())
  }

  @Test("Lessons with the same name get stable, different ids")
  func ids() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("one")
    try folder.makeFolder("two")
    for name in ["README", "one/README", "two/README"] { try folder.write("x", to: name) }
    var shelf = shelf([.folder(FilePath(folder.path))])
    _ = read(&shelf)
    let last = folder.path.split(separator: "/").last ?? ""
    #expect(
      shelf.course.lessons.map(\.id) == ["README", "\(last)-one-README", "\(last)-two-README"])
  }

  @Test("The keys are the real paths and a fingerprint of standard input")
  func key() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a.md")
    try folder.link("b.md", to: "a.md")
    let keys = { (name: String) in self.shelf([.file(FilePath(folder(name)))]).keys }
    #expect(keys("a.md") == [folder("a.md")] && keys("b.md") == [folder("a.md")])
    let input = { (text: String) in self.shelf([.standardInput(Array(text.utf8))]).keys }
    #expect(input("one") == input("one") && input("one") != input("two"))
  }
}
